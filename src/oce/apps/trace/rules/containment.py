"""Walks that follow a thing into a container and out again (F4).

Inside a container the walk is in a second copy of the graph, where things come out only by a
door that is open: one that lies, on the chain of a thing that this walk followed in, beyond
the door it was followed in by. Which doors are open is settled by walking until no more open.
"""

from __future__ import annotations

import numpy as np

from oce.apps.trace.rules.columns import Integers
from oce.apps.trace.rules.graph import Doors
from oce.apps.trace.rules.search import Field
from oce.apps.trace.rules.table import NOWHERE, Nodes, Table

OUTSIDE, INSIDE, SHUT = 0, 1, 2
"""Where the walk is once it has come out by a door, in the open or in the next container; or that it cannot."""


def settled(table: Table, doors: Doors, start: int) -> tuple[Field, Nodes, Nodes]:
    """Return the field with its doors open or shut, and the walk over it from `start` (see `Field.unwound`)."""
    field = Field(table, table.slots)
    order, before = field.unwound(start)
    if not np.any(field.passed(doors.node[doors.opens], order)):
        return field, order, before
    house = House(table, doors)
    ways_out = np.full(len(house.exits), SHUT)
    while True:
        house.set(ways_out)
        order, before = house.field.unwound(start)
        now = house.ways_out(order)
        if np.array_equal(now, ways_out):
            return house.field, order, before
        ways_out = now


class House:
    """The two copies of a graph, and the doors between them."""

    def __init__(self, table: Table, doors: Doors) -> None:
        self.table = table
        self.size = table.used
        self.field = Field(table, np.concatenate([table.slots, table.slots + np.int32(self.size)]))
        self.things, thing = np.unique(doors.thing, return_inverse=True)
        self.entrances, self.exits = doors.node[doors.opens], doors.node[~doors.opens]
        self.entering, self.leaving = thing[doors.opens], thing[~doors.opens]
        self.entered_at, self.left_at = doors.lead[doors.opens], doors.lead[~doors.opens]
        self.nearest = np.full((2, len(self.things)), np.iinfo(np.int64).max)
        self.field.slots[self.entrances, 1] += self.size
        self._find_cells()

    def _find_cells(self) -> None:
        """Note the cells that lead to an exit; they are what a shut door is taken out of."""
        exit_of = np.full(self.size, -1, dtype=np.int64)
        exit_of[self.exits] = np.arange(len(self.exits))
        self.cells = np.flatnonzero(exit_of[self.table.slots[:, 0]] >= 0)
        self.exit_of_cell = exit_of[self.table.slots[self.cells, 0]]

    def set(self, ways_out: Integers) -> None:
        """Open and shut the doors."""
        slots, within = self.table.slots, self.field.slots[self.size :]
        is_shut = ways_out[self.exit_of_cell] == SHUT
        within[self.cells, 0] = np.where(is_shut, NOWHERE, slots[self.cells, 0] + self.size)
        within[self.exits, 1] = slots[self.exits, 1] + np.where(ways_out == INSIDE, self.size, 0)

    def ways_out(self, order: Nodes) -> Integers:
        """Return where each exit leads, after a walk that has passed the places in `order`."""
        for place, shift in ((OUTSIDE, 0), (INSIDE, self.size)):
            passed = self.field.passed(self.entrances + shift, order)
            np.minimum.at(self.nearest[place], self.entering[passed], self.entered_at[passed])
        by = [self.left_at > self.nearest[place][self.leaving] for place in (OUTSIDE, INSIDE)]
        return np.where(by[OUTSIDE], OUTSIDE, np.where(by[INSIDE], INSIDE, SHUT))
