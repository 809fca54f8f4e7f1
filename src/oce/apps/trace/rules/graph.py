"""The flow as a graph that can be walked without asking anything on the way.

The corrections of the standard depend on how a walk arrives: only what lies before the event
it came from (F6), only the partner of the thing it followed (F1, F3). All of them are laid
into the graph beforehand, so that a walk is a plain depth-first search:

* A resource is a string of cells, one for each event that leads on from it, in the order of
  the breadcrumbs. An event leads into the middle of the string, to the first cell beyond itself.
* A process has two strings: its *own* flows, and the *passing* ones of things that come in by
  `accept` or `pickup` and leave by `modify` or `dropoff`. The event of a passing thing leads to
  the own flows and, by strings of their own, to its partners on the same resource only.

Only containment (F4) is left to the walk; its events are the `doors`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from oce.apps.trace.rules.columns import Integers, Truths
from oce.apps.trace.rules.table import Nodes, Register, Table

ROOT = 1
"""How far behind the node that is shown of a resource or process the one lies from which all of it is walked."""


def _none() -> Nodes:
    return np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """The events by which things go into containers and come out, in the order of their nodes.

    Attributes:
        node: the nodes of the events.
        thing: the shown node of the resource.
        lead: how far along its thing's chain each lies, in the direction of the walk.
        opens: whether the walk goes in here; else it comes out.
    """

    node: Nodes = field(default_factory=_none)
    thing: Nodes = field(default_factory=_none)
    lead: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    opens: Truths = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    def without(self, nodes: Nodes) -> Doors:
        """Return the doors that are none of `nodes`."""
        kept = ~np.isin(self.node, nodes)
        return Doors(self.node[kept], self.thing[kept], self.lead[kept], self.opens[kept])

    def joined(self, later: Doors) -> Doors:
        """Return these doors and `later` ones."""
        return Doors(
            np.concatenate([self.node, later.node]),
            np.concatenate([self.thing, later.thing]),
            np.concatenate([self.lead, later.lead]),
            np.concatenate([self.opens, later.opens]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """The ledger laid out for walks in one direction.

    Attributes:
        is_back: whether the walks go against the flow.
        events: the node of each event, in the order of the ledger.
        built: how many nodes there were when it was last built from nothing.
    """

    is_back: bool
    table: Table = field(default_factory=Table)
    events: Nodes = field(default_factory=_none)
    resources: Register = field(default_factory=Register)
    processes: Register = field(default_factory=Register)
    doors: Doors = field(default_factory=Doors)
    built: int = 0
