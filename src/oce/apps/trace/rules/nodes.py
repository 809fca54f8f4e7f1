"""What a walk passes, and what it hands back: nodes, steps and listings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Kind = Literal["resource", "event", "process"]
Node = tuple[Kind, int]

KINDS: tuple[Kind, ...] = ("event", "resource", "process")

NODES_MAX = 1_000_000
"""How many nodes a listing holds unless the caller says otherwise; the rest is counted in `more`."""


class Step(NamedTuple):
    """One line of a listing: a node, the node it was found from, and how deep it hangs."""

    node: Node
    parent: Node | None
    depth: int


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The steps of a walk, each once and after its parent, and how many more there would be.

    Attributes:
        kind: place of each node's kind in `KINDS`.
        ids: identifier of each node.
        parent: place of each node's parent in this listing, -1 for a start.
        depth: how many parents lie above.
        more: how many nodes the bounds left out.
    """

    kind: NDArray[np.int8]
    ids: NDArray[np.int64]
    parent: NDArray[np.int32]
    depth: NDArray[np.int32]
    more: int = 0

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Step]:
        return self.steps()

    def nodes(self) -> list[Node]:
        """Return the nodes in the order of the walk."""
        return [(KINDS[kind], each) for kind, each in zip(self.kind.tolist(), self.ids.tolist(), strict=True)]

    def steps(self) -> Iterator[Step]:
        """Return the steps in the order of the walk."""
        nodes = self.nodes()
        for node, parent, depth in zip(nodes, self.parent.tolist(), self.depth.tolist(), strict=True):
            yield Step(node, nodes[parent] if parent >= 0 else None, depth)

    def first(self, nodes_max: int) -> Listing:
        """Return the listing cut after `nodes_max` nodes; what falls off is counted."""
        kept = slice(max(nodes_max, 0))
        cut = self.ids[kept]
        return Listing(self.kind[kept], cut, self.parent[kept], self.depth[kept], self.more + len(self) - len(cut))


def depths(parent: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return how many parents lie above each place; a parent stands before its children.

    Only what has children is climbed, doubling the jumps, so that a long chain takes few rounds.
    """
    has_children = np.zeros(len(parent) + 1, dtype=np.bool_)
    has_children[parent] = True
    inner = np.flatnonzero(has_children[:-1])
    # Places among the inner ones; the one past the end stands for "no parent" and jumps to itself.
    place = np.full(len(parent) + 1, len(inner), dtype=np.int32)
    place[inner] = np.arange(len(inner), dtype=np.int32)
    jump = np.append(place[parent[inner]], np.int32(len(inner)))
    above = (jump != len(inner)).astype(np.int32)
    while np.any(jump != len(inner)):
        above += above[jump]
        jump = jump[jump]
    above[-1] = -1
    found: NDArray[np.int32] = above[place[parent]] + np.int32(1)
    return found
