"""How the processes of a graph are laid out.

A flow *passes* a process when a partner takes the same thing in, or out, on the other side:
`accept` with `modify`, `pickup` with `dropoff`, on either of their resources (F1). Whoever comes
by one of them goes on to its own partners only, and not to those of other things that shared
the process (F3).

Processes are always laid out whole, since a late partner turns one of their own flows into a
passing one. The cells that an earlier layout leaves behind are dropped when the graph is next
built from nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from oce.apps.trace.rules.columns import Integers, Truths
from oce.apps.trace.rules.graph import ROOT
from oce.apps.trace.rules.reading import Reading
from oce.apps.trace.rules.table import HIDDEN, NOWHERE, Nodes, Register, Table, distinct
from oce.apps.trace.rules.verbs import PAIRS_MAX

NO_KEY = -1


class Flows(NamedTuple):
    """Events of processes, by their rows, ascending; the keys name process, pair and resource."""

    rows: Integers
    process: Integers
    own: Integers
    to: Integers

    def keys(self) -> Integers:
        """Return the keys of both sides, each once."""
        keys = distinct(np.concatenate([self.own, self.to]))
        known: Integers = keys[keys != NO_KEY]
        return known

    def meets(self, others: Flows) -> Truths:
        """Return which events share process, pair and resource with any of the `others`."""
        meets = np.zeros(len(self.rows), dtype=np.bool_)
        paired = np.flatnonzero((self.own != NO_KEY) | (self.to != NO_KEY))
        offered = others.keys()
        meets[paired] = _is_among(offered, self.own[paired]) | _is_among(offered, self.to[paired])
        return meets

    def taken(self, chosen: Truths) -> Flows:
        """Return the chosen ones."""
        return Flows(*(each[chosen] for each in self))


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What it takes to lay out processes in a table."""

    reading: Reading
    table: Table
    events: Nodes
    resources: Register
    processes: Register

    def lay_out(self, ids: Integers) -> None:
        """Lay out the processes `ids` (ascending), whatever they were before."""
        leaving = self._flows(ids, self.reading.left, self.reading.leaving_pair)
        entering = self._flows(ids, self.reading.entered, self.reading.entering_pair)
        passes = leaving.meets(entering)
        own = self._heads(leaving.rows[~passes], leaving.process[~passes])
        passing = self._heads(leaving.rows[passes], leaving.process[passes])
        place = self.processes.at(ids)
        shown = self.processes.node[place]
        self.table.lead(shown + ROOT, shown, self._both(own[place], passing[place]))
        self._enter(entering, own, passing)
        self._enter_by_pairs(entering, leaving, own)

    def _flows(self, ids: Integers, process: Integers, pair_of: Callable[[Integers], Integers]) -> Flows:
        is_all = len(ids) == len(self.processes.ids)
        rows = np.flatnonzero(process >= 0 if is_all else np.isin(process, ids))
        rows = rows[self.reading.columns.carries(rows)]
        at, pair = self.processes.at(process[rows]), pair_of(rows)
        own, to = np.full((2, len(rows)), NO_KEY)
        paired = np.flatnonzero(pair)
        group = (at[paired] * (PAIRS_MAX + 1) + pair[paired]) * len(self.resources.ids)
        for keys, side in ((own, self.reading.columns.resource), (to, self.reading.columns.to_resource)):
            item = self.resources.at(side[rows[paired]])
            keys[paired] = np.where(item >= 0, group + item, NO_KEY)
        return Flows(rows, at, own, to)

    def _heads(self, rows: Integers, process: Integers) -> Nodes:
        heads = np.full(len(self.processes.ids), NOWHERE, dtype=np.int32)
        groups, first = self._strung(process, rows, process)
        heads[groups] = first
        return heads

    def _strung(self, group: Integers, rows: Integers, process: Integers) -> tuple[Integers, Nodes]:
        """Return the groups, ascending, and the first cell of each: one cell for each of `rows` (ascending)."""
        if self.reading.is_back:
            group, rows, process = group[::-1], rows[::-1], process[::-1]  # within a group the latest comes first
        order = np.argsort(group, kind="stable")
        cells = self.table.allocate(len(rows), HIDDEN, self.processes.node[process[order]].astype(np.int64))
        grouped = group[order]
        is_first = np.ones(len(rows), dtype=np.bool_)
        is_first[1:] = grouped[1:] != grouped[:-1]
        following = np.where(np.roll(is_first, -1), NOWHERE, np.roll(cells, -1))
        self.table.lead(cells, self.events[rows[order]], following)
        return grouped[is_first], cells[is_first]

    def _both(self, own: Nodes, passing: Nodes) -> Nodes:
        """Return nodes that lead to the own flows and to the passing ones; mostly there are none of the latter."""
        both = own.copy()
        passes = np.flatnonzero(passing != NOWHERE)
        both[passes] = self.table.allocate(len(passes))
        parts = own[passes], passing[passes]
        self.table.lead(both[passes], *(parts if self.reading.is_back else parts[::-1]))
        return both

    def _enter(self, entering: Flows, own: Nodes, passing: Nodes) -> None:
        """Let events lead into their process, to its own flows and, if they may, to the passing ones."""
        visible = passing[entering.process]
        if self.reading.is_back:
            visible[self.reading.columns.verb("takes_out", entering.rows) == 0] = NOWHERE
        shown = self.processes.node[entering.process]
        self.table.lead(self.events[entering.rows], shown, self._both(own[entering.process], visible))

    def _enter_by_pairs(self, entering: Flows, leaving: Flows, heads: Nodes) -> None:
        """Let the events of passing things lead to the own flows of the process and to their partners (F1, F3)."""
        entering = entering.taken((entering.own >= 0) | (entering.to >= 0))
        own = heads[entering.process]
        keys, first = self._partners(entering, leaving)
        partner, other = (np.append(first, NOWHERE)[_found(keys, side)] for side in (entering.own, entering.to))
        fork, second = self.table.allocate(len(own)), self.table.allocate(len(own))
        if self.reading.is_back:
            self.table.lead(fork, own, second)
            self.table.lead(second, partner, other)
        else:
            self.table.lead(fork, partner, second)
            self.table.lead(second, other, own)
        self.table.slots[self.events[entering.rows], 1] = fork

    def _partners(self, entering: Flows, leaving: Flows) -> tuple[Integers, Nodes]:
        offered = entering.keys()
        leaving = leaving.taken(leaving.meets(entering))
        own = _is_among(offered, leaving.own)
        to = _is_among(offered, leaving.to) & (leaving.to != leaving.own)
        rows = np.concatenate([leaving.rows[own], leaving.rows[to]])
        order = np.argsort(rows)
        keys = np.concatenate([leaving.own[own], leaving.to[to]])[order]
        process = np.concatenate([leaving.process[own], leaving.process[to]])[order]
        return self._strung(keys, rows[order], process)


def _is_among(keys: Integers, wanted: Integers) -> Truths:
    return _found(keys, wanted) < len(keys)


def _found(keys: Integers, wanted: Integers) -> Integers:
    """Return the place of each wanted key, or the one past the end."""
    at = np.searchsorted(keys, wanted)
    return np.where(np.append(keys, NO_KEY)[at] == wanted, at, len(keys))
