"""A record as a JSON-LD document, made from its declaration."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from oce.kit.actor import is_seen_by, onlooker
from oce.kit.jsonld import context
from oce.kit.jsonld.classes import implied_names
from oce.kit.jsonld.negotiation import media_type
from oce.kit.properties import Kind, properties_of
from oce.vf.decimals import plain
from oce.vf.measures import Measure
from oce.vf.namespaces import OM2
from oce.vf.units import units

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from oce.kit.properties import RecordProperty
    from oce.kit.records import Record

JsonObject = dict[str, Any]


def document_of(record: Record) -> JsonObject:
    """Return the whole document of one record: the address of the context, then what is known."""
    return {"@context": context.address(), **body_of(record)}


def body_of(record: Record) -> JsonObject:
    """Return the document of a record without its context; of one known by its address only, no more than that."""
    body: JsonObject = {"@id": record.address, "@type": record.vf_type}
    if not record.is_described:
        return body
    skipped = implied_names(type(record))
    for each in properties_of(type(record)):
        if each.name not in skipped:
            value = written(each, value_of(each, record))
            if value is not None:
                body[context.key_of(each)] = value
    return body


def value_of(each: RecordProperty, record: Record) -> Any:
    """Return what a record has for a property; an empty reference is seen by its key, without asking what it leads to."""
    if each.kind is not Kind.REFERENCE:
        return getattr(record, each.name)
    if getattr(record, f"{each.name}_id") is None:
        return None
    # What it leads to is not told to those who may not see it.
    return shown_only(getattr(record, each.name))


def shown_only(record: Record) -> Record | None:
    """Return a record to those who may see it, and nothing to others."""
    return record if is_seen_by(onlooker(), record) else None


def record_response(request: HttpRequest, record: Record) -> HttpResponse:
    """Answer a request for one record with its document."""
    return response(request, document_of(record))


def response(request: HttpRequest, document: JsonObject) -> HttpResponse:
    """Return `document` as an answer to `request`.

    Pages and documents share addresses, so caches must look at `Accept`.
    """
    answer = HttpResponse(as_text(document), content_type=f"{media_type(request)}; charset=utf-8")
    patch_vary_headers(answer, ["Accept"])
    return answer


def with_references(records: QuerySet[Record]) -> QuerySet[Record]:
    """Return the records so that making their documents costs a fixed number of queries."""
    lists = [each.name for each in properties_of(records.model) if each.kind is Kind.REFERENCES]
    return records.prefetch_related(*lists)


def as_text(document: Any) -> str:
    """Return the JSON text of a document, readable and always the same."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def written(each: RecordProperty, value: Any) -> Any:
    """Return the value of a property as JSON; None where there is nothing to say."""
    write = _WRITERS.get(each.kind)
    if each.kind is Kind.REFERENCES:
        return sorted(one.address for one in value.all() if shown_only(one)) or None
    # What no value stands for is not said: no text, no entries, and false where false is what nobody says.
    if value in (None, "", [], each.unsaid) or (value is False and each.empty is False):
        return None
    return value if write is None else write(value)


def number(value: Decimal) -> Any:
    """Return a number that no reader of JSON can round.

    A plain one where a double holds all its digits, else a typed decimal.
    """
    if value == value.to_integral_value() and abs(value) < _DOUBLE_INTEGER_MAX:
        return int(value)
    # The only float of the house: written, never computed with, and only where its text is the number itself.
    double = float(value)
    if Decimal(repr(double)) == value:
        return double
    return {"@type": f"{context.XSD}decimal", "@value": plain(value)}


def moment(value: datetime) -> str:
    """Return a moment as text in UTC, with microseconds only where there are any."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def measure(value: Measure) -> JsonObject:
    """Return a number of something as the vocabulary writes it."""
    return {"hasNumericalValue": number(value.value), "hasUnit": unit(value.unit)}


def unit(identifier: str) -> str:
    """Return a unit as the context reads it: a bare name of OM2, or the full address of one of our own."""
    return identifier if identifier in units() else context.OWN_UNIT + quote(identifier)


_DOUBLE_INTEGER_MAX = 2**53
_WRITERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: number,
    Kind.MOMENT: moment,
    Kind.MEASURE: measure,
    Kind.UNIT: lambda identifier: f"{OM2}{identifier}" if identifier in units() else unit(identifier),
    Kind.REFERENCE: lambda record: record.address,
}
