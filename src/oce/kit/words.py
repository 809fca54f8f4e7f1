"""The index of words: which records of a class hold the words that somebody looks for, however many records there are.

Every class has one over the columns that it names in `searched`, and nobody keeps it by hand, so none is forgotten: on
PostgreSQL it is an index over those columns, on SQLite a table of FTS5 that follows the records by triggers. It is made
from that naming alone, whenever the tables are brought up to date. A word is letters and digits in a row; accents and
capitals are all one.

The SQL of this module is put together from names of tables and columns alone, which come from the models.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import Q
from django.db.models.expressions import RawSQL

from oce.kit.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.apps import AppConfig
    from django.db.backends.base.base import BaseDatabaseWrapper

WORD = re.compile(r"[^\W_]+")
# More words narrow nothing further; a whole page pasted into the field is no question.
WORDS_MAX = 8
# A database that was made without a language knows the capitals of English only; ICU knows all.
PLAIN_TEXT = r"""
CREATE OR REPLACE FUNCTION oce_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple', regexp_replace(
    lower(regexp_replace(normalize($1, NFD), '[\u0300-\u036f]', '', 'g'){collation}), '[!-/:-@\[-`{-~]+', ' ', 'g'))
$$
"""


def words_in(text: str) -> list[str]:
    """Return the words somebody looks for, plain: `Bäckerei L-7` gives `backerei`, `l` and `7`."""
    marked = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return WORD.findall(plain.lower())[:WORDS_MAX]


def holding(model: type[Record], text: str, *, newest: int | None = None, using: str = "default") -> Q:
    """Return the condition that a record holds every word of `text`, at least in its beginning.

    Args:
        model: the class of the records.
        text: what was typed; without any word in it, nothing holds it.
        newest: as many of the youngest at most, where the rest need not be looked at.
        using: the database.
    """
    words = words_in(text)
    if not words or not model.searched:
        return Q(pk__in=[])
    connection = connections[using]
    index, table = _index_name(model), connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 (Django's documented model API)
    limit = "" if newest is None else f" ORDER BY id DESC LIMIT {newest:d}"
    if connection.vendor == "postgresql":
        # The answer of the index is taken as it is: read from the newest backwards, a rare word would cost the whole table.
        held = f"SELECT id FROM {table} WHERE {_is_held(model)} AND {_vector(model)} @@ to_tsquery('simple', %s)"  # noqa: S608
        sql = f"WITH held AS MATERIALIZED ({held}) SELECT id FROM held{limit}"  # noqa: S608
        return Q(pk__in=RawSQL(sql, [" & ".join(f"{word}:*" for word in words)]))  # noqa: S611 (names of the models, and words as parameters)
    sql = f'SELECT rowid AS id FROM "{index}" WHERE "{index}" MATCH %s{limit}'  # noqa: S608
    return Q(pk__in=RawSQL(sql, [" AND ".join(f'"{word}"*' for word in words)]))  # noqa: S611 (names of the models, and words as parameters)


def keep_index(sender: AppConfig, using: str = "default", **_: Any) -> None:
    """Bring the indexes of an app's classes up to date, after its tables were."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    for model in sender.get_models():
        # The tables of an app are gone after its migrations were undone.
        if issubclass(model, Record) and model.searched and model._meta.db_table in there:  # noqa: SLF001
            _keep(connection, model)


def _keep(connection: BaseDatabaseWrapper, model: type[Record]) -> None:
    index, table = _index_name(model), model._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'")
            collation = ' COLLATE "und-x-icu"' if cursor.fetchone() else ""
            cursor.execute(PLAIN_TEXT.replace("{collation}", collation))
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE tablename = %s AND indexname LIKE %s",
                [table, f"{_stem(model)}%"],
            )
            present = {name for (name,) in cursor.fetchall()}
            for name in present - {index}:
                cursor.execute(f'DROP INDEX "{name}"')
            if index not in present:
                vector, is_held = _vector(model), _is_held(model)
                cursor.execute(f'CREATE INDEX "{index}" ON "{table}" USING gin ({vector}) WHERE {is_held}')
            return
        # A migration that rebuilds a table takes its triggers along: the index is whole with all of them only.
        cursor.execute("SELECT type, name FROM sqlite_master WHERE sql LIKE %s OR type = 'trigger'", ["%USING fts5%"])
        present = {(kind, name) for kind, name in cursor.fetchall() if name.startswith(_stem(model))}
        if present != {("table", index), *(("trigger", name) for name in _triggers(model))}:
            for kind, name in sorted(present, reverse=True):
                cursor.execute(f'DROP {kind} "{name}"')
            for statement in _made_anew(model):
                cursor.execute(statement)


def _made_anew(model: type[Record]) -> Iterator[str]:
    """Yield the statements that make the index of SQLite from the records there are."""
    index, table = _index_name(model), model._meta.db_table  # noqa: SLF001
    columns = ", ".join(f'"{name}"' for name in model.searched)
    yield (
        f"CREATE VIRTUAL TABLE \"{index}\" USING fts5({columns}, content='{table}', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
    yield f'INSERT INTO "{index}"(rowid, {columns}) SELECT id, {columns} FROM "{table}" WHERE {_is_held(model)}'  # noqa: S608
    yield from _triggers(model).values()


def _triggers(model: type[Record]) -> dict[str, str]:
    """Return the triggers by which the index of SQLite follows the records, by name; what holds no word costs nothing."""
    index, table = _index_name(model), model._meta.db_table  # noqa: SLF001
    columns = ", ".join(f'"{name}"' for name in model.searched)

    def values(row: str) -> str:
        return ", ".join(f'{row}."{name}"' for name in model.searched)

    old, new = _is_held(model, "old."), _is_held(model, "new.")
    taken = (
        f'INSERT INTO "{index}"("{index}", rowid, {columns}) SELECT \'delete\', old.id, {values("old")} WHERE {old};'
    )
    added = f'INSERT INTO "{index}"(rowid, {columns}) SELECT new.id, {values("new")} WHERE {new};'
    return {
        f"{index}_added": f'CREATE TRIGGER "{index}_added" AFTER INSERT ON "{table}" WHEN {new} BEGIN {added} END',
        f"{index}_taken": f'CREATE TRIGGER "{index}_taken" AFTER DELETE ON "{table}" WHEN {old} BEGIN {taken} END',
        f"{index}_changed": f'CREATE TRIGGER "{index}_changed" AFTER UPDATE OF {columns} ON "{table}" BEGIN {taken} {added} END',
    }


def _vector(model: type[Record]) -> str:
    """Return the SQL of the words that a record holds, for PostgreSQL."""
    return "oce_words(" + " || ' ' || ".join(_texts(model)) + ")"


def _is_held(model: type[Record], row: str = "") -> str:
    """Return the SQL of whether a record holds any word at all."""
    return f"({' || '.join(_texts(model, row))}) <> ''"


def _texts(model: type[Record], row: str = "") -> list[str]:
    return [f"coalesce({row}\"{name}\", '')" for name in model.searched]


def _stem(model: type[Record]) -> str:
    return f"{model._meta.db_table[:40]}_words_"  # noqa: SLF001


def _index_name(model: type[Record]) -> str:
    """Return a name that changes with what is searched, so that an index of other columns is known for an old one."""
    return _stem(model) + sha256(",".join(model.searched).encode()).hexdigest()[:8]
