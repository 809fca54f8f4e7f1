"""What went into a step and what came out of it, measure by measure, and how far the two are apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from oce.vf.decimals import EXACT
from oce.vf.measures import Measure, conversion
from oce.vf.units import units

ZERO = Decimal(0)
COUNTED = "one"
"""The dimension of what is counted in pieces."""


@dataclass(frozen=True, slots=True)
class Balance:
    """How much went in and came out in one unit."""

    unit: str
    went_in: Decimal
    came_out: Decimal

    @property
    def difference(self) -> Measure:
        """How much more came out than went in; negative where less did."""
        return Measure(EXACT.subtract(self.came_out, self.went_in), self.unit)

    @property
    def is_comparable(self) -> bool:
        """Whether in and out measure the same: kilograms do, but forty jars are not what forty labels are."""
        known = units().get(self.unit)
        is_told_twice = bool(self.went_in) and bool(self.came_out)
        return known is not None and known.dimension not in {None, COUNTED} and is_told_twice


def balances(went_in: Iterable[Measure], came_out: Iterable[Measure]) -> list[Balance]:
    """Return a balance for each measure, in the unit in which it was first told.

    What can be turned into a unit exactly is counted with it: 500 gram and 2 kilogram are one balance.
    """
    sums: dict[str, list[Decimal]] = {}
    for side, measures in enumerate((went_in, came_out)):
        for each in measures:
            told = _in_unit_of(sums, each)
            sides = sums.setdefault(told.unit, [ZERO, ZERO])
            sides[side] = EXACT.add(sides[side], told.value)
    return [Balance(unit, *sides) for unit, sides in sums.items()]


def total(measures: Iterable[Measure]) -> list[Measure]:
    """Return the sums of measures, one for each that cannot be counted with another."""
    return [Measure(each.went_in, each.unit) for each in balances(measures, ()) if each.went_in]


def _in_unit_of(sums: Iterable[str], measure: Measure) -> Measure:
    found = (converted for unit in sums if (converted := conversion(measure, unit)) is not None)
    return next(found, measure)
