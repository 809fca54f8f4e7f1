"""How a walk in one direction reads the columns of the ledger.

Everything in which trace and track differ is said here, once for all events together; it is
what `ways` says for one event at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from oce.apps.trace.rules.breadcrumbs import places
from oce.apps.trace.rules.columns import Columns, Integers, Truths


class Links(NamedTuple):
    """Events (by their rows) and the resource each is linked with; `place` on the chain of that resource."""

    rows: Integers
    resource: Integers
    place: Integers


@dataclass(frozen=True, slots=True)
class Reading:
    """The columns in one direction.

    Attributes:
        place: where each event stands on the chain of its resource; `to_place` on that of its to side.
    """

    columns: Columns
    is_back: bool
    place: Integers
    to_place: Integers

    @classmethod
    def of(cls, columns: Columns, *, is_back: bool) -> Reading:
        """Return the reading of `columns` against the flow, or with it."""
        return cls(columns, is_back, *places(columns))

    @property
    def entered(self) -> Integers:
        """The process that the walk enters by each event."""
        return self.columns.output_of if self.is_back else self.columns.input_of

    @property
    def left(self) -> Integers:
        """The process from which the walk goes on to each event."""
        return self.columns.input_of if self.is_back else self.columns.output_of

    def entering_pair(self, rows: Integers) -> Integers:
        """Return which pair each event enters its process by, 0 for none."""
        return self.columns.verb("pair_out" if self.is_back else "pair_in", rows)

    def leaving_pair(self, rows: Integers) -> Integers:
        """Return which pair each event leaves its process by, in the direction of the walk; 0 for none."""
        return self.columns.verb("pair_in" if self.is_back else "pair_out", rows)

    def leading(self, first: int) -> Links:
        """Return which events from row `first` on lead on from which resources."""
        late = self.columns.since(first)
        made_it = late.output_of >= 0
        if not self.is_back:
            takes = late.carries() & (late.resource >= 0) & ~made_it & (late.verb("only_adds") == 0)
            return self._links(first, takes, np.zeros_like(takes))
        made_it |= late.verb("is_bare") == 1
        itself = late.carries() & (late.resource >= 0) & made_it
        is_same = itself & (late.resource == late.to_resource)
        return self._links(first, itself, late.carries() & (late.to_resource >= 0) & ~is_same)

    def arriving(self, first: int) -> Links:
        """Return at which resources the walk arrives by which events from row `first` on."""
        late = self.columns.since(first)
        outside = late.carries() & (self.entered[first:] < 0)
        if self.is_back:
            is_opening = (late.verb("is_bare") == 1) & (late.previous_event < 0)
            return self._links(first, outside & (late.resource >= 0) & ~is_opening, np.zeros_like(outside))
        is_output = (late.output_of >= 0) & (late.resource >= 0)
        is_handed_on = late.to_resource >= 0
        return self._links(first, outside & ~is_handed_on & is_output, outside & is_handed_on)

    def _links(self, first: int, of: Truths, to: Truths) -> Links:
        own, other = np.flatnonzero(of) + first, np.flatnonzero(to) + first
        return Links(
            np.concatenate([own, other]),
            np.concatenate([self.columns.resource[own], self.columns.to_resource[other]]),
            np.concatenate([self.place[own], self.to_place[other]]),
        )

    def doors(self, first: int) -> tuple[Links, Truths]:
        """Return the events from row `first` on by which things go into containers and come out.

        With them, which of them the walk goes in by. Their places ascend in the direction of the walk.
        """
        late = self.columns.since(first)
        goes_in = late.verb("takes_out" if self.is_back else "puts_in") == 1
        comes_out = late.verb("puts_in" if self.is_back else "takes_out") == 1
        if self.is_back:
            goes_in &= late.output_of >= 0
        is_door = late.carries() & (late.resource >= 0) & (goes_in | comes_out)
        links = self._links(first, is_door, np.zeros_like(is_door))
        return links._replace(place=-links.place if self.is_back else links.place), goes_in[is_door]
