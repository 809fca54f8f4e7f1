"""Everything in one file, and back: the whole database as the database itself writes it out, with a note of what it is.

On SQLite the copy is made by its own online backup, so nobody has to stop writing; on PostgreSQL `pg_dump` writes one consistent
moment. The file is a zip: `about.json` (version, database, when, a fingerprint), the copy, and the files that are attached
to records, each under its fingerprint. A backup is read back only whole and only into the kind of database that wrote it;
exports carry data between kinds.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections

from oce.apps.documents import store
from oce.kit import clock
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ABOUT = "about.json"
COPY = "database"
FILES = "media"
FORMAT = 1
_KEPT_FILE = re.compile(rf"{FILES}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")
READ_AT_ONCE = 1024 * 1024
TABLES_OF_SQLITE = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)
TABLES_OF_POSTGRESQL = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
UNSOUND = gettext_noop("What the backup holds does not fit together: {fault}. Make another one, and test that.")
NO_SCRATCH = gettext_noop(
    "No database could be made to read the backup back into ({fault}). Allow it by ALTER ROLE … CREATEDB, or restore the"
    " backup on another machine."
)
DAMAGED = (OSError, EOFError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error)
"""All that reading a zip raises where a bit of it is wrong: a name, a flag, a method, a length, a stream, a checksum."""


def write(file: Path) -> str:
    """Write a backup to `file` and return a sentence about it; an unfinished one is never left under that name.

    Raises:
        Refused: `node.backup_exists`, or `node.no_pg_dump`.
    """
    if file.exists():
        raise Refused(
            Refusal(
                "node.backup_exists",
                gettext_noop("{file} is there already. Choose another name."),
                "file",
                file=str(file),
            )
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        copy = Path(folder) / COPY
        _COPIES[connection.vendor](copy)
        about = {
            "format": FORMAT,
            "version": version("oce"),
            "database": connection.vendor,
            "written": clock.now().isoformat(),
            "sha256": _fingerprint(copy),
        }
        unfinished = Path(folder) / "backup"
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(ABOUT, json.dumps(about, indent=1))
            archive.write(copy, COPY)
            for place in sorted(store.media().glob("*/*")):
                name = f"{FILES}/{place.parent.name}/{place.name}"
                if _KEPT_FILE.fullmatch(name):
                    # Photos and papers are packed as tightly as they can be.
                    archive.write(place, name, zipfile.ZIP_STORED)
        unfinished.chmod(0o600)
        unfinished.rename(file)
    return f"{file.stat().st_size} bytes, {about['written']}"


def read(file: Path, *, replace: bool = False) -> str:
    """Restore the backup in `file` into the configured database, and return a sentence about it.

    Raises:
        Refused: `node.no_backup` for a file that is none or is damaged, `node.other_database`, `node.newer_backup`,
            `node.not_empty`.
    """
    with tempfile.TemporaryDirectory() as folder:
        about = _opened(file, Path(folder))
        refuse_if(_refuse_other_database(file, str(about["database"])))
        refuse_if(_refuse_newer(file, str(about["version"])))
        _refuse_unless_empty(replace=replace)
        _RESTORES[connection.vendor](Path(folder) / COPY)
        _bring_files_back(file)
    call_command("migrate", verbosity=0)
    return f"restored what was written {about['written']} by version {about['version']}"


def _opened(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup and return what it says of itself, once its fingerprint is right."""
    try:
        with zipfile.ZipFile(file) as archive:
            about: dict[str, Any] = json.loads(archive.read(ABOUT))
            with archive.open(COPY) as packed, (folder / COPY).open("wb") as copy:
                shutil.copyfileobj(packed, copy, READ_AT_ONCE)
            are_whole = all(hashlib.sha256(archive.read(name)).hexdigest() == name[-64:] for name in _files_in(archive))
    except DAMAGED as error:
        raise Refused(_refuse_file(file)) from error
    if not are_whole or about.get("format") != FORMAT or about.get("sha256") != _fingerprint(folder / COPY):
        raise Refused(_refuse_file(file))
    return about


def _bring_files_back(file: Path) -> None:
    """Put the photos and papers of a backup where they lay; each is what its name, a fingerprint, says it is."""
    with zipfile.ZipFile(file) as archive:
        for name in _files_in(archive):
            store.put(archive.read(name))


def _files_in(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if _KEPT_FILE.fullmatch(name)]


def _refuse_file(file: Path) -> Refusal:
    return Refusal(
        "node.no_backup",
        gettext_noop("{file} is not a backup of this system, or is damaged. Take a file that “oce backup” wrote."),
        "file",
        file=str(file),
    )


def _refuse_other_database(file: Path, theirs: str) -> list[Refusal]:
    """Only the kind of database that wrote a copy can read it."""
    ours = connection.vendor
    if theirs == ours:
        return []
    sentence = gettext_noop(
        "{file} was written by {theirs}, and this house keeps its records in {ours}. Use an export."
    )
    return [Refusal("node.other_database", sentence, "file", file=str(file), theirs=theirs, ours=ours)]


