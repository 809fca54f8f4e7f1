"""What resources amounted to at a past moment, from the whole ledger read as columns.

Every event carries what it did to quantities as four signs (`legs`), so a balance is a sum of signed amounts; the columnar
engine adds decimals of 38 digits exactly.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import pyarrow as pa

from oce.apps.events import snapshot
from oce.apps.events.legs import LEGS
from oce.apps.resources import stock
from oce.vf.decimals import EXACT, plain
from oce.vf.states import NEW

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_COLUMNS = (
    "id",
    "resource_inventoried_as_id",
    "to_resource_inventoried_as_id",
    "effect",
    "resource_quantity_value",
    "occurred_at",
)
_SUMS = """
WITH moved AS (
    SELECT e.resource_inventoried_as_id AS resource, s.from_accounting AS accounting, s.from_onhand AS onhand,
           e.resource_quantity_value AS quantity
    FROM events e
    JOIN signs s ON s.effect = e.effect
    JOIN asked a ON a.resource = e.resource_inventoried_as_id
    WHERE e.occurred_at <= $moment AND (s.from_accounting <> 0 OR s.from_onhand <> 0)
    UNION ALL
    SELECT e.to_resource_inventoried_as_id, s.to_accounting, s.to_onhand, e.resource_quantity_value
    FROM events e
    JOIN signs s ON s.effect = e.effect
    JOIN asked a ON a.resource = e.to_resource_inventoried_as_id
    WHERE e.occurred_at <= $moment AND (s.to_accounting <> 0 OR s.to_onhand <> 0)
)
SELECT resource,
       sum(CASE accounting WHEN 1 THEN quantity WHEN -1 THEN -quantity ELSE 0 END) AS accounting,
       sum(CASE onhand WHEN 1 THEN quantity WHEN -1 THEN -quantity ELSE 0 END) AS onhand
FROM moved
GROUP BY resource
"""
_SIGNS = pa.table({
    "effect": pa.array(range(len(LEGS)), pa.int16()),
    **{
        name: pa.array([getattr(legs, name) for legs in LEGS], pa.int8())
        for name in ("from_accounting", "from_onhand", "to_accounting", "to_onhand")
    },
})  # fmt: skip


class Balance(NamedTuple):
    """What an agent owned of a resource, and what of it was there."""

    accounting: Decimal
    onhand: Decimal


def balances_at(keys: Iterable[int], moment: datetime) -> dict[int, Balance]:
    """Return the balances of resources, by private key, after all events that had happened by `moment`.

    Events count at the moment they happened, whenever they were written down. A resource whose balance a document stated
    begins with that.
    """
    wanted = sorted(set(keys))
    openings = stock.openings(wanted)
    balances = {key: Balance(openings.get(key, NEW).accounting, openings.get(key, NEW).onhand) for key in wanted}
    moved = snapshot.answered(lambda taken: _moved(taken, wanted, moment), duckdb.Error)
    for key, accounting, onhand in moved:
        before = balances[key]
        balances[key] = Balance(_added(before.accounting, accounting), _added(before.onhand, onhand))
    return balances


def _moved(
    taken: snapshot.Snapshot, wanted: list[int], moment: datetime
) -> list[tuple[int, Decimal | None, Decimal | None]]:
    """Return what the events up to a moment added to the wanted resources, by private key."""
    with _engine().cursor() as engine:
        engine.register("asked", pa.table({"resource": pa.array(wanted, pa.int64())}))
        engine.register("signs", _SIGNS)
        engine.register("tail", snapshot.tail(taken.last).select(_COLUMNS))
        columns = ", ".join(_COLUMNS)
        files = [str(file) for file in taken.files]
        source = f"SELECT {columns} FROM tail"  # noqa: S608 (names of our own columns)
        if files:
            engine.execute(f"CREATE OR REPLACE TEMP VIEW files AS SELECT * FROM read_parquet({files!r})")  # noqa: S608
            source = f"SELECT {columns} FROM files UNION ALL {source}"  # noqa: S608
        engine.execute(f"CREATE OR REPLACE TEMP VIEW events AS {source}")
        return engine.execute(_SUMS, {"moment": moment}).fetchall()


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """Return the columnar engine of this process: it keeps no data, but takes a while to start."""
    return duckdb.connect()


def _added(before: Decimal, moved: Decimal | None) -> Decimal:
    return Decimal(plain(EXACT.add(before, moved or Decimal(0))))
