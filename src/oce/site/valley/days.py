"""How a day is told: each group says what it does when, and the day's steps follow one another by the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Protocol

# So many weeks are told before the present one.
WEEKS = 104
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
Step = tuple[time, Callable[[datetime], None]]


class Doing(Protocol):
    """What somebody in the valley does, day by day."""

    def begin(self, at: datetime) -> None:
        """Write down what is there on the first day."""

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day, and at what time."""


def is_last_of_month(day: date, weekday: int) -> bool:
    """Return whether a day is the last of this weekday in its month."""
    return day.weekday() == weekday and day.day + 7 > _length(day)


def is_first_of_month(day: date, weekday: int) -> bool:
    """Return whether a day is the first of this weekday in its month."""
    return day.weekday() == weekday and day.day <= 7


def _length(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - date(day.year, day.month, 1)).days
