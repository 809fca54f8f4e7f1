"""The one place that asks the time, so that tests and stories can set it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_standing: ContextVar[datetime | None] = ContextVar("standing_clock", default=None)


class Now(datetime):
    """The moment of a wish that says "now": sent again a moment later, it is still the same wish."""


def now() -> datetime:
    """Return the present moment in UTC, or the moment a test or a story has set."""
    return _standing.get() or datetime.now(tz=UTC)


def moment_of_wish() -> Now:
    """Return the present moment for a draft whose author said "now", so that a form sent twice is known for one wish."""
    moment = now()
    return Now.combine(moment.date(), moment.timetz())


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment` inside the block; `moment` must know its time zone."""
    if moment.tzinfo is None:
        message = f"{moment} does not say its time zone."
        raise ValueError(message)
    token = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(token)
