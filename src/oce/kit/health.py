"""Whether the house is well: its database, the tables of this version, the work that waits, and who does it."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from oce.kit import heartbeat
from oce.kit.outbox import TRIES_MAX, Job


def state_of_the_house() -> dict[str, Any]:
    """Return whether the database is reachable, how many migrations and how much work wait, and when the worker was heard."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as fault:
        return {"is_well": False, "database": "unreachable", "fault": type(fault).__name__}
    if waiting:
        return {"is_well": False, "database": "reachable", "migrations_waiting": len(waiting)}
    open_jobs = Job.objects.filter(done=None)
    silent = heartbeat.seconds_silent()
    return {
        "is_well": silent is None or silent <= heartbeat.SILENT_SECONDS_MAX,
        "database": "reachable",
        "migrations_waiting": 0,
        "jobs_waiting": open_jobs.filter(tries__lt=TRIES_MAX).count(),
        "jobs_given_up": open_jobs.filter(tries__gte=TRIES_MAX, leased=None).count(),
        "worker_silent_seconds": silent,
    }
