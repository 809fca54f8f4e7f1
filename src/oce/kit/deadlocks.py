"""Wishes that waited for each other in a circle: the database ends one of them, and it is granted again.

Locks are taken in one order wherever that can be arranged; what corrects several events, or is too long to be looked up at
once, cannot arrange it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, transaction

R = TypeVar("R")

TRIES_MAX = 5
# PostgreSQL's words for "deadlock detected" and "could not serialize access".
_ENDED = frozenset({"40P01", "40001"})


def granted_despite_deadlocks(grant: Callable[[], R]) -> R:
    """Return what `grant` returns, begun anew when the database ended it to let others go on.

    Inside a larger transaction nothing can be begun anew: that one was ended as well.
    """
    for _ in range(TRIES_MAX - 1):
        try:
            return grant()
        except OperationalError as error:
            was_ended = getattr(error.__cause__, "sqlstate", None) in _ENDED
            if not was_ended or transaction.get_connection().in_atomic_block:
                raise
    return grant()
