"""The ledger as a walk needs it: nine whole numbers and a mark for each event, column by column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from oce.apps.trace.rules.verbs import column

Integers = NDArray[np.int64]
Truths = NDArray[np.bool_]

NONE = -1
"""Stands in every column where an event refers to nothing."""

LINKS = ("resource", "to_resource", "input_of", "output_of", "corrects", "previous_event", "to_previous_event")
"""The columns of identifiers: of resources, of processes, and of events by their sequence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Events in the order of the ledger.

    Attributes:
        actions: names of the actions; the column `action` holds places in it.
        sequence: the events' places in the ledger, ascending; they are the events' identifiers.
        previous_event: the event before on `resource` (T7); `to_previous_event` on `to_resource`.
        backed_out: events whose corrections bring them to nothing.
    """

    actions: tuple[str, ...]
    sequence: Integers
    action: Integers
    resource: Integers
    to_resource: Integers
    input_of: Integers
    output_of: Integers
    corrects: Integers
    previous_event: Integers
    to_previous_event: Integers
    backed_out: Truths

    def __post_init__(self) -> None:
        """Refuse columns that are no ledger.

        Raises:
            ValueError: unlike lengths, an order that does not ascend, or an unknown action.
        """
        if any(len(each) != len(self) for each in self.arrays().values()):
            raise ValueError("The columns of a ledger are equally long.")
        if np.any(np.diff(self.sequence) <= 0):
            raise ValueError("The events of a ledger stand in ascending sequence; sort them first.")
        if len(self) and not 0 <= self.action.min() <= self.action.max() < len(self.actions):
            raise ValueError("An action code is a place in `actions`.")

    def __len__(self) -> int:
        return len(self.sequence)

    @classmethod
    def of(
        cls,
        actions: Iterable[str],
        *,
        sequence: ArrayLike,
        action: ArrayLike,
        backed_out: ArrayLike = (),
        **links: ArrayLike,
    ) -> Self:
        """Return columns from anything like an array; a link left out refers to nothing anywhere.

        Args:
            actions: the names that `action` points into.
            sequence: identifiers of the events.
            action: places in `actions`.
            backed_out: sequences of the events that corrections bring to nothing.
            links: any of `LINKS`.
        """
        if unknown := set(links) - set(LINKS):
            raise ValueError(f"A ledger has no column {sorted(unknown)}; there are {', '.join(LINKS)}.")
        order = np.asarray(sequence, dtype=np.int64)
        given = {name: np.asarray(links[name], dtype=np.int64) for name in links}
        filled = {name: given.get(name, np.full(len(order), NONE, dtype=np.int64)) for name in LINKS}
        return cls(
            actions=tuple(actions),
            sequence=order,
            action=np.asarray(action, dtype=np.int64),
            backed_out=np.isin(order, np.asarray(backed_out, dtype=np.int64)),
            **filled,
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name."""
        names = ("sequence", "action", *LINKS, "backed_out")
        return {name: getattr(self, name) for name in names}

    def then(self, later: Columns, *, backed_out: ArrayLike = ()) -> Columns:
        """Return the ledger with `later` events after these, and earlier ones now `backed_out`."""
        if self.actions != later.actions:
            raise ValueError("Both parts of a ledger name the same actions in the same order.")
        added = later.arrays()
        joined: dict[str, Any] = {name: np.concatenate([each, added[name]]) for name, each in self.arrays().items()}
        joined["backed_out"] |= np.isin(joined["sequence"], np.asarray(backed_out, dtype=np.int64))
        return replace(self, **joined)

    def since(self, first: int) -> Columns:
        """Return the events from row `first` on."""
        late: dict[str, Any] = {name: each[first:] for name, each in self.arrays().items()}
        return replace(self, **late)

    def verb(self, attribute: str, rows: Integers | slice = slice(None)) -> Integers:
        """Return `attribute` of the `Verb` of each event, or of those at `rows`."""
        return column(self.actions, attribute, self.action[rows])

    def carries(self, rows: Integers | slice = slice(None)) -> Truths:
        """Return which events a walk follows: neither corrections nor what they brought to nothing."""
        return (self.corrects[rows] < 0) & ~self.backed_out[rows]

    def rows(self, sequences: ArrayLike) -> Integers:
        """Return the places of events in the columns, `NONE` for those that are not here."""
        wanted = np.asarray(sequences, dtype=np.int64)
        if not len(self):
            return np.full(wanted.shape, NONE, dtype=np.int64)
        places = np.searchsorted(self.sequence, wanted).clip(max=len(self) - 1)
        return np.where(self.sequence[places] == wanted, places, NONE)
