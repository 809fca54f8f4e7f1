"""The column that holds an event's place in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    # Django's fields take type arguments in its stubs only.
    _BigIntegerField = models.BigIntegerField[int, int]
else:
    _BigIntegerField = models.BigIntegerField


class PlaceField(_BigIntegerField):
    """A place in the ledger: on SQLite the row's own number, so that the table needs no second index to be read in order."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return `bigint`, or `integer` on SQLite, which takes that for the row number."""
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the same type for references to a place."""
        return self.db_type(connection)
