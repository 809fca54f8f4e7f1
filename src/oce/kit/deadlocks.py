"""Wishes that waited for each other in a circle: the database ends one of them, and it is granted again.

Locks are taken in one order wherever that can be arranged; what corrects several events, or is too long to be looked up at
once, cannot arrange it. Who has to wait for others too long, or too often, is refused as `kit.busy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import OperationalError, connection, transaction

from oce.kit.faults import refused_by, was_ended

R = TypeVar("R")

TRIES_MAX = 5


def granted_despite_deadlocks(grant: Callable[[], R]) -> R:
    """Return what `grant` returns, begun anew when the database ended it to let others go on.

    Inside a larger transaction nothing can be begun anew: that one was ended as well.

    Raises:
        Refused: `kit.busy`.
    """
    tries = 0
    while True:
        tries += 1
        try:
            return grant()
        except OperationalError as error:
            if transaction.get_connection().in_atomic_block:
                raise
            if tries < TRIES_MAX and was_ended(error):
                continue
            refused = refused_by(error)
            if refused is None:
                raise
            raise refused from error


@contextmanager
def waiting_at_most(seconds: int) -> Iterator[None]:
    """Let the running transaction wait no longer than that for each lock it takes inside the block.

    On SQLite a writer has waited before, and waits for nothing any more.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])
    yield
    # Not where the block failed: the transaction has ended there, and this with it.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
