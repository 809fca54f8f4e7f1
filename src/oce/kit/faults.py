"""What the errors of a database mean, whichever database it is: that others were first, or that it cannot be reached."""

from __future__ import annotations

import sqlite3

from django.db import DatabaseError, IntegrityError, OperationalError

from oce.vf.refusals import Refusal, Refused, gettext_noop

BUSY = gettext_noop("Somebody is writing a great deal just now; nothing of yours was written. Try again in a minute.")
# How long a program had better wait before it tries again.
BUSY_SECONDS = 60

# PostgreSQL's words for "deadlock detected", "could not serialize access", "lock not available", "unique violation",
# "undefined table".
_ENDED = frozenset({"40P01", "40001"})
_LOCKED = "55P03"
_TAKEN = "23505"
_NO_TABLE = "42P01"
# The low byte of SQLite's codes says the kind of error; the plain error is a fault in a statement.
_KIND = 0xFF
_BUSY_KINDS = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def was_ended(error: DatabaseError) -> bool:
    """Return whether the database ended this transaction to let others go on."""
    return getattr(error.__cause__, "sqlstate", None) in _ENDED


def is_busy(error: DatabaseError) -> bool:
    """Return whether the database gave up waiting for others who write."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return _sqlite_kind(cause) in _BUSY_KINDS
    return was_ended(error) or getattr(cause, "sqlstate", None) == _LOCKED


def is_taken(error: IntegrityError) -> bool:
    """Return whether something that may occur once only was there already."""
    return str(error).startswith("UNIQUE constraint failed") or getattr(error.__cause__, "sqlstate", None) == _TAKEN


def is_unreachable(error: DatabaseError) -> bool:
    """Return whether the database itself is amiss, as opposed to what it was asked."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return _sqlite_kind(cause) not in {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, None}
    return isinstance(error, OperationalError)


def lacks_table(error: DatabaseError) -> bool:
    """Return whether the database was asked about a table that is not there."""
    return str(error).startswith("no such table") or getattr(error.__cause__, "sqlstate", None) == _NO_TABLE


def refused_by(fault: BaseException) -> Refused | None:
    """Return the refusal that a fault is or stands for, or None where it is neither."""
    if isinstance(fault, OperationalError) and is_busy(fault):
        return Refused(Refusal("kit.busy", BUSY))
    return fault if isinstance(fault, Refused) else None


def _sqlite_kind(cause: sqlite3.Error) -> int | None:
    code: int | None = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else code & _KIND