def _refuse_newer(file: Path, theirs: str) -> list[Refusal]:
    """An older version does not know the tables of a newer one."""
    ours = version("oce")
    if _numbers(theirs) <= _numbers(ours):
        return []
    sentence = gettext_noop(
        "{file} was written by version {theirs}, and this is version {ours}. Install that version first."
    )
    return [Refusal("node.newer_backup", sentence, "file", file=str(file), theirs=theirs, ours=ours)]


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", release)))


def is_empty() -> bool:
    """Return whether nobody has written anything into the configured database yet."""
    with connection.cursor() as cursor:
        if "kit_journalline" not in connection.introspection.table_names(cursor):
            return True
        cursor.execute("SELECT EXISTS (SELECT 1 FROM kit_journalline)")
        return not cursor.fetchone()[0]


def _refuse_unless_empty(*, replace: bool) -> None:
    if not replace and not is_empty():
        raise Refused(
            Refusal(
                "node.not_empty",
                gettext_noop(
                    "This house already has records. Restore into an empty one, or add --replace to lose what is here."
                ),
                "replace",
            )
        )


def _fingerprint(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(READ_AT_ONCE):
            digest.update(block)
    return digest.hexdigest()


def _copy_sqlite(copy: Path) -> None:
    connection.ensure_connection()
    target = sqlite3.connect(copy)
    try:
        connection.connection.backup(target)
    finally:
        target.close()


def _restore_sqlite(copy: Path) -> None:
    connection.ensure_connection()
    source = sqlite3.connect(copy)
    try:
        source.backup(connection.connection)
    finally:
        source.close()
    connection.close()


def _copy_postgresql(copy: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")


def _restore_postgresql(copy: Path) -> None:
    connection.close()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
         f"--dbname={connection.settings_dict['NAME']}", str(copy))  # fmt: skip


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, where other users cannot read it."""
    found = shutil.which(program)
    if found is None:
        raise Refused(
            Refusal(
                "node.no_pg_dump",
                gettext_noop("{program} is not on this machine. Install the client programs of PostgreSQL."),
                None,
                program=program,
            )
        )
    finished = subprocess.run(  # noqa: S603 (found by name, arguments of ours)
        [found, *arguments],
        env={**os.environ, **_environment(connection.settings_dict)},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise Refused(
            Refusal(
                "node.backup_failed",
                gettext_noop("{program} failed: {fault}"),
                None,
                program=program,
                fault=finished.stderr.strip()[-500:],
            )
        )


def _environment(settings: Mapping[str, Any]) -> dict[str, str]:
    names = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    options = {f"PG{name.upper()}": value for name, value in settings["OPTIONS"].items() if name.startswith("ssl")}
    return {variable: str(settings[name]) for variable, name in names.items() if settings.get(name)} | options


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a backup held when it was read back into a database of its own: how many rows, in how many tables."""

    tables: int
    rows: int


def try_out(file: Path) -> ReadBack:
    """Read the backup in `file` back into a scratch database, count what is in it, and throw that away.

    Raises:
        Refused: `node.no_backup` where it is damaged, `node.no_scratch_database` where none can be made, or
            `node.backup_failed` where the program of the database fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        about = _opened(file, Path(folder))
        refuse_if(_refuse_other_database(file, str(about["database"])))
        return _TRIALS[connection.vendor](Path(folder) / COPY)


def _try_sqlite(copy: Path) -> ReadBack:
    scratch = sqlite3.connect(copy)
    try:
        (sound,) = scratch.execute("PRAGMA integrity_check(1)").fetchone()
        stray = scratch.execute("PRAGMA foreign_key_check").fetchone()
        if sound != "ok" or stray is not None:
            raise Refused(Refusal("node.unsound_backup", UNSOUND, None, fault=str(stray or sound)[:200]))
        return _counted(partial(_rows, scratch.cursor()), TABLES_OF_SQLITE)
    finally:
        scratch.close()


def _try_postgresql(copy: Path) -> ReadBack:
    name = f"oce_restore_test_{secrets.token_hex(4)}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    except DatabaseError as error:
        raise Refused(Refusal("node.no_scratch_database", NO_SCRATCH, None, fault=str(error).strip()[:200])) from error
    try:
        _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}", str(copy))
        scratch = connections[DEFAULT_DB_ALIAS].copy(name)
        scratch.settings_dict["NAME"] = name
        try:
            with scratch.cursor() as cursor:
                return _counted(partial(_rows, cursor), TABLES_OF_POSTGRESQL)
        finally:
            scratch.close()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _rows(cursor: Any, sql: str) -> list[tuple[Any, ...]]:
    cursor.execute(sql)
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _counted(asked: Callable[[str], list[tuple[Any, ...]]], tables: str) -> ReadBack:
    """Count the rows of all tables, each read to its end."""
    names = [name for (name,) in asked(tables)]
    return ReadBack(len(names), sum(asked(f'SELECT COUNT(*) FROM "{name}"')[0][0] for name in names))  # noqa: S608 (names of its own tables)


_TRIALS = {"sqlite": _try_sqlite, "postgresql": _try_postgresql}
_COPIES = {"sqlite": _copy_sqlite, "postgresql": _copy_postgresql}
_RESTORES = {"sqlite": _restore_sqlite, "postgresql": _restore_postgresql}
