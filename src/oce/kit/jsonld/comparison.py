"""What a document tells of a record, held against the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oce.kit.jsonld.descriptions import Ref
from oce.kit.properties import Kind, RecordProperty, property_of
from oce.kit.records import Record, read_uid

if TYPE_CHECKING:
    from collections.abc import Mapping


def differing(record: Record, values: Mapping[str, Any]) -> list[RecordProperty]:
    """Return the properties in which `values` (references as `Ref`) say something else than the record."""
    found = []
    for name, value in values.items():
        each = property_of(type(record), name)
        if each is not None and _plain(each, value) != _kept(each, record):
            found.append(each)
    return found


def canonical(identity: str) -> str:
    """Return one text for all spellings of an identity: the identifier of a local record, or a foreign address."""
    uid = read_uid(identity)
    return identity if uid is None else str(uid)


def identity_of(record: Record) -> str:
    """Return the canonical identity of a record."""
    return record.iri or str(record.uid)


def _plain(each: RecordProperty, value: Any) -> Any:
    if isinstance(value, Ref):
        return canonical(value.id)
    if each.kind is Kind.REFERENCES:
        return {canonical(ref.id) for ref in value or ()}
    if each.kind is Kind.TEXTS:
        return [text.strip() for text in value]
    return value.strip() if isinstance(value, str) else value


def _kept(each: RecordProperty, record: Record) -> Any:
    value = getattr(record, each.name)
    if each.kind is Kind.REFERENCES:
        return {identity_of(one) for one in value.all()}
    if isinstance(value, Record):
        return identity_of(value)
    return value.strip() if isinstance(value, str) else value
