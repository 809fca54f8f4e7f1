"""Writes rows by statements that are compiled once: what the ORM does, without building the SQL anew for every row.

Recording one event is a handful of statements; composing them through the ORM costs several times what the database
needs. Values are converted as the fields of the ORM do it, so that what is stored does not depend on the way it came.
"""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from django.db import connections, models, router

from oce.kit import statements
from oce.kit.drivers import Driver, driver_of
from oce.kit.quantities import QuantityField
from oce.kit.statements import Question, ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]


def database_of(model: type[models.Model]) -> BaseDatabaseWrapper:
    """Return the connection that `model` is written through."""
    return connections[_alias(model)]


@cache
def _alias(model: type[models.Model]) -> str:
    return router.db_for_write(model)


@cache
def _fields(model: type[models.Model], names: tuple[str, ...]) -> tuple[models.Field[Any, Any], ...]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 (documented by Django)
    return tuple(by_name[name] for name in names)


@cache
def _insert_statement(model: type[models.Model], names: tuple[str, ...], _vendor: str) -> tuple[str, str]:
    """Return how the statement begins, and the places of one row with which it goes on."""
    quoted = database_of(model).ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in _fields(model, names))
    places = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ", f"({places})"  # noqa: S608, SLF001 (our own names)


def _stored(model: type[models.Model], names: tuple[str, ...], rows: Iterable[Row], vendor: str) -> list[Row]:
    """Return the rows as the database driver takes them, as the model's own fields would convert them."""
    converters = _converters(model, names, vendor)
    return [
        tuple(
            [
                value if value is None or convert is None else convert(value)
                for convert, value in zip(converters, row, strict=True)
            ]
        )
        for row in rows
    ]


@cache
def _converters(
    model: type[models.Model], names: tuple[str, ...], vendor: str
) -> tuple[Callable[[Any], Any] | None, ...]:
    """Return what makes a value of each column what the driver takes; None where it takes it as it is."""
    return tuple(_converter(model, field, driver_of(vendor)) for field in _fields(model, names))


def _converter(model: type[models.Model], field: models.Field[Any, Any], driver: Driver) -> Callable[[Any], Any] | None:
    own = field
    while isinstance(own, models.ForeignKey):
        own = own.target_field
    for field_class, convert in (
        (models.UUIDField, driver.uid_in),
        (models.DateTimeField, driver.moment_in),
        (QuantityField, driver.quantity_in),
    ):
        if isinstance(own, field_class):
            return convert
    if isinstance(own, models.IntegerField | models.CharField | models.TextField | models.BooleanField):
        return None
    if isinstance(own, models.JSONField):
        return partial(json.dumps, cls=own.encoder)
    return lambda value: field.get_db_prep_save(value, connection=database_of(model))


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Write `rows` whose values stand in the order of `names` (attribute names such as `provider_id`)."""
    names = tuple(names)
    database = database_of(model)
    beginning, places = _insert_statement(model, names, database.vendor)
    values = _stored(model, names, rows, database.vendor)
    if database.vendor == "postgresql":
        statements.write_rows(database, beginning, places, values)
    else:
        execute_for_each(database, beginning + places, values)


def insert_record(record: models.Model) -> None:
    """Write a new record, which gets the private key that the database gives it."""
    model = type(record)
    names, key = _columns(model)
    database = database_of(model)
    beginning, places = _insert_statement(model, names, database.vendor)
    [row] = _stored(model, names, [tuple([getattr(record, name) for name in names])], database.vendor)
    written = Question(f"{beginning}{places} RETURNING {key}", row, lambda rows: rows[0][0])
    ask(database, written)
    record.pk = written.answer
    record._state.adding, record._state.db = False, database.alias  # noqa: SLF001 (as the ORM says it of what it wrote)


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, ...], str]:
    """Return the columns that a new record is written with, and the one that the database gives."""
    fields = model._meta.concrete_fields  # noqa: SLF001 (documented by Django)
    names = tuple(field.attname for field in fields if not field.primary_key)
    return names, str(model._meta.pk.column)  # noqa: SLF001


def execute_for_each(database: BaseDatabaseWrapper, statement: str, rows: Sequence[Row]) -> None:
    """Run `statement` once for every row of values: now, or together with the next statement of the transaction."""
    if database.vendor == "sqlite" and len(rows) > 1:
        with database.cursor() as cursor:
            cursor.executemany(statement, rows)
        return
    for row in rows:
        statements.write(database, statement, row)
