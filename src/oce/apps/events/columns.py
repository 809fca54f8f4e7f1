"""A table of events as it comes from a file, read into columns of plain values before its rows happen."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from oce.apps.events import references
from oce.apps.events.identifiers import refuse_malformed
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.kit.measures import known_unit
from oce.kit.records import read_uid
from oce.kit.values import read_values
from oce.vf.actions import action
from oce.vf.decimals import DIGITS_BEFORE_POINT_MAX, PLACES_MAX, exact
from oce.vf.moments import moment
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if
from oce.vf.terms import camel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

MOMENTS = ("has_beginning", "has_end", "has_point_in_time", "created")
QUANTITIES = ("resource_quantity_value", "effort_quantity_value")
UNITS = ("resource_quantity_unit", "effort_quantity_unit")
TEXTS = ("state", "note", "image", "visibility", "iri", "uid")
KNOWN = frozenset({"action", *references.REFERENCES, *MOMENTS, *QUANTITIES, *UNITS, *TEXTS})
# A fault in one of these says nothing about the shape of the event.
SHAPELESS = frozenset({*MOMENTS, *TEXTS})


class Columns(NamedTuple):
    """The values of a table by property, row for row; None where a row says nothing; and what is wrong, by row.

    Attributes:
        shapeless: the rows of which something that decides on their shape could not be read.
    """

    count: int  # type: ignore[assignment] # a table's rows, not the tuple's method
    values: dict[str, list[Any]]
    faults: dict[int, list[Refusal]]
    shapeless: set[int]

    def of(self, name: str) -> list[Any]:
        """Return one column; of one that the table does not have, as many times nothing."""
        return self.values.get(name) or [None] * self.count


def read(table: pa.Table, zone: tzinfo) -> Columns:
    """Return the columns of `table`: references as private keys, numbers as Decimals, moments with their zone.

    Each distinct text is read once, however many rows carry it.

    Raises:
        Refused: `events.unknown_column` for a column that no event has.
    """
    unknown = sorted(set(table.column_names) - KNOWN)
    if unknown:
        raise Refused([_refuse_column(name) for name in unknown])
    faults: dict[int, list[Refusal]] = {}
    unread: dict[int, list[Refusal]] = {}
    values: dict[str, list[Any]] = {}
    encoded, unknown_references = references.encode(table)
    for name, column in encoded.items():
        rows = column.rows.to_pylist()
        values[name] = [None if number is None else column.keys[number] for number in rows]
        missing = {number for number, key in enumerate(column.keys) if key is None}
        if missing:
            for row, number in enumerate(rows):
                if number in missing:
                    refusal = references.refusals_of_row(name, column.texts[number], unknown_references)
                    unread.setdefault(row, []).append(refusal)
    readers: dict[str, Callable[[str], Any]] = {
        "action": lambda text: action(text).name,
        **dict.fromkeys(UNITS, lambda text: known_unit(text).identifier),
        **dict.fromkeys(QUANTITIES, exact),
        **dict.fromkeys(MOMENTS, lambda text: _moment(text, zone)),
        **{name: partial(_text, name) for name in ("state", "note", "image", "visibility")},
        "uid": _uid,
        "iri": _iri,
    }
    for name in table.column_names:
        if name not in encoded:
            values[name] = _read(table[name], name, readers.get(name, str), faults if name in SHAPELESS else unread)
    for row, refusals in unread.items():
        faults[row] = [*refusals, *faults.get(row, ())]
    return Columns(table.num_rows, values, faults, set(unread))


def stages(process_keys: set[int]) -> dict[int, tuple[int | None, int]]:
    """Return the kind of each of these processes, and how many things were combined in it."""
    found: dict[int, tuple[int | None, int]] = {}
    wanted = sorted(process_keys)
    for start in range(0, len(wanted), references.BATCH):
        rows = Process.objects.filter(pk__in=wanted[start : start + references.BATCH])
        found.update(
            {key: (based_on, combines) for key, based_on, combines in rows.values_list("id", "based_on_id", "combines")}
        )
    return found


def _read(
    column: pa.ChunkedArray, name: str, reader: Callable[[str], Any], faults: dict[int, list[Refusal]]
) -> list[Any]:
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        moments: list[datetime | None] = column.to_pylist()
        return moments
    if pa.types.is_decimal(column.type) and _is_within(column.type):
        numbers: list[Decimal | None] = column.to_pylist()
        return numbers
    dictionary = references.trimmed(column)
    read: list[Any] = []
    wrong: dict[int, list[Refusal]] = {}
    for number, text in enumerate(dictionary.dictionary.to_pylist()):
        try:
            read.append(reader(text))
        except Refused as refused:
            read.append(None)
            field = camel(name.removesuffix("_value").removesuffix("_unit"))
            wrong[number] = [refusal if refusal.field else refusal.at(field) for refusal in refused.refusals]
    rows = dictionary.indices.to_pylist()
    if wrong:
        for row, number in enumerate(rows):
            if number in wrong:
                faults.setdefault(row, []).extend(wrong[number])
    return [None if number is None else read[number] for number in rows]


def _is_within(numbers: pa.DataType) -> bool:
    digits: int = numbers.precision - numbers.scale
    return digits <= DIGITS_BEFORE_POINT_MAX and 0 <= numbers.scale <= PLACES_MAX


def _moment(text: str, zone: tzinfo) -> datetime:
    """Return the moment in `text`; the strict form of ISO 8601 is read by C, which matters for a million rows."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return moment(text, zone)
    return read if read.tzinfo is not None else moment(text, zone)


def _uid(text: str) -> str:
    uid = read_uid(text)
    if uid is None:
        unreadable = gettext_noop("“{text}” is not an identifier. Leave it out, or give a UUID.")
        raise Refused(Refusal("events.not_an_identifier", unreadable, "id", text=text[:200]))
    return str(uid)


def _iri(text: str) -> str:
    refuse_if(refuse_malformed(text))
    return text


def _text(name: str, text: str) -> str:
    """Return a text as it is read wherever events are told."""
    read, refusals = read_values(EconomicEvent, {name: text}, is_new=False)
    refuse_if(refusals)
    told: str = read.get(name, "")
    return told


def _refuse_column(name: str) -> Refusal:
    return Refusal(
        "events.unknown_column",
        gettext_noop("Events have no column {name}. Match it to one of: {known}, or leave it out."),
        name,
        name=name,
        known=", ".join(sorted(KNOWN)),
    )
