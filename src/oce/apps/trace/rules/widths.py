"""How wide the ribbons of a picture are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from oce.apps.trace.rules.river import Ribbon

LEAST = Decimal("0.02")
UNTOLD = Decimal("0.25")
_PLACES = Decimal("0.0001")


def widths(ribbons: Sequence[Ribbon]) -> tuple[list[Decimal], bool]:
    """Return the width of each ribbon, and whether it is the amount itself.

    It is where all are told in one unit. Where they are not, the widest of each unit are equally wide, and only ribbons of
    the same unit can be compared.
    """
    told = [{each.unit: abs(each.value) for each in ribbon.amounts} for ribbon in ribbons]
    if all(len(each) == 1 for each in told) and len({unit for each in told for unit in each}) == 1:
        return [amount for each in told for amount in each.values()], True
    widest: dict[str, Decimal] = {}
    for each in told:
        for unit, amount in each.items():
            widest[unit] = max(amount, widest.get(unit, amount))
    return [_share(each, widest) for each in told], False


def _share(amounts: dict[str, Decimal], widest: dict[str, Decimal]) -> Decimal:
    shares = [amount / widest[unit] for unit, amount in amounts.items() if widest[unit]]
    return max(max(shares, default=UNTOLD), LEAST).quantize(_PLACES)
