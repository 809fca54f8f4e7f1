"""Walks over a graph: depth first, which scipy does in C, and in rings, for when only the near is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import depth_first_order

from oce.apps.trace.rules.columns import Integers
from oce.apps.trace.rules.nodes import Listing, depths
from oce.apps.trace.rules.table import EVENT, HIDDEN, NOWHERE, UNOWNED, Nodes, Table


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """What is walked over: the nodes of a table, once or, for outside and inside of containers, twice.

    Attributes:
        slots: where each node leads; the second half, if there is one, are the same nodes inside.
    """

    table: Table
    slots: Nodes

    def unwound(self, start: int) -> tuple[Nodes, Nodes]:
        """Return the places reached from `start`, depth first, and for every place the one before it."""
        count = len(self.slots)
        ends = np.arange(0, 2 * count + 1, 2, dtype=np.int32)
        weights = np.broadcast_to(np.float64(1), 2 * count)  # depth first asks for none, the matrix must have some
        flow = csr_array((weights, self.slots.reshape(-1), ends), shape=(count, count))
        order, before = depth_first_order(flow, start)
        return order, before

    def listing(self, order: Nodes, before: Nodes) -> Listing:
        """Return the steps of an unwound walk."""
        size, kind = self.table.used, self.table.kind
        order = order[kind[order % size] != HIDDEN]
        if len(self.slots) > size:
            order = order[_first(order % size, size)]
        previous = before[order]
        came_from = previous % size
        parent = np.where(kind[came_from] == EVENT, came_from, self.table.ref[came_from])
        return listed(self.table, order % size, np.where(previous < 0, UNOWNED, parent))

    def rings(self, starts: Iterable[int], *, depth_max: int, nodes_max: int) -> Listing:
        """Return the steps in rings around `starts`, each ring one step farther, up to the ring `depth_max`.

        To go on along a string is no step; from an event and to an event are.
        """
        size, flat, kind, ref = (
            self.table.used,
            self.slots.reshape(-1).data,
            self.table.kind.data,
            self.table.ref.data,
        )
        found: dict[int, int] = {}
        passed: set[int] = set()
        ring = [(start, UNOWNED) for start in starts]
        for _ in range(depth_max + 1):
            following: list[tuple[int, int]] = []
            for begin, parent in ring:
                ahead = [begin]
                while ahead:
                    at = ahead.pop()
                    node = at % size
                    if node == NOWHERE or at in passed:
                        continue
                    passed.add(at)
                    first, second = flat[2 * at], flat[2 * at + 1]
                    if kind[node] != HIDDEN:
                        found.setdefault(node, parent)
                        following += [(first, node), (second, node)]
                    elif kind[first % size] == EVENT:
                        following.append((first, ref[node]))
                        ahead.append(second)
                    else:
                        ahead += [second, first]
            ring = following
            if len(found) >= nodes_max:
                break
        return listed(self.table, np.array([*found], dtype=np.int32), np.array([*found.values()], dtype=np.int64))


def _first(nodes: Nodes, size: int) -> Integers:
    """Return where each of `nodes` stands for the first time, ascending."""
    place = np.full(size, -1, dtype=np.int64)
    place[nodes[::-1]] = np.arange(len(nodes) - 1, -1, -1)
    return np.flatnonzero(place[nodes] == np.arange(len(nodes)))


def listed(table: Table, nodes: Nodes, parents: Integers) -> Listing:
    """Return the listing of `nodes`, each after its parent."""
    place = np.full(table.used, -1, dtype=np.int64)
    place[nodes] = np.arange(len(nodes))
    parent = np.where(parents < 0, -1, place[parents])
    return Listing(table.kind[nodes] - np.int8(EVENT), table.ref[nodes], parent, depths(parent))
