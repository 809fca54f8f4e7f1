"""The walk in plain words: the whole trace or track from one or several starts.

This is the measure of the fast walk (`adjacency`): both give the same steps in the same
order, and property tests hold them together. It suits ledgers of some thousand events.

A thing in a container is followed through the container's own history, and there only what
this walk follows may be taken out again (F4). Which things these are is settled first, by
walking until nothing new turns up; then one walk gives the answer, and its order does not
depend on what was met first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from oce.apps.trace.rules.ledger import Event
from oce.apps.trace.rules.nodes import KINDS, NODES_MAX, Listing, Node, depths
from oce.apps.trace.rules.ways import Entry, Way

OUTSIDE, INSIDE = 0, 1
"""Whether a walk is in the open, or in a container following something that lies in it."""

Gates = dict[int, int]
"""The events where followed things come out, and whether the walk is then outside or inside another container."""

Visit = tuple[Event, Node | None, int]
"""An event about to be passed, the node that led to it, and OUTSIDE or INSIDE."""


class Onward(NamedTuple):
    """Where a walk goes on, the node that led there, and OUTSIDE or INSIDE."""

    entry: Entry
    parent: Node | None
    inside: int

    def visits(self) -> list[Visit]:
        """Return the events to pass."""
        parent = self.entry.owner or self.parent
        return [(event, parent, self.inside) for _, events in self.entry.strands for event in events]


@dataclass(slots=True)
class Trail:
    """What a walk has passed.

    Attributes:
        found: each node with the one it was found from.
        passed: events with where the walk met them, OUTSIDE or INSIDE.
        left: events with where the walk went on from them.
    """

    found: dict[Node, Node | None] = field(default_factory=dict)
    passed: set[tuple[int, int]] = field(default_factory=set)
    left: set[tuple[int, int]] = field(default_factory=set)

    def find(self, onward: Onward) -> None:
        """Note the resource or process where a walk goes on."""
        if onward.entry.owner:
            self.found.setdefault(onward.entry.owner, onward.parent)

    def take(self, way: Way, visit: Visit, gates: Gates) -> Onward | None:
        """Pass an event; return where it leads, or None where the walk may not or need not go on."""
        event, parent, inside = visit
        if (event.sequence, inside) in self.passed:
            return None
        going = inside
        if way.opens(event):
            going = INSIDE
        elif inside and way.closes(event):
            if event.sequence not in gates:
                return None
            going = gates[event.sequence]
        self.passed.add((event.sequence, inside))
        self.found.setdefault(("event", event.sequence), parent)
        if (event.sequence, going) in self.left:
            return None
        self.left.add((event.sequence, going))
        entry = way.after(event)
        return Onward(entry, ("event", event.sequence), going) if entry else None


def _begun(way: Way, starts: Iterable[Node]) -> Iterator[Onward]:
    for start in dict.fromkeys(starts):
        kind, each = start
        if kind == "resource":
            entry = way.of_resource(each)
        elif kind == "process":
            entry = way.of_process(each)
        else:
            event = way.ledger.events.get(each)
            entry = Entry(None, [(start, [event])]) if event else Entry(start, [])
        yield Onward(entry, None, OUTSIDE)


def _unwound(way: Way, starts: Iterable[Node], gates: Gates) -> Trail:
    """Return the walk depth first, each branch followed to its end before the next."""
    trail = Trail()
    begun: set[object] = set()

    def leading(onward: Onward) -> Iterator[Visit]:
        trail.find(onward)
        for strand, events in onward.entry.strands:
            for event in events:
                place = (strand, event.sequence, onward.inside)
                if place in begun:
                    break  # whoever began here follows the rest of the strand
                begun.add(place)
                yield event, onward.entry.owner or onward.parent, onward.inside

    for start in _begun(way, starts):
        stack = [leading(start)]
        while stack:
            visit = next(stack[-1], None)
            if visit is None:
                stack.pop()
            elif onward := trail.take(way, visit, gates):
                stack.append(leading(onward))
    return trail


def _in_rings(way: Way, starts: Iterable[Node], gates: Gates, depth_max: int) -> Trail:
    """Return the walk in rings around the starts, so that nothing near is missed behind a long way."""
    trail = Trail()
    ring: list[Visit | Onward] = []
    for start in _begun(way, starts):
        ring += [start] if start.entry.owner else start.visits()
    for _ in range(depth_max + 1):
        following: list[Visit | Onward] = []
        for met in ring:
            if isinstance(met, Onward):
                trail.find(met)
                following += met.visits()
            elif onward := trail.take(way, met, gates):
                following += [onward] if onward.entry.owner else onward.visits()
        ring = following
    return trail


def _settled(way: Way, starts: Iterable[Node]) -> tuple[Trail, Gates]:
    """Return the whole walk, and where on it things come out of their containers."""
    closing = [event for event in way.ledger.events.values() if way.closes(event)]
    opened: set[tuple[int, int]] = set()
    gates: Gates = {}
    while True:
        trail = _unwound(way, starts, gates)
        opened |= {(each, inside) for each, inside in trail.passed if way.opens(way.ledger.events[each])}
        now = _gates(way, closing, opened)
        if now == gates:
            return trail, gates
        gates = now


def _gates(way: Way, closing: Iterable[Event], opened: Iterable[tuple[int, int]]) -> Gates:
    # Sorted with inside before outside: who follows a thing from the open comes out into the open.
    gates: Gates = {}
    for sequence, inside in sorted(opened, key=lambda each: -each[1]):
        opening = way.ledger.events[sequence]
        for event in closing:
            if event.resource == opening.resource and way.is_beyond(event, opening):
                gates[event.sequence] = inside
    return gates


def _listing(trail: Trail) -> Listing:
    places = {node: at for at, node in enumerate(trail.found)}
    parent = np.array([-1 if each is None else places[each] for each in trail.found.values()], dtype=np.int32)
    return Listing(
        kind=np.array([KINDS.index(kind) for kind, _ in trail.found], dtype=np.int8),
        ids=np.array([each for _, each in trail.found], dtype=np.int64),
        parent=parent,
        depth=depths(parent),
    )


def walked(way: Way, starts: Iterable[Node], *, nodes_max: int = NODES_MAX, depth_max: int | None = None) -> Listing:
    """Return the walk from `starts`; see `adjacency.Adjacency.trace` for order and bounds."""
    begin = list(dict.fromkeys(starts))
    trail, gates = _settled(way, begin)
    whole = len(trail.found)
    listing = _listing(trail if depth_max is None else _in_rings(way, begin, gates, depth_max)).first(nodes_max)
    return replace(listing, more=whole - len(listing))


def neighbours(way: Way, node: Node) -> list[Node]:
    """Return the nodes one step on from `node`: events of a resource or process, or where an event leads."""
    kind, each = node
    if kind != "event":
        entry: Entry | None = way.of_resource(each) if kind == "resource" else way.of_process(each)
    else:
        event = way.ledger.events.get(each)
        entry = way.after(event) if event else None
        if entry and entry.owner:
            return [entry.owner]
    strands = entry.strands if entry else []
    return [("event", event.sequence) for _, events in strands for event in events]
