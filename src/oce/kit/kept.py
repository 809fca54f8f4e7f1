"""Answers that every page needs and that hardly ever change, such as the name of the house: kept for a few seconds.

Another process of the house may change what they say; so after these seconds they are read again.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
SECONDS = 5.0

_all: list[Kept[object]] = []


class Kept(Generic[T]):
    """One answer, and how it is read."""

    def __init__(self, read: Callable[[], T]) -> None:
        """Read it by `read` when it is first asked for."""
        self._read = read
        self._answer: tuple[float, T] | None = None
        _all.append(self)  # type: ignore[arg-type]

    def __call__(self) -> T:
        """Return the answer as it was a few seconds ago at most."""
        if self._answer is None or self._answer[0] < monotonic():
            self._answer = (monotonic() + SECONDS, self._read())
        return self._answer[1]

    def forget(self) -> None:
        """Read it again when it is next asked for."""
        self._answer = None


def forget_everything() -> None:
    """Forget all that is kept: a test's database goes, and what was read from it must go with it."""
    for each in _all:
        each.forget()
