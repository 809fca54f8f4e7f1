"""The database sequence from which places in the ledger are taken; SQLite counts by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_sequence(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the sequence on PostgreSQL."""
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE SEQUENCE events_ledger_place OWNED BY events_economicevent.id")


def drop_sequence(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Remove it again."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP SEQUENCE events_ledger_place")


class Migration(migrations.Migration):
    """Give the ledger its places."""

    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(make_sequence, drop_sequence)]
