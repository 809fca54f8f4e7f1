"""Writes rows by statements that are compiled once: what the ORM does, without building the SQL anew for every row.

Recording one event is a handful of statements; composing them through the ORM costs several times what the database
needs. Values go through the same field conversions as the ORM's, so that what is stored does not depend on the way it
came.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connections, router

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db import models
    from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]


def database_of(model: type[models.Model]) -> BaseDatabaseWrapper:
    """Return the connection that `model` is written through."""
    return connections[router.db_for_write(model)]


@cache
def _fields(model: type[models.Model], names: tuple[str, ...]) -> tuple[models.Field[Any, Any], ...]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 (documented by Django)
    return tuple(by_name[name] for name in names)


@cache
def _insert_statement(model: type[models.Model], names: tuple[str, ...], _vendor: str, *, returning: bool) -> str:
    quoted = database_of(model).ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in _fields(model, names))
    places = ", ".join(["%s"] * len(names))
    ending = f" RETURNING {quoted(str(model._meta.pk.column))}" if returning else ""  # noqa: SLF001
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places}){ending}"  # noqa: S608, SLF001 (our own names)


def stored(model: type[models.Model], names: tuple[str, ...], rows: Iterable[Row]) -> list[Row]:
    """Return the rows as the database driver takes them, converted by the model's own fields."""
    database = database_of(model)
    converters: list[Callable[..., Any]] = [field.get_db_prep_save for field in _fields(model, names)]
    return [
        tuple(
            None if value is None else convert(value, connection=database)
            for convert, value in zip(converters, row, strict=True)
        )
        for row in rows
    ]


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Write `rows` whose values stand in the order of `names` (attribute names such as `provider_id`)."""
    names = tuple(names)
    statement = _insert_statement(model, names, database_of(model).vendor, returning=False)
    with database_of(model).cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(statement, stored(model, names, rows)[0])
        else:
            cursor.executemany(statement, stored(model, names, rows))


def insert_returning(model: type[models.Model], names: Sequence[str], row: Row) -> int:
    """Write one row and return its private key."""
    names = tuple(names)
    statement = _insert_statement(model, names, database_of(model).vendor, returning=True)
    with database_of(model).cursor() as cursor:
        cursor.execute(statement, stored(model, names, [row])[0])
        key: int = cursor.fetchone()[0]
    return key
