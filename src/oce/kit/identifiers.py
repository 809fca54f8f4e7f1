"""Time-ordered identifiers that any instance makes without asking another (UUID version 7, RFC 9562)."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from uuid_utils import compat

from oce.kit import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RANDOM_BITS = 42

_source: ContextVar[Callable[[], UUID] | None] = ContextVar("identifier_source", default=None)


def new_uid() -> UUID:
    """Return a fresh identifier, or the next one that a story has set; later ones sort after earlier ones."""
    source = _source.get()
    return compat.uuid7() if source is None else source()


@contextmanager
def seeded_by(seed: str) -> Iterator[None]:
    """Let the identifiers inside the block follow from `seed` and the clock alone, so that they repeat."""
    token = _source.set(_Seeded(seed).next)
    try:
        yield
    finally:
        _source.reset(token)


class _Seeded:
    """Identifiers of the form of version 7: the clock's milliseconds, then a count, then bits that follow from a seed."""

    def __init__(self, seed: str) -> None:
        self._bits = Random(seed)  # noqa: S311 (repeated on purpose; nothing is kept secret by it)
        self._latest = 0
        self._count = 0

    def next(self) -> UUID:
        # The clock of a story may be set back; the order of birth stays.
        self._latest = max(self._latest, int(clock.now().timestamp() * 1000))
        self._count += 1
        tail = self._count << _RANDOM_BITS | self._bits.getrandbits(_RANDOM_BITS)
        version, variant = 0x7 << 12 | tail >> 62, 0x2 << 62 | tail & (1 << 62) - 1
        return UUID(int=self._latest << 80 | version << 64 | variant)
