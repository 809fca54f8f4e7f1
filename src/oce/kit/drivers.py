"""How the values of a record look at the database driver, for the few places that speak to it without the ORM.

SQLite keeps quantities, moments and identifiers as texts, PostgreSQL as types of its own; each pair of functions here
equals what the model's fields do, and a test holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from oce.kit.quantities import decoded, encoded
from oce.vf.decimals import plain

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Driver:
    """Conversions for one kind of database; every function takes and gives None for nothing."""

    quantity_in: Callable[[Decimal | None], Any]
    quantity_out: Callable[[Any], Decimal | None]
    moment_in: Callable[[datetime | None], Any]
    moment_out: Callable[[Any], datetime | None]
    uid_in: Callable[[UUID | None], Any]
    uid_out: Callable[[Any], UUID | None]


def _same(value: Any) -> Any:
    return value


def _moment_text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def _moment_read(given: str | datetime | None) -> datetime | None:
    # Where SQLite knows a column's type, Django's own reader has already made a moment of it, without its zone.
    if given is None:
        return None
    return datetime.fromisoformat(given + "+00:00") if isinstance(given, str) else given.replace(tzinfo=UTC)


def _plain_number(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(plain(value))


SQLITE = Driver(
    quantity_in=lambda value: None if value is None else encoded(value),
    quantity_out=lambda text: None if text is None else decoded(text),
    moment_in=_moment_text,
    moment_out=_moment_read,
    uid_in=lambda uid: None if uid is None else uid.hex,
    uid_out=lambda text: None if text is None else UUID(text),
)
POSTGRESQL = Driver(_same, _plain_number, _same, _same, _same, _same)


@cache
def driver_of(vendor: str) -> Driver:
    """Return the conversions for a database vendor as Django names it."""
    return SQLITE if vendor == "sqlite" else POSTGRESQL
