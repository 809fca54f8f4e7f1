"""What has happened in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitsChanged:
    """A unit of the house's own was added, changed or deleted."""

    identifier: str
