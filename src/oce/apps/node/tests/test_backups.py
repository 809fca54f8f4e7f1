"""What stands in the way of a backup is told in a sentence, and never leaves half of one behind."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest
from django.db import connection

from oce.apps.documents import store
from oce.apps.node import backups
from oce.kit.testing.notation import refused


@pytest.fixture
def by_other_programs(monkeypatch, tmp_path, db):
    """Let the backup be made as on PostgreSQL, by the programs of a folder."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setitem(backups._COPIES, connection.vendor, backups._COPIES["postgresql"])
    return folder


def test_without_the_programs_of_the_database_there_is_no_backup(by_other_programs, tmp_path):
    with refused("node.no_pg_dump"):
        backups.write(tmp_path / "house.oce")
    assert list(tmp_path.iterdir()) == [by_other_programs]


def test_what_the_program_complains_of_is_told(by_other_programs, tmp_path):
    program = by_other_programs / "pg_dump"
    program.write_text("#!/bin/sh\necho 'the disk is full' >&2\nexit 1\n")
    program.chmod(0o700)
    with pytest.raises(backups.Refused, match="the disk is full") as caught:
        backups.write(tmp_path / "house.oce")
    assert [refusal.code for refusal in caught.value.refusals] == ["node.backup_failed"]
    assert list(tmp_path.iterdir()) == [by_other_programs]


def test_a_backup_of_another_kind_of_database_is_not_read(db, tmp_path):
    file, copy = tmp_path / "house.oce", b"rows"
    about = {
        "format": backups.FORMAT,
        "version": "26.11",
        "database": "another",
        "written": "2026-11-23",
        "sha256": hashlib.sha256(copy).hexdigest(),
    }
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(backups.ABOUT, json.dumps(about))
        archive.writestr(backups.COPY, copy)
    with refused("node.other_database"):
        backups.read(file, replace=True)


def test_a_backup_with_any_wrong_byte_is_refused_or_reads_the_same(tmp_path):
    file, copy = tmp_path / "house.oce", bytes(range(256)) * 40 + b"INSERT INTO events VALUES (1, 'bread');\n" * 99
    about = {"format": backups.FORMAT, "sha256": hashlib.sha256(copy).hexdigest()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(backups.ABOUT, json.dumps(about))
        archive.writestr(backups.COPY, copy)
    whole, refusals = file.read_bytes(), 0
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        file.write_bytes(damaged)
        try:
            assert backups._opened(file, tmp_path) == about
        except backups.Refused as caught:
            assert [refusal.code for refusal in caught.refusals] == ["node.no_backup"]
            refusals += 1
        else:
            assert (tmp_path / backups.COPY).read_bytes() == copy
    assert refusals > 0.8 * len(whole)


def test_the_files_attached_to_records_are_in_the_backup_and_come_back(db, tmp_path, settings, monkeypatch):
    settings.OCE_HOME = tmp_path / "old"
    digest = store.put(b"a photo of jam")
    monkeypatch.setitem(backups._COPIES, connection.vendor, lambda copy: copy.write_bytes(b"rows"))
    monkeypatch.setitem(backups._RESTORES, connection.vendor, lambda copy: None)
    monkeypatch.setattr(backups, "call_command", lambda *_args, **_options: None)
    file = tmp_path / "house.oce"
    backups.write(file)
    settings.OCE_HOME = tmp_path / "new"
    backups.read(file, replace=True)
    assert store.place_of(digest).read_bytes() == b"a photo of jam"
    file.write_bytes(file.read_bytes().replace(b"a photo of jam", b"a photo of ham"))
    with refused("node.no_backup"):
        backups.read(file, replace=True)
