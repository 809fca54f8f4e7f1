"""Records as tables: one a class, a column a property, a measure as two columns; references as addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oce.kit.actor import onlooker, seen_by
from oce.kit.jsonld.classes import implied_names
from oce.kit.properties import Kind, RecordProperty, properties_of
from oce.kit.records import local_address

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from oce.kit.records import Record

VALUE, UNIT = "Value", "Unit"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, what it holds, the database columns it comes from and how they are joined."""

    heading: str
    kind: Kind
    sources: tuple[str, ...]
    join: Callable[..., Any]
    target: type[Record] | None = None


def columns_of(model: type[Record]) -> list[Column]:
    """Return the columns of a class: the address, the class of the record, then its properties."""
    columns = [Column("id", Kind.URI, ("uid", "iri"), _address(model))]
    implied = sorted(implied_names(model))
    if implied:
        columns.append(Column("type", Kind.TEXT, (implied[0],), _same))
    else:
        columns.append(Column("type", Kind.TEXT, ("pk",), lambda _: model.vf_class))
    for each in properties_of(model):
        if each.name not in implied:
            columns += _columns(each)
    return columns


def rows(columns: list[Column], records: QuerySet[Record]) -> Iterator[list[Any]]:
    """Yield the rows of the table, read without making records of them."""
    sources = [source for column in columns for source in column.sources]
    spans: list[tuple[Callable[..., Any], int, int]] = []
    for column in columns:
        start = spans[-1][2] if spans else 0
        spans.append((column.join, start, start + len(column.sources)))
    lists = _lists(columns, records)
    hidden = _hidden(columns, records)
    for row in records.values_list("pk", *sources):
        values = row[1:]
        yield [
            lists[number].get(row[0], [])
            if number in lists
            else None
            if number in hidden and values[start] in hidden[number]
            else join(*values[start:stop])
            for number, (join, start, stop) in enumerate(spans)
        ]


def _hidden(columns: list[Column], records: QuerySet[Record]) -> dict[int, set[Any]]:
    """Return, by column, the identifiers that the one who looks may not see: a statement a column, none for the operator."""
    looking = onlooker()
    if looking.sees_everything:
        return {}
    hidden: dict[int, set[Any]] = {}
    for number, column in enumerate(columns):
        if column.target is not None and column.kind is Kind.REFERENCE:
            referred = column.target.every().filter(uid__in=records.order_by().values(column.sources[0]))
            hidden[number] = set(referred.values_list("uid", flat=True)) - set(
                seen_by(looking, referred).values_list("uid", flat=True)
            )
    return hidden


def _columns(each: RecordProperty) -> list[Column]:
    if each.kind is Kind.MEASURE:
        return [
            Column(each.term + VALUE, Kind.NUMBER, (f"{each.name}_value",), _same),
            Column(each.term + UNIT, Kind.UNIT, (f"{each.name}_unit",), _or_none),
        ]
    if each.kind is Kind.REFERENCES:
        return [Column(each.term, each.kind, (), list)]
    if each.kind is Kind.REFERENCE and each.target is not None:
        sources = (f"{each.name}__uid", f"{each.name}__iri")
        return [Column(each.term, each.kind, sources, _address(each.target), each.target)]
    return [Column(each.term, each.kind, (each.name,), _same if each.kind in _EXACT else _or_none)]


def _lists(columns: list[Column], records: QuerySet[Record]) -> dict[int, dict[int, list[str]]]:
    """Return the lists of references by column and record: one statement a column."""
    model = records.model
    by_term = {each.term: each for each in properties_of(model) if each.kind is Kind.REFERENCES}
    found: dict[int, dict[int, list[str]]] = {}
    for number, column in enumerate(columns):
        each = by_term.get(column.heading) if column.kind is Kind.REFERENCES else None
        if each is None or each.target is None:
            continue
        address = _address(each.target)
        linked = records.filter(**{f"{each.name}__isnull": False})
        if not onlooker().sees_everything:
            linked = records.filter(**{f"{each.name}__in": seen_by(onlooker(), each.target.every())})
        by_record = found.setdefault(number, {})
        for key, uid, iri in linked.values_list("pk", f"{each.name}__uid", f"{each.name}__iri"):
            by_record.setdefault(key, []).append(str(address(uid, iri)))
        for addresses in by_record.values():
            addresses.sort()
    return found


def _address(model: type[Record]) -> Callable[..., str | None]:
    kind = model.kind()

    def address(uid: Any, iri: str | None) -> str | None:
        return iri or (None if uid is None else local_address(kind, uid))

    return address


def _same(value: Any) -> Any:
    return value


def _or_none(value: Any) -> Any:
    return value or None


_EXACT = {Kind.TRUTH, Kind.NUMBER, Kind.COUNT, Kind.MOMENT}
