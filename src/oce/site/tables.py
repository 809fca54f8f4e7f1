"""Whether the tables of the house are there, and those of this version."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from oce.vf.refusals import Refusal, gettext_noop

NO_TABLES = gettext_noop("This house has no tables yet. Run “oce migrate”.")
OLD_TABLES = gettext_noop("The tables of this house are of an older version. Make a backup, then run “oce migrate”.")


def refuse_unready() -> list[Refusal]:
    """Whoever reads or writes records needs the tables of this version."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return []
    if executor.loader.applied_migrations:
        return [Refusal("site.old_tables", OLD_TABLES)]
    return [Refusal("site.no_tables", NO_TABLES)]
