"""A list as a table for spreadsheets (CSV): all properties by their terms, one record a line, streamed."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse

from oce.kit.pages.values import held
from oce.kit.properties import Kind, RecordProperty, properties_of
from oce.kit.records import Record
from oce.vf.decimals import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

ROWS_AT_ONCE = 1000
# Spreadsheets take a text that begins so for a formula, and would run it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.URI, Kind.TEXTS})


class _Line:
    """What the csv writer writes into: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def table_response(model: type[Record], records: QuerySet[Record]) -> StreamingHttpResponse:
    """Return the answer that lets a browser save the records as a table."""
    response = StreamingHttpResponse(_lines(model, records), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{model.kind()}.csv"'
    return response


def _lines(model: type[Record], records: QuerySet[Record]) -> Iterator[str]:
    properties = properties_of(model)
    writer: Any = csv.writer(_Line(), lineterminator="\n")
    yield writer.writerow(["id", *(heading for each in properties for heading in _headings(each))])
    lists = [each.name for each in properties if each.kind is Kind.REFERENCES]
    last = 0
    while True:
        # By key and not by offset: the hundredth thousand costs what the first does.
        found = list(records.filter(id__gt=last).order_by("id").prefetch_related(*lists)[:ROWS_AT_ONCE])
        for record in found:
            yield writer.writerow(
                [record.iri or str(record.uid), *(cell for each in properties for cell in _cells(record, each))]
            )
        if len(found) < ROWS_AT_ONCE:
            return
        last = found[-1].pk


def _headings(each: RecordProperty) -> tuple[str, ...]:
    return (each.term, f"{each.term}.hasUnit") if each.kind is Kind.MEASURE else (each.term,)


def _cells(record: Record, each: RecordProperty) -> tuple[str, ...]:
    value = held(record, each)
    if each.kind is Kind.MEASURE:
        return ("", "") if value is None else (plain(value.value), value.unit)
    if value is None:
        return ("",)
    if each.is_many:
        return (" | ".join(_text(each, one) for one in value),)
    return (_text(each, value),)


def _text(each: RecordProperty, value: Any) -> str:
    if isinstance(value, Record):
        return value.iri or str(value.uid)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    if each.kind is Kind.NUMBER:
        return plain(value)
    text = str(value)
    return f"'{text}" if each.kind in _WORDS and text.startswith(_FORMULA_STARTS) else text
