"""Trace and track over ledgers of any size.

The columns of the ledger are laid out once as a graph for each direction, which then answers
every walk, grows by later events, and can be put away and read again without being built.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from oce.apps.trace.rules.breadcrumbs import out_of_order
from oce.apps.trace.rules.columns import Columns
from oce.apps.trace.rules.containment import settled
from oce.apps.trace.rules.graph import ROOT, Graph
from oce.apps.trace.rules.growth import grown
from oce.apps.trace.rules.nodes import KINDS, NODES_MAX, Listing, Node
from oce.apps.trace.rules.reading import Reading
from oce.apps.trace.rules.search import Field
from oce.apps.trace.rules.table import EVENT, Table

GROWTH_MAX = 2
"""A graph so many times as large as it was built is built anew, so that late events cost no more than early ones."""


@dataclass(slots=True, eq=False)
class Adjacency:
    """A ledger ready to be walked; a graph is built when its direction is first asked for."""

    columns: Columns
    graphs: dict[bool, tuple[Columns, Graph]] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Return the adjacency of the ledger in `columns`."""
        return cls(columns)

    def extended(self, later: Columns, *, backed_out: ArrayLike = ()) -> Self:
        """Return the adjacency with `later` events; this one stays as it is.

        Args:
            later: events after all of these.
            backed_out: sequences of events that have been brought to nothing by now.
        """
        return type(self)(self.columns.then(later, backed_out=backed_out), dict(self.graphs))

    def graph(self, *, is_back: bool) -> Graph:
        """Return the graph for walks against the flow, or with it, grown by what came since it was last asked for."""
        columns, graph = self.graphs.get(is_back, (self.columns.since(len(self.columns)), Graph(is_back)))
        if len(graph.events) and columns is self.columns:
            return graph
        # A late event that stands early on its chain would have to be put into the middle of a string.
        if graph.table.used > GROWTH_MAX * graph.built or np.any(out_of_order(self.columns)):
            columns, graph = self.columns.since(len(self.columns)), Graph(is_back)
        silenced = np.flatnonzero(columns.carries() & self.columns.backed_out[: len(columns)])
        graph = grown(graph, Reading.of(self.columns, is_back=is_back), silenced=silenced)
        self.graphs[is_back] = self.columns, graph
        return graph

    def previous(self, node: Node) -> list[Node]:
        """Return what lies one step back: the events that made a resource, the inputs of a process, ..."""
        return self._neighbours(self.graph(is_back=True), node)

    def next(self, node: Node) -> list[Node]:
        """Return what lies one step on: the events that took from a resource, the outputs of a process, ..."""
        return self._neighbours(self.graph(is_back=False), node)

    def trace(self, starts: Iterable[Node], *, nodes_max: int = NODES_MAX, depth_max: int | None = None) -> Listing:
        """Return everything that the `starts` came from.

        Without `depth_max` each branch is followed to its end before the next, the latest event
        first, as the standard does. With it the steps come in rings around the starts: nothing at
        most so many steps away is missing, however long another way to it is. What the bounds
        leave out is counted in `more`.
        """
        return self._walk(self.graph(is_back=True), starts, nodes_max, depth_max)

    def track(self, starts: Iterable[Node], *, nodes_max: int = NODES_MAX, depth_max: int | None = None) -> Listing:
        """Return everything that the `starts` went into, the earliest event first; else like `trace`."""
        return self._walk(self.graph(is_back=False), starts, nodes_max, depth_max)

    def _neighbours(self, graph: Graph, node: Node) -> list[Node]:
        table, places = self._begun(graph, [node])
        return Field(table, table.slots).rings(places, depth_max=1, nodes_max=NODES_MAX).nodes()[1:]

    def _walk(self, graph: Graph, starts: Iterable[Node], nodes_max: int, depth_max: int | None) -> Listing:
        table, places = self._begun(graph, list(dict.fromkeys(starts)))
        table, start = _one_start(table, places)
        field, order, before = settled(table, graph.doors, start)
        whole = field.listing(order, before)
        if depth_max is None:
            return whole.first(nodes_max)
        near = field.rings(places, depth_max=depth_max, nodes_max=nodes_max).first(nodes_max)
        return replace(near, more=len(whole) - len(near))

    def _begun(self, graph: Graph, starts: list[Node]) -> tuple[Table, list[int]]:
        """Return where a walk begins; a start that the ledger does not know is a node that leads nowhere."""
        places = [self._place(graph, start) for start in starts]
        unknown = [at for at, place in enumerate(places) if place is None]
        table = graph.table.copied(len(unknown)) if unknown else graph.table
        for at in unknown:
            kind, each = starts[at]
            places[at] = int(table.allocate(1, EVENT + KINDS.index(kind), each)[0])
        return table, [place for place in places if place is not None]

    def _place(self, graph: Graph, node: Node) -> int | None:
        kind, each = node
        if kind == "event":
            row = int(self.columns.rows([each])[0])
            return int(graph.events[row]) if row >= 0 else None
        register = graph.resources if kind == "resource" else graph.processes
        at = int(register.at(np.array([each]))[0])
        return int(register.node[at]) + ROOT if at >= 0 else None


def _one_start(table: Table, places: list[int]) -> tuple[Table, int]:
    """Return a table with one place from which a walk goes to all of `places` in turn."""
    if len(places) == 1:
        return table, places[0]
    table = table.copied(len(places) + 1)
    cells = table.allocate(len(places) + 1)
    table.lead(cells[:-1], np.array(places, dtype=np.int32), cells[1:])
    return table, int(cells[0])
