"""What somebody may say about a table, and how they hear of its progress; without the heavy libraries that read tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# Told how many of how many rows are done.
Progress = Callable[[int, int], None]


def quiet(_done: int, _of: int) -> None:
    """Hear of progress and say nothing."""


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What somebody says about a table beyond what it shows.

    `of` is the class of its rows; `matches` the properties by heading; `constants` values for all rows by property;
    `decimals` the sign before decimals, a comma or a point.
    """

    of: str | None = None
    matches: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    decimals: str | None = None
