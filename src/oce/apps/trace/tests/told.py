"""A ledger told line by line, for tests: `consume flour in baking`, `produce bread out baking`.

A line is an action and a resource, and then any of: `to` a resource, `in` or `out` a process,
`corrects` an event, `after` an event (a breadcrumb that does not repeat the order of the lines),
and `gone` for an event that corrections bring to nothing. Events are numbered by their lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

from oce.apps.trace.rules.adjacency import Adjacency
from oce.apps.trace.rules.columns import LINKS, NONE, Columns
from oce.apps.trace.rules.ledger import Ledger
from oce.apps.trace.rules.nodes import Kind, Listing, Node
from oce.apps.trace.rules.walk import neighbours, walked
from oce.apps.trace.rules.ways import Back, Forth

WORDS = {"to": "to_resource", "in": "input_of", "out": "output_of"}


@dataclass
class Told:
    """A ledger, and the names its resources and processes were told by."""

    columns: Columns
    names: dict[str, Node]

    def node(self, name: str) -> Node:
        return self.names[name] if name in self.names else ("event", int(name))

    def name(self, node: Node) -> str:
        known = {each: name for name, each in self.names.items()}
        return known.get(node, str(node[1]))

    def trace(self, *starts: str, **bounds: int) -> str:
        """Return the names that a trace passes, in its order; both walks must agree."""
        return self._named(self.traced(*starts, **bounds))

    def track(self, *starts: str, **bounds: int) -> str:
        return self._named(self.tracked(*starts, **bounds))

    def traced(self, *starts: str, **bounds: int) -> Listing:
        nodes = [self.node(start) for start in starts]
        plain = walked(Back(Ledger.of(self.columns)), nodes, **bounds)
        return same(plain, Adjacency.of(self.columns).trace(nodes, **bounds))

    def tracked(self, *starts: str, **bounds: int) -> Listing:
        nodes = [self.node(start) for start in starts]
        plain = walked(Forth(Ledger.of(self.columns)), nodes, **bounds)
        return same(plain, Adjacency.of(self.columns).track(nodes, **bounds))

    def previous(self, name: str) -> str:
        found = Adjacency.of(self.columns).previous(self.node(name))
        assert found == neighbours(Back(Ledger.of(self.columns)), self.node(name))
        return " ".join(map(self.name, found))

    def next(self, name: str) -> str:
        found = Adjacency.of(self.columns).next(self.node(name))
        assert found == neighbours(Forth(Ledger.of(self.columns)), self.node(name))
        return " ".join(map(self.name, found))

    def _named(self, listing: Listing) -> str:
        return " ".join(map(self.name, listing.nodes()))


def same(one: Listing, other: Listing) -> Listing:
    """Return a listing that is the same as another."""
    assert list(one) == list(other)
    assert one.more == other.more
    return one


def told(text: str) -> Told:
    """Return the ledger that `text` tells, with the breadcrumbs that recording leaves."""
    names: dict[str, Node] = {}
    lines = dedent(text).strip().splitlines()
    actions = sorted({line.split()[0] for line in lines})
    columns: dict[str, list[int]] = {name: [] for name in LINKS}
    last: dict[int, int] = {}
    gone: list[int] = []
    for number, line in enumerate(lines, start=1):
        event = _event(line.split()[1:], names)
        if event.pop("gone", None):
            gone.append(number)
        crumb = event.pop("after", last.get(event.get("resource", NONE), NONE))
        event |= {"previous_event": crumb, "to_previous_event": last.get(event.get("to_resource", NONE), NONE)}
        last |= {event[side]: number for side in ("resource", "to_resource") if side in event}
        for name in LINKS:
            columns[name].append(event.get(name, NONE))
    action = [actions.index(line.split()[0]) for line in lines]
    sequence = range(1, len(lines) + 1)
    return Told(Columns.of(actions, sequence=[*sequence], action=action, backed_out=gone, **columns), names)


def _event(words: list[str], names: dict[str, Node]) -> dict[str, int]:
    event: dict[str, int] = {}
    rest = iter(words)
    for word in rest:
        if word == "gone":
            event["gone"] = 1
        elif word in {"corrects", "after"}:
            event[word] = int(next(rest))
        else:
            link, name = (WORDS[word], next(rest)) if word in WORDS else ("resource", word)
            kind: Kind = "process" if link in {"input_of", "output_of"} else "resource"
            event[link] = names.setdefault(name, (kind, len(names) + 1))[1]
    return event
