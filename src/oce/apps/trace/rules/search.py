"""Walks over a graph: depth first, which scipy does in C, and in rings, for when only the near is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from oce.apps.trace.rules.columns import Integers, Truths
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
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import depth_first_order

        count = len(self.slots)
        weights = np.broadcast_to(np.float64(1), 2 * count)  # depth first asks for none, the matrix must have some
        flow = csr_array((weights, self.slots.reshape(-1), _ends(count)), shape=(count, count))
        order, before = depth_first_order(flow, start)
        return order, before

    def listing(self, order: Nodes, before: Nodes) -> Listing:
        """Return the steps of an unwound walk; `before` is spent."""
        kind, ref = self.table.kind, self.table.ref
        order = order[kind[self._node(order)] != HIDDEN]
        nodes = self._node(order)
        if len(self.slots) > self.table.used:
            first = _first(nodes, self.table.used)
            order, nodes = order[first], nodes[first]
        previous = before[order]
        came_from = self._node(previous.clip(min=NOWHERE))
        parents = np.where(kind[came_from] == EVENT, came_from, ref[came_from])
        has_parent = (previous >= 0) & (parents != UNOWNED)
        # What was before is known now, and its array has room for the place of every node.
        before[nodes] = np.arange(len(nodes), dtype=np.int32)
        parent = np.where(has_parent, before[parents], np.int32(-1))
        return Listing(kind[nodes] - np.int8(EVENT), ref[nodes], parent, depths(parent))

    def passed(self, places: Nodes, order: Nodes) -> Truths:
        """Return which of `places` a walk came by that went in `order`."""
        if not len(places):
            return np.zeros(0, dtype=np.bool_)
        passed = np.zeros(len(self.slots), dtype=np.bool_)
        passed[order] = True
        return passed[places]

    def _node(self, places: Nodes) -> Nodes:
        return places % np.int32(self.table.used) if len(self.slots) > self.table.used else places

    def rings(self, starts: Iterable[int], *, depth_max: int, nodes_max: int) -> Listing:
        """Return the steps in rings around `starts`, each ring one step farther, up to the ring `depth_max`.

        To go on along a string is no step; from an event and to an event are.
        """
        size, flat = self.table.used, self.slots.reshape(-1).data
        kind, ref = self.table.kind.data, self.table.ref.data
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
        places = {node: at for at, node in enumerate(found)}
        nodes = np.array([*found], dtype=np.int32)
        parents = np.array([places.get(each, -1) for each in found.values()], dtype=np.int32)
        return Listing(self.table.kind[nodes] - np.int8(EVENT), self.table.ref[nodes], parents, depths(parents))


@lru_cache(maxsize=4)
def _ends(count: int) -> Nodes:
    """Return where each of `count` rows of two ends; as long as the graph, and the same for every walk over it."""
    return np.arange(0, 2 * count + 1, 2, dtype=np.int32)


def _first(nodes: Nodes, size: int) -> Integers:
    """Return where each of `nodes` stands for the first time, ascending."""
    place = np.full(size, -1, dtype=np.int64)
    place[nodes[::-1]] = np.arange(len(nodes) - 1, -1, -1)
    return np.flatnonzero(place[nodes] == np.arange(len(nodes)))
