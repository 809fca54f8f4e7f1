"""Asking whether a list that is stored as JSON holds one of some texts, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import JSONField, Lookup

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


@JSONField.register_lookup
class HoldsAny(Lookup):
    """`classified_as__holds_any=["bread", "cake"]`: the list has at least one of the texts."""

    lookup_name = "holds_any"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG002 (Django's signature)
        """Return a place for each text."""
        return ", ".join(["%s"] * len(value)), tuple(value)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Ask SQLite."""
        column, column_params = self.process_lhs(compiler, connection)
        places, texts = self.process_rhs(compiler, connection)
        return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value IN ({places}))", (*column_params, *texts)  # noqa: S608 (our own column)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Ask PostgreSQL, whose operator an index can serve."""
        column, column_params = self.process_lhs(compiler, connection)
        places, texts = self.process_rhs(compiler, connection)
        return f"{column} ?| ARRAY[{places}]::text[]", (*column_params, *texts)
