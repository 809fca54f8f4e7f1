"""What points at a record: the first few of each relation, found by one statement however many relations there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.utils.text import capfirst
from django.utils.translation import gettext

from oce.kit.actor import Actor, seen_by
from oce.kit.pages.navigation import list_url
from oce.kit.properties import Kind, RecordProperty, properties_of
from oce.kit.records import Record, record_models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

SHOWN_MAX = 5
COUNTED_MAX = 100


@dataclass(frozen=True, slots=True)
class Relation:
    """The records of one class that point at a record by one property."""

    title: str
    hint: str
    records: tuple[Record, ...]
    count: int
    url: str

    @property
    def count_text(self) -> str:
        """How many there are, counted no further than anybody cares on this page."""
        return f"{COUNTED_MAX}+" if self.count > COUNTED_MAX else str(self.count)

    @property
    def has_more(self) -> bool:
        """Whether the list of all holds more than is shown here."""
        return self.count > len(self.records)


def relations_of(record: Record, actor: Actor) -> list[Relation]:
    """Return every relation in which something points at `record`, in the order of the apps."""
    pointing = list(_pointing_at(type(record)))
    if not pointing:
        return []
    keys = _keys([_pointers(record, actor, model, each) for model, each in pointing])
    wanted: dict[type[Record], set[int]] = {}
    for number, (model, _each) in enumerate(pointing):
        wanted.setdefault(model, set()).update(keys[number][:SHOWN_MAX])
    found = {model: model.every().in_bulk(sorted(ids)) for model, ids in wanted.items() if ids}
    return [
        _relation(record, model, each, tuple(found[model][key] for key in keys[number][:SHOWN_MAX]), len(keys[number]))
        for number, (model, each) in enumerate(pointing)
        if keys[number]
    ]


def _pointing_at(target: type[Record]) -> Iterator[tuple[type[Record], RecordProperty]]:
    for model in record_models():
        for each in properties_of(model):
            if each.target is target and _is_indexed(model, each):
                yield model, each


def _is_indexed(model: type[Record], each: RecordProperty) -> bool:
    """Return whether the database finds the pointing records without reading the whole table."""
    if each.kind is Kind.REFERENCES:
        return True
    keyed = {field.name for field in model._meta.fields if getattr(field, "db_index", False)}  # noqa: SLF001 (Django's documented model API)
    return each.name in keyed or any(each.name in index.fields[:1] for index in model._meta.indexes)  # noqa: SLF001


def _pointers(record: Record, actor: Actor, model: type[Record], each: RecordProperty) -> QuerySet[Record]:
    records = seen_by(actor, model.every()).filter(**{each.name: record.pk}).order_by("-id")
    return records[: COUNTED_MAX + 1]


def _keys(queries: list[QuerySet[Record]]) -> list[list[int]]:
    """Return the private keys that each query finds, by one statement.

    Django's own `union` refuses bounded parts on SQLite; as sub-queries they are plain SQL everywhere.
    """
    parts: list[str] = []
    values: list[Any] = []
    for number, query in enumerate(queries):
        sql, own = query.values_list("pk").query.sql_with_params()
        parts.append(f"SELECT {number} AS relation, found.* FROM ({sql}) AS found")  # noqa: S608 (our own compiled query)
        values.extend(own)
    keys: list[list[int]] = [[] for _ in queries]
    with connections[queries[0].db].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, key in cursor.fetchall():
            keys[number].append(key)
    return [sorted(found, reverse=True) for found in keys]


def _relation(
    record: Record, model: type[Record], each: RecordProperty, records: tuple[Record, ...], count: int
) -> Relation:
    plural = capfirst(str(model._meta.verbose_name_plural))  # noqa: SLF001 (Django's documented model API)
    title = f"{plural} · {each.label}"
    return Relation(title, gettext(each.gloss), records, count, f"{list_url(model)}?{each.term}={record.uid}")
