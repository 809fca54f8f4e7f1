"""The fields of a record's type, made from its declaration."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import strawberry

from oce.kit.graphql.fields import asked_field, many, optional, read_field
from oce.kit.graphql.inverses import Inverse, list_of
from oce.kit.graphql.references import reference_reader
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.scalars import URI
from oce.kit.graphql.vocabulary import ActionType, MeasureType, UnitType, read_action, read_unit
from oce.kit.properties import Kind, RecordProperty, properties_of
from oce.vf import terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from strawberry.types.field import StrawberryField

    from oce.kit.records import Record

_SCALARS: dict[Kind, Any] = {
    Kind.TRUTH: bool,
    Kind.NUMBER: Decimal,
    Kind.COUNT: int,
    Kind.MOMENT: datetime,
    Kind.MEASURE: MeasureType,
}


def identity_fields() -> list[StrawberryField]:
    """Return what the type of every record begins with."""
    return [
        read_field(
            "id", strawberry.ID, public_id, "The identifier of the record; the address of one that was born elsewhere."
        ),
        read_field(
            "revisionId",
            strawberry.ID,
            attrgetter("revision_id"),
            "The identifier of this version, new at each change.",
        ),
        read_field("address", URI, attrgetter("address"), "Where the record is found, as a page or as JSON-LD."),
    ]


def public_id(record: Record) -> str:
    """Return the identity of a record that others may keep."""
    return record.iri or str(record.uid)


def property_fields(model: type[Record]) -> list[StrawberryField]:
    """Return a field for each property of the declaration."""
    return [_field(model, each) for each in properties_of(model)]


def is_address(each: RecordProperty) -> bool:
    """Return whether the vocabulary says that the text of a property is an address."""
    return each.kind is Kind.URI or (
        each.term in terms.PROPERTIES and "xsd:anyURI" in terms.PROPERTIES[each.term].range
    )


def text_type(each: RecordProperty) -> Any:
    """Return the scalar of a property that is text."""
    return URI if is_address(each) else str


def _field(model: type[Record], each: RecordProperty) -> StrawberryField:  # noqa: PLR0911 (one answer a kind)
    read: Callable[[Any], Any] = attrgetter(each.name)
    if each.kind is Kind.REFERENCES:
        assert each.target is not None  # noqa: S101 (a reference property always has a target)
        field: Any = model._meta.get_field(each.name)  # noqa: SLF001 (Django's documented model API)
        towards = Inverse(each.target, (field.remote_field.name,))
        return asked_field(each.term, many(type_of(each.target)), list_of(towards), each.gloss)
    if each.kind is Kind.REFERENCE:
        target = type_of(each.target) if each.target else str
        # Never sure, also where every record has it: one that may not be seen must not take the whole list with it.
        return read_field(each.term, optional(target), reference_reader(model, each.name), each.gloss)
    if each.kind is Kind.ACTION:
        return read_field(each.term, optional(ActionType), lambda record: read_action(read(record)), each.gloss)
    if each.kind is Kind.UNIT:
        return read_field(each.term, optional(UnitType), lambda record: read_unit(read(record)), each.gloss)
    if each.kind is Kind.TEXTS:
        return read_field(each.term, many(URI), read, each.gloss)
    if each.kind in _SCALARS:
        of_type = _SCALARS[each.kind]
        is_sure = each.kind is Kind.TRUTH and each.empty is not None
        return read_field(each.term, of_type if is_sure else optional(of_type), read, each.gloss)
    return read_field(each.term, optional(text_type(each)), lambda record: read(record) or None, each.gloss)
