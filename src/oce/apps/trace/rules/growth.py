"""How a graph is built, and how it grows by later events: in the same way.

To build is to grow from nothing. Resources only ever get longer strings. The processes that
new events belong to are laid out afresh, since a late partner can turn one of their own flows
into a passing one; what they leave behind is dropped when the graph is next built whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from oce.apps.trace.rules.columns import Integers, Truths
from oce.apps.trace.rules.graph import ALL, OWN, ROOT, Doors, Graph
from oce.apps.trace.rules.reading import Links, Reading
from oce.apps.trace.rules.table import EVENT, HIDDEN, NOWHERE, PROCESS, RESOURCE, Nodes, Register
from oce.apps.trace.rules.verbs import PAIRS_MAX

NO_KEY = -1


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


class Flows(NamedTuple):
    """Events of processes, by their rows, ascending; the keys name process, pair and resource."""

    rows: Integers
    process: Integers
    own: Integers
    to: Integers

    def keys(self) -> Integers:
        """Return the keys of both sides, each once."""
        keys: Integers = np.unique(np.concatenate([self.own, self.to]))
        known: Integers = keys[keys != NO_KEY]
        return known

    def meets(self, others: Flows) -> Truths:
        """Return which events share process, pair and resource with any of the `others`."""
        offered = others.keys()
        return np.isin(self.own, offered) | np.isin(self.to, offered)

    def taken(self, chosen: Truths) -> Flows:
        """Return the chosen ones."""
        return Flows(*(each[chosen] for each in self))


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
        shown, root = self._pairwise(ids, PROCESS, beside=3)
        self.table.lead(root, shown, shown + ALL)
        self.processes = self.processes.joined(ids, shown)

    def _pairwise(self, ids: Integers, kind: int, *, beside: int = 1) -> tuple[Nodes, Nodes]:
        nodes = self.table.allocate(len(ids) * (1 + beside))
        shown = nodes[:: 1 + beside]
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
        ids = np.unique(np.concatenate([self.reading.entered[touched], self.reading.left[touched]]))
        ids = ids[ids >= 0]
        leaving = self._flows(ids, self.reading.left, self.reading.leaving_pair)
        entering = self._flows(ids, self.reading.entered, self.reading.entering_pair)
        passes = leaving.meets(entering)
        place = self.processes.at(ids)
        own = self._heads(leaving.rows[~passes], leaving.process[~passes])
        passing = self._heads(leaving.rows[passes], leaving.process[passes])
        shown = self.processes.node[place]
        self.table.lead(shown + OWN, own[place], NOWHERE)
        self._see_all(shown + ALL, shown + OWN, passing[place])
        self._enter(entering, passing[entering.process])
        self._enter_by_pairs(entering, leaving)

    def _flows(self, ids: Integers, process: Integers, pair_of: Callable[[Integers], Integers]) -> Flows:
        is_all = len(ids) == len(self.processes.ids)
        rows = np.flatnonzero(process >= 0 if is_all else np.isin(process, ids))
        rows = rows[self.columns.carries(rows)]
        at, pair = self.processes.at(process[rows]), pair_of(rows)
        group = (at * (PAIRS_MAX + 1) + pair) * len(self.resources.ids)
        sides = [self.resources.at(side[rows]) for side in (self.columns.resource, self.columns.to_resource)]
        own, to = (np.where((pair > 0) & (side >= 0), group + side, NO_KEY) for side in sides)
        return Flows(rows, at, own, to)

    def _heads(self, rows: Integers, process: Integers) -> Nodes:
        heads = np.full(len(self.processes.ids), NOWHERE, dtype=np.int32)
        groups, first = self._strung(process, rows, process)
        heads[groups] = first
        return heads

    def _strung(self, group: Integers, rows: Integers, process: Integers) -> tuple[Integers, Nodes]:
        """Return the groups, ascending, and the first cell of each: one cell for each of `rows` (ascending)."""
        order = np.argsort(group[::-1], kind="stable")
        order = len(group) - 1 - order if self.is_back else np.argsort(group, kind="stable")
        cells = self.table.allocate(len(rows), HIDDEN, self.processes.node[process[order]].astype(np.int64))
        grouped = group[order]
        is_first = np.ones(len(rows), dtype=np.bool_)
        is_first[1:] = grouped[1:] != grouped[:-1]
        following = np.where(np.roll(is_first, -1), NOWHERE, np.roll(cells, -1))
        self.table.lead(cells, self.events[rows[order]], following)
        return grouped[is_first], cells[is_first]

    def _see_all(self, nodes: Nodes, own: Nodes, passing: Nodes) -> None:
        self.table.lead(nodes, *((own, passing) if self.is_back else (passing, own)))

    def _enter(self, entering: Flows, passing: Nodes) -> None:
        """Let events lead into their process, to its own flows and, if they may, to the passing ones."""
        shown = self.processes.node[entering.process]
        self.table.lead(self.events[entering.rows], shown, shown + OWN)
        sees_all = passing != NOWHERE
        if self.is_back:
            sees_all &= self.columns.verb("takes_out", entering.rows) == 1
        forks = self.table.allocate(int(sees_all.sum()))
        self._see_all(forks, shown[sees_all] + OWN, passing[sees_all])
        self.table.slots[self.events[entering.rows[sees_all]], 1] = forks

    def _enter_by_pairs(self, entering: Flows, leaving: Flows) -> None:
        """Let the events of passing things lead to the own flows of the process and to their partners (F1, F3)."""
        entering = entering.taken((entering.own >= 0) | (entering.to >= 0))
        keys, heads = self._partners(entering, leaving)
        partner, other = (np.append(heads, NOWHERE)[_found(keys, side)] for side in (entering.own, entering.to))
        own = self.processes.node[entering.process] + OWN
        fork, second = self.table.allocate(len(own)), self.table.allocate(len(own))
        if self.is_back:
            self.table.lead(fork, own, second)
            self.table.lead(second, partner, other)
        else:
            self.table.lead(fork, partner, second)
            self.table.lead(second, other, own)
        self.table.slots[self.events[entering.rows], 1] = fork

    def _partners(self, entering: Flows, leaving: Flows) -> tuple[Integers, Nodes]:
        offered = entering.keys()
        own = np.isin(leaving.own, offered)
        to = np.isin(leaving.to, offered) & (leaving.to != leaving.own)
        rows = np.concatenate([leaving.rows[own], leaving.rows[to]])
        order = np.argsort(rows)
        keys = np.concatenate([leaving.own[own], leaving.to[to]])[order]
        process = np.concatenate([leaving.process[own], leaving.process[to]])[order]
        return self._strung(keys, rows[order], process)

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


def _found(keys: Integers, wanted: Integers) -> Integers:
    """Return the place of each wanted key, or the one past the end."""
    at = np.searchsorted(keys, wanted)
    return np.where(np.append(keys, NO_KEY)[at] == wanted, at, len(keys))
