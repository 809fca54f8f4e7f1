"""Locks that have a name and last until the transaction ends: one alone, or many together.

They guard what no row stands for. On SQLite a writer is alone anyway (see `transaction_mode` in the settings), so there
they do nothing.
"""

from __future__ import annotations

import hashlib

from django.db import connection

from oce.kit import statements


def alone(name: str) -> None:
    """Wait until nobody holds the lock `name`, then hold it alone until the transaction ends."""
    _lock("pg_advisory_xact_lock", name)


def shared(name: str) -> None:
    """Wait until nobody holds the lock `name` alone, then hold it together with others until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared", name)


def has_company() -> bool:
    """Return whether other wishes may be granted at the same time as this one."""
    return connection.vendor == "postgresql"


def key_of(name: str) -> int:
    """Return the number by which PostgreSQL knows the lock: the same in every process and version."""
    return int.from_bytes(hashlib.sha256(f"oce.{name}".encode()).digest()[:8], "big", signed=True)


def _lock(function: str, name: str) -> None:
    if has_company():
        statements.write(connection, f"SELECT {function}(%s)", [key_of(name)])
