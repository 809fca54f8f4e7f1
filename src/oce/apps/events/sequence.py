"""Places in the ledger: numbers that grow, given after the resources are locked, and the horizon below which nothing comes later.

On SQLite writers are alone, so the next number is one more than the last, and everything written is settled. On PostgreSQL
writers run side by side: each takes its numbers from a database sequence, and before that holds a shared advisory lock whose
key is the last number it saw. No writer waits for another. A reader who asks "what is new since N" reads no further than
the smallest key held (`horizon`): whoever is still writing got numbers above it. Decision 0015 has the proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.events.models import EconomicEvent
from oce.kit.rows import database_of
from oce.kit.statements import Question, ask

if TYPE_CHECKING:
    from collections.abc import Sequence

SEQUENCE = "events_ledger_place"
# The high half of the advisory keys: keeps them apart from every other use of advisory locks in the database.
NAMESPACE = 0x0CE1 << 47
# So many of the newest events are quickly read from the database; a longer tail is worth a file of the snapshot.
TAIL_MAX = 5_000
_LAST_KEY = (1 << 47) - 1

_TAKE = (
    "WITH guard AS MATERIALIZED ("  # noqa: S608 (names of our own)
    f"SELECT pg_advisory_xact_lock_shared({NAMESPACE} + last_value - (NOT is_called)::int) FROM {SEQUENCE})"
    f" SELECT nextval('{SEQUENCE}') FROM guard, generate_series(1, %s)"
)
_LAST = "SELECT COALESCE(MAX(id), 0) FROM events_economicevent"
_HORIZON = f"SELECT last_value, is_called FROM {SEQUENCE}"  # noqa: S608
_WRITING = (
    "SELECT min(((classid::bigint << 32) | objid::bigint) - %s) FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND ((classid::bigint << 32) | objid::bigint) BETWEEN %s AND %s"
)


def take_places(count: int) -> Sequence[int]:
    """Return the next `count` places, in order; call it after the resources are locked, inside the transaction."""
    question = taking_places(count)
    ask(database_of(EconomicEvent), question)
    return question.answer


def taking_places(count: int) -> Question[Sequence[int]]:
    """Return the question for the next `count` places, in order; ask it after the one that locks the resources."""
    if database_of(EconomicEvent).vendor == "sqlite":
        return Question(_LAST, (), lambda rows: range(rows[0][0] + 1, rows[0][0] + count + 1))
    return Question(_TAKE, [count], lambda rows: [place for (place,) in rows])


def horizon() -> int:
    """Return the place up to which the ledger is settled: no event at or below it will appear later."""
    database = database_of(EconomicEvent)
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute(_LAST)
            settled: int = cursor.fetchone()[0]
            return settled
        # In this order: a writer that locks after we looked at the locks takes its numbers after we read the last one.
        cursor.execute(_HORIZON)
        last, is_called = cursor.fetchone()
        cursor.execute(_WRITING, [NAMESPACE, NAMESPACE, NAMESPACE + _LAST_KEY])
        writing = cursor.fetchone()[0]
    last = last if is_called else 0
    return last if writing is None else min(last, writing)
