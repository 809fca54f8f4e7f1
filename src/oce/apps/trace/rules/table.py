"""A growing graph in which every node leads to at most two others.

Lists of any length are strings of *cells*, each leading to an item and to the next cell. A
list may so be entered in its middle, and two lists may share their end: this is what keeps
the graph as small as the ledger where "everything before this event" is asked a million times.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

Nodes = NDArray[np.int32]
Integers = NDArray[np.int64]

NOWHERE = 0
"""The node that leads to itself and is never shown."""

HIDDEN, EVENT, RESOURCE, PROCESS = range(4)
"""Kinds of nodes; those that are not hidden appear in listings."""

UNOWNED = -1


def distinct(values: Integers) -> Integers:
    """Return each of `values` once, ascending."""
    ordered = np.sort(values)  # numpy's own `unique` goes through a hash, which takes many times as long here
    is_first = np.ones(len(ordered), dtype=np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    once: Integers = ordered[is_first]
    return once


@dataclass(slots=True, eq=False)
class Table:
    """Nodes with the two nodes each leads to, its kind, and what it stands for.

    Attributes:
        slots: the two nodes that each leads to, the first to be followed first.
        kind: HIDDEN, EVENT, RESOURCE or PROCESS.
        ref: identifier of what a node shows; for a cell the node that owns its list, else UNOWNED.
    """

    slots: Nodes = field(default_factory=lambda: np.zeros((1, 2), dtype=np.int32))
    kind: NDArray[np.int8] = field(default_factory=lambda: np.zeros(1, dtype=np.int8))
    ref: Integers = field(default_factory=lambda: np.full(1, UNOWNED, dtype=np.int64))
    used: int = 1

    def copied(self, spare: int) -> Self:
        """Return the same nodes with room for `spare` more, to be changed without harm to this table."""
        size = self.used + spare
        copy = type(self)(
            np.empty((size, 2), dtype=np.int32),
            np.empty(size, dtype=np.int8),
            np.empty(size, dtype=np.int64),
            self.used,
        )
        for mine, other in ((self.slots, copy.slots), (self.kind, copy.kind), (self.ref, copy.ref)):
            other[: self.used] = mine[: self.used]
        return copy

    def trimmed(self) -> Self:
        """Return the table without spare room."""
        return type(self)(self.slots[: self.used], self.kind[: self.used], self.ref[: self.used], self.used)

    def allocate(self, count: int, kind: int = HIDDEN, ref: Integers | int = UNOWNED) -> Nodes:
        """Return `count` new nodes that lead nowhere yet."""
        if self.used + count > len(self.kind):
            larger = self.copied(max(count, self.used // 2))
            self.slots, self.kind, self.ref = larger.slots, larger.kind, larger.ref
        nodes = np.arange(self.used, self.used + count, dtype=np.int32)
        added = slice(self.used, self.used + count)
        self.slots[added] = NOWHERE
        self.kind[added] = kind
        self.ref[added] = ref
        self.used += count
        return nodes

    def lead(self, nodes: Nodes, first: Nodes | int, second: Nodes | int) -> None:
        """Let `nodes` lead to `first`, and then to `second`."""
        self.slots[nodes, 0] = first
        self.slots[nodes, 1] = second


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Which nodes stand for which identifiers.

    Attributes:
        ids: identifiers, ascending.
        node: the first node of each.
        end: where the list of each grows.
    """

    ids: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    node: Nodes = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    end: Nodes = field(default_factory=lambda: np.zeros(0, dtype=np.int32))

    def unknown(self, *columns: Integers) -> Integers:
        """Return the identifiers in `columns` that are not here, ascending; negative ones are none."""
        found = distinct(np.concatenate(columns))
        return found[(found >= 0) & (self.at(found) < 0)]

    def at(self, ids: Integers) -> Integers:
        """Return the place of each identifier, -1 where it is not here."""
        if not len(self.ids):
            return np.full(len(ids), -1, dtype=np.int64)
        places = np.searchsorted(self.ids, ids).clip(max=len(self.ids) - 1)
        return np.where(self.ids[places] == ids, places, -1)

    def joined(self, ids: Integers, node: Nodes, end: Nodes | int = NOWHERE) -> Register:
        """Return the register with new `ids` (ascending) put in their places."""
        at = np.searchsorted(self.ids, ids)
        return Register(np.insert(self.ids, at, ids), np.insert(self.node, at, node), np.insert(self.end, at, end))
