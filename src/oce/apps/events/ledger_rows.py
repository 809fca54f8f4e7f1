"""Rows of the ledger on their way into the database, as fast as it takes them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from uuid_utils import uuid7

from oce.apps.events.models import EconomicEvent
from oce.kit.quantities import encoded
from oce.kit.rows import database_of
from oce.kit.statements import send
from oce.kit.visibility import house_visibility
from oce.vf.decimals import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from psycopg import Copy

# The columns that differ from row to row, in the order in which `add` gives them; the others are the same in all.
_VARYING = (
    "id", "uid", "iri", "action", "resource_inventoried_as_id", "to_resource_inventoried_as_id", "resource_conforms_to_id",
    "resource_quantity_value", "resource_quantity_unit", "effort_quantity_value", "effort_quantity_unit", "provider_id",
    "receiver_id", "input_of_id", "output_of_id", "realization_of_id", "reciprocal_realization_of_id", "has_beginning",
    "has_end", "has_point_in_time", "created", "to_location_id", "state", "image", "note", "previous_event_id",
    "to_previous_event_id", "effect", "occurred_at", "visibility",
)  # fmt: skip
INDEXED_AFTERWARDS_MIN = 10_000
_CONSTANT = {"is_described": "true", "revision": "1", "resource_classified_as": "[]"}
_ENDING = "\t" + "\t".join(_CONSTANT.values()) + "\n"
_NOTHING = "\\N"
COPIED_AT_ONCE = 500
_MINUTES = tuple(f"{minute // 60:02}:{minute % 60:02}:" for minute in range(24 * 60))
_SECONDS = tuple(f"{second:02}" for second in range(60))
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class LedgerRows:
    """Takes lines one by one and sees to it that they are written; how is the database's matter."""

    def __init__(self, now: datetime) -> None:
        """Remember what is the same in all rows."""
        self.quantities: dict[Decimal, str] = {}
        self.created_text = self.moment_text(now)
        self.seen_by = house_visibility().value

    def moment_text(self, moment: datetime) -> str:
        """Return a moment as the database reads it."""
        return _text_in_utc(moment) + "+00"

    def quantity_text(self, value: Decimal) -> str:
        """Return a quantity as the database reads it."""
        return plain(value)

    def uid_text(self, uid: str | None) -> str:
        """Return an identifier as the database reads it, a fresh one for None."""
        return uid or str(uuid7())

    def free_text(self, text: str) -> str:
        """Return a free text as the database reads it."""
        return text

    def take(self, row: tuple[Any, ...]) -> None:
        """Take one row whose values stand in the order of `_VARYING`."""
        raise NotImplementedError

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Have everything written that is added inside the block."""
        raise NotImplementedError
        yield

    def add(  # noqa: PLR0913, PLR0917 (a row, as the loop of a table has it)
        self,
        place: int,
        told: tuple[Any, ...],
        more: tuple[Any, ...],
        moment: datetime | None,
        previous: Any,
        to_previous: Any,
        effect: int,
    ) -> None:
        """Add one line: what was read (see `bulk`), when it counts, its breadcrumbs and its packed effect."""
        (action, provider, receiver, resource, to_resource, kind, input_of, output_of, quantity, unit, effort,
         effort_unit, place_to, state, beginning, end, point) = told  # fmt: skip
        uid, iri, realizes, realizes_back, created, image, note, visibility = more
        at, free = self.moment_text, self.free_text
        created_text = self.created_text if created is None else at(created)
        moment_text = created_text if moment is None else at(moment)
        self.take((
            place, self.uid_text(uid), None if iri is None else free(iri), action, resource, to_resource, kind,
            None if quantity is None else self._quantity(quantity), "" if quantity is None else unit,
            None if effort is None else self._quantity(effort), "" if effort is None else effort_unit,
            provider, receiver, input_of, output_of, realizes, realizes_back,
            None if beginning is None else at(beginning), None if end is None else at(end),
            None if point is None else moment_text, created_text, place_to, "" if state is None else free(state),
            "" if image is None else free(image), "" if note is None else free(note), previous, to_previous, effect,
            moment_text, visibility or self.seen_by,
        ))  # fmt: skip

    def _quantity(self, value: Decimal) -> str:
        text = self.quantities.get(value)
        if text is None:
            text = self.quantities[value] = self.quantity_text(value)
        return text


class SqliteRows(LedgerRows):
    """Writes by one prepared statement, some thousand rows at a time."""

    def __init__(self, now: datetime) -> None:
        """Begin with no rows."""
        super().__init__(now)
        self.rows: list[tuple[Any, ...]] = []

    def moment_text(self, moment: datetime) -> str:
        """Return the moment in UTC, without its zone."""
        return _text_in_utc(moment)

    def quantity_text(self, value: Decimal) -> str:
        """Return the text that sorts as the number does."""
        return encoded(value)

    def uid_text(self, uid: str | None) -> str:
        """Return the identifier without its dashes."""
        return uuid7().hex if uid is None else uid.replace("-", "")

    def take(self, row: tuple[Any, ...]) -> None:
        """Keep the row for the end of the block."""
        self.rows.append(row)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write the rows at the end of the block."""
        yield
        columns = ", ".join((*_VARYING, *_CONSTANT))
        places = ", ".join(["?"] * len(_VARYING))
        statement = f"INSERT INTO {EconomicEvent._meta.db_table} ({columns}) VALUES ({places}, 1, 1, '[]')"  # noqa: S608, SLF001
        with database_of(EconomicEvent).cursor() as cursor:
            # Django's wrapper would rewrite the places of every call; the driver's own connection takes them as they are.
            cursor.cursor.connection.executemany(statement, self.rows)
        self.rows.clear()


