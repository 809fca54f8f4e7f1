"""Records under records of their own class: what lies above and below one, in one statement and safe from circles."""

from __future__ import annotations

from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from oce.kit.records import Record

T = TypeVar("T", bound=Record)


def above(record: T, parent: str) -> QuerySet[T]:
    """Return all records that `record` lies under by its reference `parent`, in order of birth."""
    return _reached(record, *_columns(parent))


def below(record: T, parent: str) -> QuerySet[T]:
    """Return all records that lie under `record` by their reference `parent`, in order of birth."""
    return _reached(record, *reversed(_columns(parent)))


def _columns(parent: str) -> tuple[str, str]:
    return connection.ops.quote_name("id"), connection.ops.quote_name(f"{parent}_id")


def _reached(record: T, start: str, end: str) -> QuerySet[T]:
    """Return what is reached from `record` by going from column `start` to column `end`, without itself."""
    model = type(record)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    # UNION, not UNION ALL: what was reached is not reached again, so that even a circle ends.
    statement = (
        f"WITH RECURSIVE reached(id) AS (SELECT {end} FROM {table} WHERE {start} = %s"  # noqa: S608 (our own names)
        f" UNION SELECT step.{end} FROM {table} step JOIN reached ON step.{start} = reached.id)"
        " SELECT id FROM reached WHERE id IS NOT NULL"
    )
    return model.every().filter(pk__in=RawSQL(statement, [record.pk])).exclude(pk=record.pk)  # noqa: S611 (see above)
