"""How the house is: the database, the disk, the work that waits, the ledger's files, the last backup, the version."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from oce.apps.events import snapshot
from oce.apps.node import rules
from oce.apps.node.models import Backup
from oce.kit import clock
from oce.kit.health import state_of_the_house
from oce.kit.outbox import TRIES_MAX, Job

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

JOBS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """All that the page about the house's health tells, as plain values.

    Attributes:
        house: what `/health` tells programs.
        database: which it is, and its version.
        database_bytes: how much it takes.
        disk_bytes: how large the disk of the home folder is.
        free_bytes: how much of it is free.
        lag: how many events are not in the ledger's files yet.
        version: the version of this software.
        last_backup: the last one that is there.
        last_test: the last that could be read back, and when that was tried.
        has_mail: whether a mail server is set.
    """

    house: dict[str, Any]
    database: str
    database_bytes: int
    disk_bytes: int
    free_bytes: int
    lag: int
    version: str
    last_backup: Backup | None
    last_test: Backup | None
    has_mail: bool

    @property
    def worries(self) -> tuple[str, ...]:
        """What to look at, the worst first: the names of rules."""
        return rules.worries(
            is_well=self.house["is_well"],
            given_up=self.house.get("jobs_given_up", 0),
            worker_was_heard=self.house.get("worker_silent_seconds") is not None,
            free_bytes=self.free_bytes,
            disk_bytes=self.disk_bytes,
            backup_days=_days_since(self.last_backup.done if self.last_backup else None),
            test_days=_days_since(self.last_test.tested if self.last_test else None),
        )


def wellbeing() -> Wellbeing:
    """Return how the house is now."""
    disk = shutil.disk_usage(settings.OCE_HOME)
    good = Backup.objects.exclude(done=None).filter(fault="")
    database, taken = _database()
    return Wellbeing(
        house=state_of_the_house(),
        database=database,
        database_bytes=taken,
        disk_bytes=disk.total,
        free_bytes=disk.free,
        lag=snapshot.lag(),
        version=version("oce"),
        last_backup=good.order_by("-done").first(),
        last_test=good.exclude(tested=None).filter(test_fault="").order_by("-tested").first(),
        has_mail=bool(settings.OCE_MAIL),
    )


def jobs_in_trouble() -> QuerySet[Job]:
    """Return the work that has failed and is not done, what was given up first."""
    return Job.objects.filter(done=None, tries__gt=0).exclude(fault="").order_by("-tries", "id")


def jobs_waiting() -> QuerySet[Job]:
    """Return the work that waits for its first try or its next one, in its order."""
    return Job.objects.filter(done=None, tries__lt=TRIES_MAX).order_by("due", "id")


def _database() -> tuple[str, int]:
    """Return which database it is, with its version, and how many bytes it takes."""
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        taken = sum(each.stat().st_size for each in place.parent.glob(f"{place.name}*") if each.is_file())
        return f"SQLite {sqlite3.sqlite_version}", taken
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        found, size = cursor.fetchone()
    return f"PostgreSQL {found}", int(size)


def _days_since(moment: datetime | None) -> int | None:
    return None if moment is None else max(0, (clock.now() - moment).days)
