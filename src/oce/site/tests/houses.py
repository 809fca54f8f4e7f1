"""Houses of their own for tests of the command line: a home folder, a database, and real programs run in them."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

SECONDS_MAX = 180
IS_POSTGRES = os.environ.get("OCE_TEST_DATABASE") == "postgres"
OCE = (sys.executable, "-m", "oce")


@dataclass(frozen=True, slots=True)
class House:
    """One home folder with one database, and `oce` in it."""

    home: Path
    database: str

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of programs of this house."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("OCE_")}
        return {**ours, "OCE_HOME": str(self.home), "OCE_DATABASE": self.database, **more}

    def oce(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a verb to its end."""
        return subprocess.run(
            [*OCE, *map(str, arguments)],
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=SECONDS_MAX,
            check=False,
        )

    def said(self, *arguments: str | Path) -> str:
        """Return what a verb that must succeed writes."""
        done = self.oce(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *arguments: str | Path) -> str:
        """Return the sentences of a verb that must be refused."""
        done = self.oce(*arguments)
        assert (done.returncode, done.stdout) == (1, ""), done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def went_back(self, app: str, migration: str) -> None:
        """Bring the tables of one app back to those of an older version."""
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity=0", app, migration],
            env=self.environment(DJANGO_SETTINGS_MODULE="oce.site.settings"),
            timeout=SECONDS_MAX,
            check=True,
        )

    def asked(self, statement: str) -> list[tuple[Any, ...]]:
        """Return the rows that answer a statement, which may also write."""
        if IS_POSTGRES:
            with psycopg.connect(self.database, autocommit=True) as connection:
                cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.database)) as file, file:
            return file.execute(statement).fetchall()

    def count(self, table: str = "events_economicevent") -> int:
        """Return how many rows a table has."""
        number: int = self.asked(f"SELECT count(*) FROM {table}")[0][0]
        return number

    def rows(self) -> dict[str, list[str]]:
        """Return every row of every table, in an order that does not depend on how it came there."""
        names = (
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            if IS_POSTGRES
            else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        return {name: sorted(map(repr, self.asked(f'SELECT * FROM "{name}"'))) for (name,) in self.asked(names)}

    def copied(self, home: Path) -> House:
        """Return a house of the same records."""
        return House(home, _postgres(self.database) if IS_POSTGRES else _copy(self.database, home))

    def demolish(self) -> None:
        """Remove its database."""
        if IS_POSTGRES:
            with psycopg.connect(os.environ["OCE_DATABASE"], autocommit=True) as server:
                server.execute(f'DROP DATABASE "{urlsplit(self.database).path[1:]}" WITH (FORCE)')


def empty(home: Path) -> House:
    """Return a house with an empty database."""
    return House(home, _postgres() if IS_POSTGRES else str(home / "oce.sqlite3"))


def shared(folders: pytest.TempPathFactory, name: str, *arguments: str) -> House:
    """Return a house after one verb, made by whichever process of this run asks first; nobody changes it.

    What the verb wrote stands in its file `said`. On PostgreSQL it goes with the private server of the run.
    """
    base = folders.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    home.mkdir(exist_ok=True)
    done = home / "database"
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            house = empty(home)
            (home / "said").write_text(house.said(*arguments), encoding="utf-8")
            done.write_text(house.database, encoding="utf-8")
    return House(home, done.read_text("utf-8"))


@contextmanager
def demolished(house: House) -> Iterator[House]:
    """Remove the house's database at the end."""
    try:
        yield house
    finally:
        house.demolish()


def _copy(database: str, home: Path) -> str:
    return shutil.copy(database, str(home / "oce.sqlite3"))


def _postgres(template: str | None = None) -> str:
    server = os.environ["OCE_DATABASE"]
    name = f"house_{uuid4().hex}"
    model = urlsplit(template).path[1:] if template else "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