class PostgresqlRows(LedgerRows):
    """Streams by `COPY`, so that the server stores rows while the next ones are still being thought about."""

    def __init__(self, now: datetime) -> None:
        """Begin with no lines."""
        super().__init__(now)
        self.lines: list[str] = []
        self.copy: Copy | None = None

    def free_text(self, text: str) -> str:
        """Return the text with what `COPY` would take for its own marks escaped."""
        return text.translate(_ESCAPED)

    def take(self, row: tuple[Any, ...]) -> None:
        """Send the row, together with some others before it."""
        line = [_NOTHING if value is None else value if value.__class__ is str else str(value) for value in row]
        self.lines.append("\t".join(line))
        if len(self.lines) >= COPIED_AT_ONCE:
            self._send()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep a `COPY` open for the block."""
        columns = ", ".join((*_VARYING, *_CONSTANT))
        statement = f"COPY {EconomicEvent._meta.db_table} ({columns}) FROM STDIN"  # noqa: SLF001
        send()
        with database_of(EconomicEvent).cursor() as cursor, cursor.copy(statement) as self.copy:
            yield
            self._send()
        self.copy = None

    def _send(self) -> None:
        if self.lines and self.copy is not None:
            self.copy.write(_ENDING.join([*self.lines, ""]))
            self.lines.clear()


def ledger_rows(now: datetime) -> LedgerRows:
    """Return the way rows go into the database this house uses."""
    return SqliteRows(now) if database_of(EconomicEvent).vendor == "sqlite" else PostgresqlRows(now)


def _text_in_utc(moment: datetime) -> str:
    """Return the moment in UTC, without its zone; put together from known parts at a fifth of what `isoformat` costs."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    text = _day(moment.toordinal()) + _MINUTES[moment.hour * 60 + moment.minute] + _SECONDS[moment.second]
    return f"{text}.{moment.microsecond:06}" if moment.microsecond else text


@lru_cache(maxsize=10_000)
def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat() + " "


@contextmanager
def indexes_made_afterwards(count: int) -> Iterator[None]:
    """Let SQLite index a large import once at the end instead of row by row, when it more than doubles the ledger.

    All in the running transaction: whoever reads meanwhile sees the ledger as it was, and a crash leaves it so. On
    PostgreSQL, where it would lock out the readers, and for small imports, nothing is done.
    """
    database = database_of(EconomicEvent)
    table = EconomicEvent._meta.db_table  # noqa: SLF001
    with database.cursor() as cursor:
        if database.vendor != "sqlite" or count < INDEXED_AFTERWARDS_MIN or count < EconomicEvent.objects.count():
            yield
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL", [table]
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, statement in indexes:
            cursor.execute(statement)
