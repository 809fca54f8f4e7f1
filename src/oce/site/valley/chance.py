"""Chance that repeats: whoever tells the valley again meets the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Numbers and choices that follow from a seed alone."""

    def __init__(self, seed: str) -> None:
        """Begin a row of chances that belongs to this seed."""
        self._random = Random(seed)  # noqa: S311 (repeated on purpose; nothing is kept secret by it)

    def amount(self, least: str, most: str, step: str = "1") -> Decimal:
        """Return an exact amount between two, in steps."""
        width = Decimal(step)
        first, last = int(Decimal(least) / width), int(Decimal(most) / width)
        return self._random.randint(first, last) * width

    def number(self, least: int, most: int) -> int:
        """Return a whole number between two."""
        return self._random.randint(least, most)

    def happens(self, percent: int) -> bool:
        """Return whether something happens that happens so often in a hundred times."""
        return self._random.randrange(100) < percent

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of these."""
        return self._random.choice(choices)

    def some_of(self, choices: Sequence[T], count: int) -> list[T]:
        """Return so many different ones of these, or all where there are fewer."""
        return self._random.sample(choices, min(count, len(choices)))
