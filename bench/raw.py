"""What the database itself can do: the same rows, written by plain statements of the driver, without any rule."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

import psycopg
from django.db import connection
from psycopg.types.json import Jsonb

# The rows that recording one event writes: the event, the resource it changed, the line of the journal.
TABLES = ("events_economicevent", "kit_journalline")


def plain_connection() -> Any:
    """Return a connection of the driver to the database in use, set up as ours is."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        plain = sqlite3.connect(settings["NAME"], isolation_level=None)
        plain.execute("PRAGMA journal_mode=WAL")
        plain.execute("PRAGMA synchronous=FULL")
        return plain
    return psycopg.connect(
        dbname=settings["NAME"],
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        autocommit=True,
        prepare_threshold=1,
    )


def durable_rate(count: int, share: int = 0) -> float:
    """Return how many events a second plain statements write: three statements and a commit each, copies of stored rows.

    `share` numbers the processes that write at once, each under keys and on a resource of its own.
    """
    plain = plain_connection()
    place = "?" if connection.vendor == "sqlite" else "%s"
    event_columns, event = _sample(plain, "events_economicevent")
    line_columns, line = _sample(plain, "kit_journalline")
    insert_event = _insert("events_economicevent", event_columns, place)
    insert_line = _insert("kit_journalline", line_columns, place)
    update = f"UPDATE resources_economicresource SET note = {place} WHERE id = {place}"
    resource = plain.execute("SELECT min(id) FROM resources_economicresource").fetchone()[0] + share
    first = (share + 1) * 10_000_000
    began = time.perf_counter()
    for number in range(count):
        plain.execute("BEGIN")
        plain.execute(insert_event, _numbered(event_columns, event, first + number))
        plain.execute(update, (f"raw {number}", resource))
        plain.execute(insert_line, _numbered(line_columns, line, first + number))
        plain.execute("COMMIT")
    rate = count / (time.perf_counter() - began)
    for table in TABLES:
        plain.execute(f"DELETE FROM {table} WHERE id >= {first} AND id < {first + count}")
    plain.close()
    return rate


def bulk_rate(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> float:
    """Return how many events a second plain statements write in bulk, into a copy of the table with all its indexes."""
    plain = plain_connection()
    _copy_table(plain)
    began = time.perf_counter()
    plain.execute("BEGIN")
    if connection.vendor == "sqlite":
        places = ", ".join("?" * len(columns))
        plain.executemany(f"INSERT INTO raw_event ({', '.join(columns)}) VALUES ({places})", rows)
    else:
        with plain.cursor().copy(f"COPY raw_event ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    plain.execute("COMMIT")
    rate = len(rows) / (time.perf_counter() - began)
    plain.execute("DROP TABLE raw_event")
    plain.close()
    return rate


def _copy_table(plain: Any) -> None:
    if connection.vendor != "sqlite":
        plain.execute("CREATE TABLE raw_event (LIKE events_economicevent INCLUDING ALL)")
        return
    found = plain.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'events_economicevent' AND sql IS NOT NULL ORDER BY type DESC"
    ).fetchall()
    for number, (statement,) in enumerate(found):
        made = statement.replace('"events_economicevent"', '"raw_event"')
        if statement.startswith("CREATE INDEX"):
            name = statement.split('"')[1]
            made = made.replace(f'"{name}"', f'"raw_{number}"', 1)
        plain.execute(made)


def _sample(plain: Any, table: str) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    cursor = plain.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1")
    columns = tuple(column[0] for column in cursor.description)
    row = cursor.fetchone()
    assert row is not None
    return columns, tuple(Jsonb(value) if isinstance(value, dict | list) else value for value in row)


def _insert(table: str, columns: tuple[str, ...], place: str) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([place] * len(columns))})"


def _numbered(columns: tuple[str, ...], row: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    """Return the row under another key and identifier."""
    new = {"id": number, "uid": f"{number:032x}", "iri": None}
    return tuple(new.get(column, value) for column, value in zip(columns, row, strict=True))
