"""What an event did to quantities, packed into one small number beside it.

Four signs (accounting and on-hand of the resource, then of the to resource), and whether the event created its resource. With
it, questions over the whole ledger multiply and add columns, without asking the rules again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from oce.vf.effects import Effect

CREATES = 81


class Legs(NamedTuple):
    """The signs by which an event's quantity counts, each -1, 0 or 1.

    Attributes:
        creates: whether the event brought its resource into being.
        gains: whether the resource got more; of a transfer that names one resource only: that it is the receiver's (T3).
    """

    from_accounting: int
    from_onhand: int
    to_accounting: int
    to_onhand: int
    creates: bool
    gains: bool


def packed(effect: Effect, *, creates: bool) -> int:
    """Return the signs of `effect` as one number from 0 to 161."""
    from_accounting, from_onhand, to_accounting, to_onhand = effect[:4]
    # Digits to the base of three, each one more than its sign; the four ones together are 40.
    return 27 * from_accounting + 9 * from_onhand + 3 * to_accounting + to_onhand + 40 + CREATES * creates


def unpacked(number: int) -> Legs:
    """Return the signs that `packed` joined."""
    creates, number = divmod(number, CREATES)
    signs = []
    for _ in range(4):
        number, sign = divmod(number, 3)
        signs.append(sign - 1)
    to_onhand, to_accounting, from_onhand, from_accounting = signs
    gains = from_accounting + from_onhand > 0
    return Legs(from_accounting, from_onhand, to_accounting, to_onhand, bool(creates), gains)


LEGS = tuple(unpacked(number) for number in range(2 * CREATES))
