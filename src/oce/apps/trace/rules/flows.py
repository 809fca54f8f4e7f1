"""What one event carries from where to where, as a picture of the flow draws it.

Where the ledger knows no thing on one side, the agent on that side stands for it: there the flow comes from outside of
what is recorded, or leaves it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from oce.vf.actions import ACTIONS
from oce.vf.measures import Measure

Knot = tuple[Literal["resource", "process", "giver", "taker", "more"], int]
"""What a ribbon leads from or to: a thing, a step, somebody who gave or got, or more than is drawn."""


class Sort(StrEnum):
    """What an event is about."""

    THINGS = "things"
    WORK = "work"
    TOOLS = "tools"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in plain keys.

    Attributes:
        gains: whether its resource got more by it.
        amount: how much there was of it after all its corrections; None where nobody said.
    """

    key: int
    action: str
    provider: int
    receiver: int
    resource: int | None = None
    to_resource: int | None = None
    input_of: int | None = None
    output_of: int | None = None
    gains: bool = False
    amount: Measure | None = None

    @property
    def sort(self) -> Sort:
        """What it is about: things that are counted, tools and knowledge that stay, or work and services."""
        if ACTIONS[self.action].counts:
            return Sort.THINGS
        return Sort.WORK if self.resource is None else Sort.TOOLS

    @property
    def sides(self) -> tuple[int | None, int | None]:
        """The things it was taken from and added to; what only one resource of a hand-over gained was added to it."""
        if self.to_resource is None and self.gains:
            return None, self.resource
        return self.resource, self.to_resource

    @property
    def is_hand_over(self) -> bool:
        """Whether somebody else has it afterwards."""
        return ACTIONS[self.action].changes_hands and self.provider != self.receiver


class Flow(NamedTuple):
    """What one event carries, and whether it only carries a thing from place to place or from hand to hand."""

    event: int
    source: Knot
    target: Knot
    amount: Measure | None
    is_transport: bool = False


def flows_of(entries: Iterable[Entry]) -> list[Flow]:
    """Return what the entries carry; things that only pass a step are drawn as coming out of it, where anything else went in."""
    told = list(entries)
    passing = _passing(told)
    busy = {each.input_of for each in told if each.input_of is not None and each.key not in passing}
    return [
        flow
        for each in told
        if each.key not in passing or each.output_of in busy
        if (flow := _flow(each)) is not None and flow.source != flow.target
    ]


def counted_in(entries: Iterable[Entry]) -> set[int]:
    """Return the things that were only counted in: of which nobody recorded where they came from."""
    return {
        each.resource
        for each in entries
        if each.resource is not None and each.gains and each.output_of is None and each.to_resource is None
        if ACTIONS[each.action].input_output is None and not ACTIONS[each.action].changes_hands
    }


def _passing(entries: Iterable[Entry]) -> set[int]:
    """Return the entries by which a thing goes into a step and comes out of it as the same thing."""
    by_step: Mapping[tuple[int, int], list[Entry]] = defaultdict(list)
    for each in entries:
        step = each.input_of if each.input_of is not None else each.output_of
        if step is not None and each.resource is not None and ACTIONS[each.action].pairs_with is not None:
            by_step[step, each.resource].append(each)
    both = (
        some
        for some in by_step.values()
        if any(each.input_of for each in some) and any(each.output_of for each in some)
    )
    return {each.key for some in both for each in some}


def _flow(entry: Entry) -> Flow | None:
    taken, added = entry.sides
    giver: Knot = ("giver", entry.provider)
    taker: Knot = ("taker", entry.receiver)
    if entry.input_of is not None:
        thing = added if taken is None else taken
        return Flow(entry.key, _thing(thing, giver), ("process", entry.input_of), entry.amount)
    if entry.output_of is not None:
        thing = entry.resource if entry.to_resource is None else entry.to_resource
        return Flow(entry.key, ("process", entry.output_of), _thing(thing, taker), entry.amount)
    if entry.is_hand_over or (taken is not None and added is not None):
        is_inside = taken is not None and added is not None
        return Flow(entry.key, _thing(taken, giver), _thing(added, taker), entry.amount, is_transport=is_inside)
    return None


def _thing(resource: int | None, agent: Knot) -> Knot:
    """Return what stands on one side of a flow: the thing, or who had it where no thing is told."""
    return agent if resource is None else ("resource", resource)
