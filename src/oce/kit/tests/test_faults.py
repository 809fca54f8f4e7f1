"""What a database's errors mean is told apart: busy, taken, ended for others, out of reach, or a fault of ours."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError

from oce.kit import faults
from oce.vf.refusals import Refusal, Refused


class FromPostgres(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def from_sqlite(provoke):
    """Return the error that SQLite itself raises."""
    with pytest.raises(sqlite3.Error) as raised:
        provoke()
    return raised.value


def wrapped(kind, cause):
    try:
        raise kind(str(cause)) from cause
    except DatabaseError as error:
        return error


@pytest.fixture
def locked(tmp_path):
    """The error of SQLite when another connection writes for too long."""
    first, second = (sqlite3.connect(tmp_path / "file", timeout=0, isolation_level=None) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    yield from_sqlite(lambda: second.execute("BEGIN IMMEDIATE"))
    first.close()
    second.close()


def test_a_busy_sqlite_is_told_from_a_fault_in_a_statement(locked):
    memory = sqlite3.connect(":memory:")
    unknown = from_sqlite(lambda: memory.execute("SELECT * FROM absent"))
    memory.close()
    assert faults.is_busy(wrapped(OperationalError, locked))
    assert not faults.is_busy(wrapped(OperationalError, unknown))
    assert not faults.is_unreachable(wrapped(OperationalError, unknown))
    assert faults.lacks_table(wrapped(OperationalError, unknown))
    assert not faults.lacks_table(wrapped(OperationalError, locked))


def test_a_file_that_is_no_database_is_out_of_reach(tmp_path):
    (tmp_path / "file").write_text("this is no database, however long one looks at it" * 100, encoding="utf-8")
    file = sqlite3.connect(tmp_path / "file")
    no_database = from_sqlite(lambda: file.execute("SELECT * FROM sqlite_master"))
    file.close()
    assert faults.is_unreachable(wrapped(DatabaseError, no_database))


@pytest.mark.parametrize(("state", "is_busy"), [("55P03", True), ("40P01", True), ("42P01", False), ("57P01", False)])
def test_a_busy_postgresql_is_known_by_its_code(state, is_busy):
    error = wrapped(OperationalError, FromPostgres(state))
    assert faults.is_busy(error) is is_busy
    assert (faults.refused_by(error) is not None) is is_busy


@pytest.mark.parametrize("kind", [ProgrammingError, IntegrityError])
def test_a_fault_of_ours_does_not_mean_that_the_database_is_out_of_reach(kind):
    assert not faults.is_unreachable(wrapped(kind, FromPostgres("42P01")))
    assert faults.is_unreachable(wrapped(OperationalError, FromPostgres(None)))


def test_what_is_taken_is_told_from_what_is_missing():
    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE TABLE t (one UNIQUE, other NOT NULL)")
    memory.execute("INSERT INTO t VALUES (1, 1)")
    taken = from_sqlite(lambda: memory.execute("INSERT INTO t VALUES (1, 1)"))
    missing = from_sqlite(lambda: memory.execute("INSERT INTO t VALUES (2, NULL)"))
    memory.close()
    assert faults.is_taken(wrapped(IntegrityError, taken))
    assert not faults.is_taken(wrapped(IntegrityError, missing))
    assert faults.is_taken(wrapped(IntegrityError, FromPostgres("23505")))


def test_a_refusal_stands_for_itself_and_other_faults_for_none():
    refused = Refused(Refusal("test.never", "Never."))
    assert faults.refused_by(refused) is refused
    assert faults.refused_by(ValueError()) is None
