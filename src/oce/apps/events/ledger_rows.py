"""Rows of the ledger on their way into the database, as fast as it takes them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from uuid_utils import uuid7

from oce.apps.events.models import EconomicEvent
from oce.kit.quantities import encoded
from oce.kit.rows import database_of
from oce.vf.decimals import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

# The columns that differ from row to row, in the order in which `add` gives them; the others are the same in all.
_VARYING = (
    "id", "uid", "iri", "action", "resource_inventoried_as_id", "to_resource_inventoried_as_id", "resource_conforms_to_id",
    "resource_quantity_value", "resource_quantity_unit", "effort_quantity_value", "effort_quantity_unit", "provider_id",
    "receiver_id", "input_of_id", "output_of_id", "realization_of_id", "reciprocal_realization_of_id", "has_beginning",
    "has_end", "has_point_in_time", "created", "to_location_id", "state", "image", "note", "previous_event_id",
    "to_previous_event_id", "effect", "occurred_at",
)  # fmt: skip
INDEXED_AFTERWARDS_MIN = 10_000
_CONSTANT = {"is_described": "true", "revision": "1", "resource_classified_as": "[]"}
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class LedgerRows:
    """Collects lines and writes them: by `COPY` on PostgreSQL, by one prepared statement on SQLite."""

    def __init__(self, now: datetime) -> None:
        """Remember what is the same in all rows."""
        self.is_sqlite = database_of(EconomicEvent).vendor == "sqlite"
        self.rows: list[tuple[Any, ...]] = []
        self.quantities: dict[Decimal, str] = {}
        self.moment = _sqlite_moment if self.is_sqlite else datetime.isoformat
        self.created_text = self.moment(now)

    def add(  # noqa: PLR0913 (a row, as the loop of a table has it)
        self,
        place: int,
        told: tuple[Any, ...],
        more: tuple[Any, ...],
        moment: datetime | None,
        previous: Any,  # noqa: ANN401 (states keep identifiers as opaque values)
        to_previous: Any,  # noqa: ANN401
        effect: int,
    ) -> None:
        """Add one line: what was read (see `bulk`), when it counts, its breadcrumbs and its packed effect."""
        (action, provider, receiver, resource, to_resource, kind, input_of, output_of, quantity, unit, effort,
         effort_unit, place_to, state, beginning, end, point) = told  # fmt: skip
        uid, iri, realizes, realizes_back, created, image, note = more
        at = self.moment
        created_text = self.created_text if created is None else at(created)
        moment_text = created_text if moment is None else at(moment)
        identifier = uuid7() if uid is None else uid
        self.rows.append((
            place, identifier.hex if uid is None and self.is_sqlite else str(identifier), iri, action, resource, to_resource,
            kind, self._quantity(quantity), unit if quantity is not None else "", self._quantity(effort),
            effort_unit if effort is not None else "", provider, receiver, input_of, output_of, realizes, realizes_back,
            at(beginning) if beginning is not None else None, at(end) if end is not None else None,
            moment_text if point is not None else None, created_text, place_to, state or "", image or "", note or "",
            previous, to_previous, effect, moment_text,
        ))  # fmt: skip

    def write(self) -> None:
        """Write the collected rows, and begin anew."""
        if self.is_sqlite:
            self._insert()
        else:
            self._copy()
        self.rows.clear()

    def _quantity(self, value: Decimal | None) -> str | None:
        if value is None:
            return None
        text = self.quantities.get(value)
        if text is None:
            text = self.quantities[value] = encoded(value) if self.is_sqlite else plain(value)
        return text

    def _insert(self) -> None:
        columns = ", ".join((*_VARYING, *_CONSTANT))
        places = ", ".join(["?"] * len(_VARYING))
        constants = "1, 1, '[]'"
        statement = f"INSERT INTO {EconomicEvent._meta.db_table} ({columns}) VALUES ({places}, {constants})"  # noqa: S608, SLF001
        with database_of(EconomicEvent).cursor() as cursor:
            # Django's wrapper would rewrite the places of every call; the driver's own cursor takes them as they are.
            cursor.cursor.connection.executemany(statement, self.rows)

    def _copy(self) -> None:
        columns = ", ".join((*_VARYING, *_CONSTANT))
        ending = "\t" + "\t".join(_CONSTANT.values()) + "\n"
        texts = {2, 22, 23, 24}
        statement = f"COPY {EconomicEvent._meta.db_table} ({columns}) FROM STDIN"  # noqa: SLF001
        with database_of(EconomicEvent).cursor() as cursor, cursor.copy(statement) as copy:
            for start in range(0, len(self.rows), 1000):
                copy.write(
                    "".join(
                        "\t".join(
                            "\\N" if value is None else value.translate(_ESCAPED) if number in texts else str(value)
                            for number, value in enumerate(row)
                        )
                        + ending
                        for row in self.rows[start : start + 1000]
                    )
                )


def _sqlite_moment(moment: datetime) -> str:
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    # The zone is cut off as text: making another moment without it costs more than all the rest.
    return moment.isoformat(" ")[:-6]


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
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL", [table])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, statement in indexes:
            cursor.execute(statement)
