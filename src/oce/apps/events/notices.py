"""What has happened to the ledger."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventsRecorded:
    """Events were written: so many, from the first to the last place in the ledger."""

    first: int
    last: int
    count: int
