"""How a graph is built, and how it grows by later events: in the same way.

To build is to grow from nothing. Resources only ever get longer strings; the processes that
new events belong to are laid out afresh (see `layout`).
"""

from __future__ import annotations

import numpy as np

from oce.apps.trace.rules.columns import Integers
from oce.apps.trace.rules.graph import ROOT, Doors, Graph
from oce.apps.trace.rules.layout import Layout
from oce.apps.trace.rules.reading import Links, Reading
from oce.apps.trace.rules.table import EVENT, HIDDEN, NOWHERE, PROCESS, RESOURCE, Nodes, Register, distinct


def grown(graph: Graph, reading: Reading, *, silenced: Integers) -> Graph:
    """Return `graph` with all events of `reading` that it does not hold yet.

    Args:
        graph: what there is, without harm to it.
        reading: the whole ledger, the events of `graph` first.
        silenced: rows of events of `graph` that have been brought to nothing since.
    """
    growth = Growth(graph, reading)
    growth.name_everything()
    growth.silence(silenced)
    growth.string_resources()
    growth.lay_out_processes(silenced)
    growth.point_corrections()
    growth.place_doors()
    return growth.graph()


class Growth:
    """A graph while it grows; its steps are taken in the order of `grown`."""

    def __init__(self, graph: Graph, reading: Reading) -> None:
        self.reading = reading
        self.columns = reading.columns
        self.is_back = graph.is_back
        self.first = len(graph.events)
        self.table = graph.table.copied(6 * (len(self.columns) - self.first) + 64)
        self.events = graph.events
        self.resources = graph.resources
        self.processes = graph.processes
        self.doors = graph.doors
        self.built = graph.built

    def graph(self) -> Graph:
        """Return what has grown."""
        table = self.table.trimmed()
        built = self.built or table.used
        return Graph(self.is_back, table, self.events, self.resources, self.processes, self.doors, built)

    def name_everything(self) -> None:
        """Give every new event, resource and process its nodes."""
        new = slice(self.first, None)
        columns = self.columns
        sequences = columns.sequence[new]
        self.events = np.concatenate([self.events, self.table.allocate(len(sequences), EVENT, sequences)])
        self._name_resources(self.resources.unknown(columns.resource[new], columns.to_resource[new]))
        self._name_processes(self.processes.unknown(columns.input_of[new], columns.output_of[new]))

    def _name_resources(self, ids: Integers) -> None:
        shown, root = self._pairwise(ids, RESOURCE)
        # A walk forth may arrive before there is a cell to go on with: the string ends in an empty one.
        end = np.full(len(ids), NOWHERE, dtype=np.int32)
        if not self.is_back:
            end = self.table.allocate(len(ids), HIDDEN, shown.astype(np.int64))
        self.table.lead(root, shown, end)
        self.resources = self.resources.joined(ids, shown, end)

    def _name_processes(self, ids: Integers) -> None:
        shown, _ = self._pairwise(ids, PROCESS)
        self.processes = self.processes.joined(ids, shown)

    def _pairwise(self, ids: Integers, kind: int) -> tuple[Nodes, Nodes]:
        shown = self.table.allocate(2 * len(ids))[::2]
        self.table.kind[shown] = kind
        self.table.ref[shown] = ids
        return shown, shown + ROOT

    def silence(self, rows: Integers) -> None:
        """Let nothing lead to the events at `rows`, nor on from them."""
        if len(rows):
            nodes = self.events[rows]
            self.table.slots[np.isin(self.table.slots[:, 0], nodes), 0] = NOWHERE
            self.table.lead(nodes, NOWHERE, NOWHERE)
            self.doors = self.doors.without(nodes)

    def string_resources(self) -> None:
        """Lengthen the strings of resources, and let new events lead into them."""
        leading, arriving = self.reading.leading(self.first), self.reading.arriving(self.first)
        width = len(self.columns) + 1
        item = self.resources.at(leading.resource)
        key = item * width + leading.place
        order = np.argsort(key)
        key, item = key[order], item[order]
        old_end = self.resources.end
        node, new_end = self._string(item, self.events[leading.rows[order]])
        self.resources = Register(self.resources.ids, self.resources.node, new_end)
        self._arrive(arriving, key, node, old_end if self.is_back else new_end)

    def _string(self, item: Integers, events: Nodes) -> tuple[Nodes, Nodes]:
        """Return the cells of `events`, sorted by `item` and chain, and where each string then ends.

        A walk back begins at the end, so that a new cell leads to the one before it; a walk forth
        fills the empty cell at the end and leaves another.
        """
        end = self.resources.end.copy()
        fresh = self.table.allocate(len(item), HIDDEN, self.resources.node[item].astype(np.int64))
        is_first = np.ones(len(item), dtype=np.bool_)
        is_first[1:] = item[1:] != item[:-1]
        before = np.where(is_first, end[item], np.roll(fresh, 1))
        node, following = (fresh, before) if self.is_back else (before, fresh)
        self.table.lead(node, events, following)
        is_last = np.roll(is_first, -1)
        end[item[is_last]] = fresh[is_last]
        if self.is_back:
            self.table.slots[self.resources.node + ROOT, 1] = end
        return node, end

    def _arrive(self, arriving: Links, key: Integers, node: Nodes, otherwise: Nodes) -> None:
        """Let events lead to the first cell beyond themselves on the chain of the resource."""
        item = self.resources.at(arriving.resource)
        wanted = item * (len(self.columns) + 1) + arriving.place
        at = np.searchsorted(key, wanted, "left") - 1 if self.is_back else np.searchsorted(key, wanted, "right")
        cell = otherwise[item]
        if len(key):
            near = at.clip(0, len(key) - 1)
            is_there = (near == at) & (key[near] // (len(self.columns) + 1) == item)
            cell = np.where(is_there, node[near], cell)
        self.table.lead(self.events[arriving.rows], self.resources.node[item], cell)

    def lay_out_processes(self, silenced: Integers) -> None:
        """Lay out afresh the processes that new or silenced events belong to."""
        touched = np.concatenate([silenced, np.arange(self.first, len(self.columns))])
        ids = distinct(np.concatenate([self.reading.entered[touched], self.reading.left[touched]]))
        Layout(self.reading, self.table, self.events, self.resources, self.processes).lay_out(ids[ids >= 0])

    def place_doors(self) -> None:
        """Note the new events by which things go into containers and come out."""
        links, opens = self.reading.doors(self.first)
        thing = self.resources.node[self.resources.at(links.resource)]
        self.doors = self.doors.joined(Doors(self.events[links.rows], thing, links.place, opens))

    def point_corrections(self) -> None:
        """Let new corrections lead to what they correct."""
        rows = np.flatnonzero(self.columns.corrects[self.first :] >= 0) + self.first
        originals = self.columns.rows(self.columns.corrects[rows])
        is_there = (originals >= 0) & self.columns.carries(originals)
        self.table.slots[self.events[rows[is_there]], 0] = self.events[originals[is_there]]
