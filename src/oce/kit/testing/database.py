"""The pytest plugin that chooses the database before Django's settings are read.

`OCE_TEST_DATABASE=postgres` runs the tests on a private PostgreSQL server; otherwise they run on SQLite. Either way
they keep their files in a folder of their own, never in the home of the person who runs them.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from oce.kit.testing import postgres

# Closed when the process ends and not by a hook of pytest, which never comes when a setting stops pytest early.
UNTIL_THE_END = ExitStack()
atexit.register(UNTIL_THE_END.close)

KNOWN = ("sqlite", "postgres")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Set the environment before pytest-django reads the settings; workers of xdist inherit it, but for the home folder."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        # The database that the tests run on: sqlite or postgres.
        prepare(os.environ.get("OCE_TEST_DATABASE", "sqlite"))
    else:
        # Each has files of its own: the clock of one must not clear away what another has just put aside.
        os.environ["OCE_HOME"] = UNTIL_THE_END.enter_context(tempfile.TemporaryDirectory(prefix="oce-tests-"))
    return (yield)


def prepare(wanted: str) -> None:
    """Point the house at an empty home folder and at the wanted database."""
    if wanted not in KNOWN:
        raise pytest.UsageError(f"OCE_TEST_DATABASE is {wanted!r}; it may be one of: {', '.join(KNOWN)}.")
    home = UNTIL_THE_END.enter_context(tempfile.TemporaryDirectory(prefix="oce-tests-"))
    os.environ["OCE_HOME"] = home
    os.environ["OCE_DATABASE"] = str(Path(home) / "oce.sqlite3")
    if wanted == "postgres":
        os.environ["OCE_DATABASE"] = UNTIL_THE_END.enter_context(postgres.server(durable=False))
