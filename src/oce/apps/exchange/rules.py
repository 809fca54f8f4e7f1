"""How far an agreement is: what each side promised, what it gave, and what is open; and what an agreement needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from oce.apps.commitments.rules import remaining
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, gettext_noop

CLAUSES_MAX = 20


class State(StrEnum):
    """How far an agreement is."""

    BARE = "bare"
    USED = "used"
    OPEN = "open"
    LATE = "late"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody promised to whom, and what was done towards it; agents by their private keys."""

    key: int
    provider: int | None
    receiver: int | None
    amounts: tuple[Measure, ...]
    done: tuple[Measure, ...] = ()
    due: datetime | None = None
    is_finished: bool = False

    @property
    def left(self) -> tuple[Measure, ...]:
        """What is left of each amount."""
        like = [(each, [done for done in self.done if done.unit == each.unit]) for each in self.amounts]
        return tuple(left for each, done in like if (left := remaining(each, done)) is not None)

    @property
    def is_kept(self) -> bool:
        """Whether no more will come of it: somebody said so, or all of it was done."""
        return self.is_finished or (bool(self.left) and all(each.value == 0 for each in self.left))


class Sums(NamedTuple):
    """What one side promised, gave, and still owes in one unit."""

    unit: str
    promised: Decimal
    given: Decimal
    left: Decimal


@dataclass
class Side:
    """What one agent promised and gave within an agreement."""

    agent: int | None
    promises: list[Promise] = field(default_factory=list)
    given: list[Measure] = field(default_factory=list)

    @property
    def sums(self) -> list[Sums]:
        """The sums by unit; what is finished is owed no longer."""
        promised = _by_unit(each for one in self.promises for each in one.amounts)
        left = _by_unit(each for one in self.promises if not one.is_finished for each in one.left)
        given = _by_unit(self.given)
        zero = Decimal()
        return [
            Sums(unit, promised.get(unit, zero), given.get(unit, zero), left.get(unit, zero))
            for unit in dict.fromkeys([*promised, *given])
        ]


def state_of(promises: Collection[Promise], now: datetime, *, is_used: bool = False) -> State:
    """Return how far an agreement is: late where a promise that is open was due before now.

    Where nothing was promised, `is_used` says whether something was given all the same.
    """
    if not promises:
        return State.USED if is_used else State.BARE
    still = [each for each in promises if not each.is_kept]
    if not still:
        return State.KEPT
    return State.LATE if any(each.due is not None and each.due < now for each in still) else State.OPEN


def sides(
    parties: Iterable[int], promises: Iterable[Promise], given: Iterable[tuple[int, Measure | None]]
) -> list[Side]:
    """Return the two or more sides of an agreement: its parties, and whoever else promised or gave something."""
    found: dict[int | None, Side] = {key: Side(key) for key in parties}
    for promise in promises:
        found.setdefault(promise.provider, Side(promise.provider)).promises.append(promise)
    for key, measure in given:
        side = found.setdefault(key, Side(key))
        if measure is not None:
            side.given.append(measure)
    return list(found.values())


def refuse_lonely(parties: Collection[object]) -> list[Refusal]:
    """An agreement is made between two or more."""
    if len(parties) > 1:
        return []
    lonely = gettext_noop("An agreement is made between two or more. Choose who else takes part in it.")
    return [Refusal("exchange.one_party", lonely, "parties")]


def refuse_too_many(clauses: int) -> list[Refusal]:
    """An agreement is written down with a bounded number of promises; more can be added to it afterwards."""
    if clauses <= CLAUSES_MAX:
        return []
    many = gettext_noop("{count} promises are more than the {most} that fit at once. Add the others afterwards.")
    return [Refusal("exchange.too_many_promises", many, "clauses", count=clauses, most=CLAUSES_MAX)]


def refuse_open_ends(provider: object, receiver: object, field: str) -> list[Refusal]:
    """What is promised in an agreement goes from one to another."""
    if provider is not None and receiver is not None and provider != receiver:
        return []
    ends = gettext_noop("A promise goes from one to another. Say who gives, and who gets it.")
    return [Refusal("exchange.open_ends", ends, f"{field}.provider" if provider is None else f"{field}.receiver")]


def _by_unit(measures: Iterable[Measure]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for each in measures:
        totals[each.unit] = EXACT.add(totals[each.unit], each.value)
    return totals
