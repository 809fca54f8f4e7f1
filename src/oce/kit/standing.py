"""Reading a database that others write to, as of one moment."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def standing_still() -> Iterator[None]:
    """Let everything that is read inside the block be as of its beginning, without holding up those who write.

    Inside a transaction that is running already nothing changes: what it sees is its own affair. Nor does it inside
    another such block.
    """
    if connection.in_atomic_block or _reads_already():
        yield
    elif connection.vendor == "sqlite":
        # Not by `atomic`: the house's transactions announce a write at once, and writers would wait for this reader.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _reads_already() -> bool:
    """Return whether a transaction of SQLite is open of which Django does not know: that of a block around this one."""
    connection.ensure_connection()
    return connection.vendor == "sqlite" and bool(connection.connection.in_transaction)
