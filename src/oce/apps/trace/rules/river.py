"""The picture of a trace: ribbons from the sources on the left to the destinations on the right, without circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from oce.apps.trace.rules.balances import total
from oce.apps.trace.rules.flows import Flow, Knot
from oce.vf.measures import Measure

RIBBONS_MAX = 100
"""More marks nobody can tell apart; the table beside has them all."""

KNOTS_MAX = 120


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What all events between two knots carry; the amounts in each measure that was told."""

    source: Knot
    target: Knot
    events: tuple[int, ...]
    amounts: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class River:
    """What is drawn.

    Attributes:
        ribbons: from left to right; following them, one never comes back.
        returns: those by which something comes back to where it was before; drawn as ends.
        folded: how many knots were too far away to be drawn one by one.
    """

    ribbons: tuple[Ribbon, ...]
    returns: tuple[Ribbon, ...]
    folded: int

    @property
    def sources(self) -> list[Knot]:
        """The knots to which nothing leads."""
        return self._ends({each.source for each in self.ribbons}, {each.target for each in self.ribbons})

    @property
    def destinations(self) -> list[Knot]:
        """The knots from which nothing leads on."""
        return self._ends({each.target for each in self.ribbons}, {each.source for each in self.ribbons})

    @staticmethod
    def _ends(these: set[Knot], others: set[Knot]) -> list[Knot]:
        return sorted(these - others)


def river(
    flows: Collection[Flow], distance: Mapping[Knot, int], *, is_collapsed: bool = False, ribbons_max: int = RIBBONS_MAX
) -> River:
    """Return the picture of some flows.

    Args:
        flows: what the events carry, in their order.
        distance: how far each knot is from the start; below nothing on the left.
        is_collapsed: draw a thing once, however often it changed hands or places.
        ribbons_max: how many ribbons are drawn; beyond that, what is farthest away is drawn as one.
    """
    one = _collapsed(flows, distance) if is_collapsed else {}
    kept = [
        each._replace(source=one.get(each.source, each.source), target=one.get(each.target, each.target))
        for each in flows
    ]
    whole = _ribbons(each for each in kept if each.source != each.target)
    ribbons, returns = _without_circles(whole)
    ribbons, folded = _near(ribbons, distance, ribbons_max)
    return River(tuple(ribbons), tuple(returns), folded)


def _collapsed(flows: Iterable[Flow], distance: Mapping[Knot, int]) -> dict[Knot, Knot]:
    """Return for each thing that was only carried the one it is drawn as: of all of them the nearest to the start."""
    leads: dict[Knot, Knot] = {}

    def drawn_as(knot: Knot) -> Knot:
        while knot in leads:
            knot = leads[knot]
        return knot

    for flow in flows:
        if flow.is_transport:
            nearer, farther = sorted(
                (drawn_as(flow.source), drawn_as(flow.target)), key=lambda knot: (abs(distance.get(knot, 0)), knot)
            )
            if nearer != farther:
                leads[farther] = nearer
    return {knot: drawn_as(knot) for knot in leads}


def _ribbons(flows: Iterable[Flow]) -> list[Ribbon]:
    between: dict[tuple[Knot, Knot], list[Flow]] = defaultdict(list)
    for each in flows:
        between[each.source, each.target].append(each)
    return [
        Ribbon(
            source,
            target,
            tuple(each.event for each in some),
            tuple(total(each.amount for each in some if each.amount)),
        )
        for (source, target), some in between.items()
    ]


def _without_circles(ribbons: list[Ribbon]) -> tuple[list[Ribbon], list[Ribbon]]:
    """Return the ribbons that lead on, and those that would close a circle: of each circle the one that came last."""
    suspects = _in_circles(ribbons)
    onward: dict[Knot, list[Knot]] = defaultdict(list)
    for number, each in enumerate(ribbons):
        if number not in suspects:
            onward[each.source].append(each.target)
    returns = []
    for number in sorted(suspects, key=lambda number: ribbons[number].events[0]):
        each = ribbons[number]
        if _leads_to(onward, each.target, each.source):
            returns.append(number)
        else:
            onward[each.source].append(each.target)
    leading = [each for number, each in enumerate(ribbons) if number not in set(returns)]
    return leading, [ribbons[number] for number in returns]


def _in_circles(ribbons: list[Ribbon]) -> set[int]:
    """Return the places of the ribbons that lie on circles."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    numbers = {
        knot: at for at, knot in enumerate({knot: None for each in ribbons for knot in (each.source, each.target)})
    }
    if not numbers:
        return set()
    ends = np.array([[numbers[each.source], numbers[each.target]] for each in ribbons], dtype=np.int32)
    size = (len(numbers), len(numbers))
    graph = coo_array((np.ones(len(ribbons), dtype=np.int8), (ends[:, 0], ends[:, 1])), shape=size)
    _count, part = connected_components(graph, connection="strong")
    return set(np.flatnonzero(part[ends[:, 0]] == part[ends[:, 1]]).tolist())


def _leads_to(onward: Mapping[Knot, list[Knot]], start: Knot, end: Knot) -> bool:
    seen, left = {start}, [start]
    while left:
        knot = left.pop()
        if knot == end:
            return True
        new = [each for each in onward.get(knot, ()) if each not in seen]
        seen.update(new)
        left += new
    return False


def _near(ribbons: list[Ribbon], distance: Mapping[Knot, int], ribbons_max: int) -> tuple[list[Ribbon], int]:
    """Return few enough ribbons, the farthest knots drawn as one on each side, and how many these are."""
    knots = {knot for each in ribbons for knot in (each.source, each.target)}
    nearest = sorted(knots, key=lambda knot: (abs(distance.get(knot, 0)), knot))
    size = min(len(nearest), KNOTS_MAX)
    drawn = _folded(ribbons, set(nearest[:size]))
    while len(drawn) > ribbons_max and size > 1:
        size //= 2
        drawn = _folded(ribbons, set(nearest[:size]))
    return drawn, len(nearest) - size


def _folded(ribbons: list[Ribbon], kept: set[Knot]) -> list[Ribbon]:
    between: dict[tuple[Knot, Knot], list[Ribbon]] = defaultdict(list)
    for each in ribbons:
        if each.source in kept or each.target in kept:
            source: Knot = each.source if each.source in kept else ("more", 0)
            target: Knot = each.target if each.target in kept else ("more", 1)
            between[source, target].append(each)
    return [_joined(source, target, some) for (source, target), some in between.items()]


def _joined(source: Knot, target: Knot, ribbons: list[Ribbon]) -> Ribbon:
    events = tuple(event for each in ribbons for event in each.events)
    return Ribbon(source, target, events, tuple(total(amount for each in ribbons for amount in each.amounts)))
