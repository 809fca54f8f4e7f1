"""A backup that was asked for at the console is made and read back by the worker, taken along, and thrown away."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from oce.apps.node import backing_up, backups, state
from oce.apps.node.commands import ask_backup, ask_restore_test, delete_backup
from oce.apps.node.models import Backup
from oce.kit import outbox
from oce.kit.testing.actors import actor_of
from oce.kit.testing.asking import ask
from oce.kit.testing.factories import person
from oce.kit.testing.notation import refused

IS_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def home(settings, tmp_path):
    """A house with a home of its own."""
    settings.OCE_HOME = tmp_path
    return tmp_path


@pytest.fixture
def quick(monkeypatch, home):
    """A house whose backups cost nothing: what the database does is told instead."""
    monkeypatch.setitem(backups._COPIES, connection.vendor, lambda copy: copy.write_bytes(b"rows"))
    monkeypatch.setitem(backups._TRIALS, connection.vendor, lambda _copy: backups.ReadBack(3, 42))
    return home


@pytest.mark.django_db
def test_a_backup_is_made_and_read_back_by_the_worker(actor, quick):
    backup = ask_backup(actor)
    assert (backup.state, backup.test_state) == ("waiting", "none")
    with refused("node.backup_running"):
        ask_backup(actor)
    outbox.do_waiting()
    backup.refresh_from_db()
    assert (backup.state, backup.test_state, backup.rows, backup.tables) == ("done", "good", 42, 3)
    assert state.wellbeing().last_test == backup
    backing_up.make({"backup": backup.pk})  # a worker that died has done it already
    assert Backup.objects.get().file == backup.file


@pytest.mark.django_db
def test_what_keeps_a_backup_from_being_made_is_told(actor, quick, monkeypatch):
    def fails(_copy):
        raise backups.Refused(backups.Refusal("node.backup_failed", backups.UNSOUND, fault="the disk is full"))

    monkeypatch.setitem(backups._COPIES, connection.vendor, fails)
    ask_backup(actor)
    outbox.do_waiting()
    backup = Backup.objects.get()
    assert backup.state == "failed"
    assert "the disk is full" in backup.fault


@pytest.mark.django_db
def test_a_backup_that_is_damaged_does_not_pass_its_test(actor, quick):
    backup = ask_backup(actor)
    outbox.do_waiting()
    backup.refresh_from_db()
    path = backing_up.path_of(backup)
    path.write_bytes(b"nothing of the kind")
    ask_restore_test(actor, backup)
    outbox.do_waiting()
    backup.refresh_from_db()
    assert (backup.test_state, "is not a backup" in backup.test_fault) == ("bad", True)
    delete_backup(actor, backup)
    assert not path.exists()


@pytest.mark.django_db
def test_of_a_backup_that_is_gone_nothing_is_read_back(actor, quick):
    backup = ask_backup(actor)
    outbox.do_waiting()
    backup.refresh_from_db()
    backing_up.path_of(backup).unlink()
    with refused("node.backup_gone"):
        ask_restore_test(actor, backup)
    backing_up.try_out({"backup": backup.pk})
    backing_up.try_out({"backup": 0})
    backup.refresh_from_db()
    assert "not on this machine any more" in backup.test_fault


@pytest.mark.django_db
def test_only_so_many_are_kept(actor, quick, monkeypatch):
    monkeypatch.setattr(backing_up, "KEPT_MAX", 1)
    ask_backup(actor)
    outbox.do_waiting()
    with refused("node.too_many_backups"):
        ask_backup(actor)


@pytest.mark.django_db
def test_a_backup_of_the_shell_is_known_and_forgotten_but_not_touched(actor, home):
    file = home / "elsewhere.oce"
    file.write_bytes(b"rows")
    backing_up.note(file)
    backup = Backup.objects.get()
    assert (backup.state, backing_up.path_of(backup)) == ("done", None)
    delete_backup(actor, backup)
    assert file.exists()


@pytest.mark.django_db
def test_nobody_else_asks_for_a_backup(home):
    with refused("kit.not_allowed"):
        ask_backup(actor_of(person()))


@pytest.mark.django_db
def test_the_page_makes_shows_sends_tries_and_throws_away(browser, quick):
    assert "There is no backup yet." in browser.get("/node/backups").content.decode()
    assert browser.post("/node/backups").url == "/node/backups"
    waiting = browser.get("/node/backups")
    assert "It is being made" in waiting.content.decode()
    assert waiting.headers["Refresh"].startswith("3;")
    assert browser.post("/node/backups").status_code == 422
    outbox.do_waiting()
    backup = Backup.objects.get()
    page = browser.get("/node/backups")
    assert "can be read back" in page.content.decode()
    assert "Refresh" not in page.headers
    sent = browser.get(f"/node/backups/{backup.uid}")
    assert b"".join(sent.streaming_content).startswith(b"PK")
    assert browser.post(f"/node/backups/{backup.uid}/test").status_code == 302
    assert browser.post(f"/node/backups/{backup.uid}/burn").status_code == 404
    assert "is thrown away" in browser.post(f"/node/backups/{backup.uid}/delete", follow=True).content.decode()
    assert browser.get(f"/node/backups/{backup.uid}").status_code == 404


@pytest.mark.django_db
def test_programs_can_do_the_same(quick):
    made = ask("mutation { askBackup { id state url } }")["askBackup"]
    assert (made["state"], made["url"]) == ("waiting", None)
    outbox.do_waiting()
    (told,) = ask("{ backups { id state testState url rows } }")["backups"]
    assert (told["testState"], told["rows"], told["url"]) == ("good", "42", f"/node/backups/{made['id']}")
    tested = ask("mutation ($id: ID!) { askRestoreTest(id: $id) { testState } }", id=made["id"])
    assert tested["askRestoreTest"]["testState"] == "waiting"
    assert ask("mutation ($id: ID!) { deleteBackup(id: $id) }", id=made["id"])["deleteBackup"] is True


@pytest.mark.django_db(transaction=True)
def test_what_is_read_back_is_the_whole_database(home):
    person("Ana")
    file = home / "house.oce"
    try:
        backups.write(file)
    except backups.Refused as refused_:  # no client programs on this machine
        pytest.skip(str(refused_))
    read = backups.try_out(file)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    assert read.tables >= len(tables) - 40
    assert read.rows > 0


@pytest.mark.skipif(not IS_SQLITE, reason="PostgreSQL refuses such a copy itself.")
@pytest.mark.django_db
def test_a_copy_that_does_not_fit_together_is_refused(home, monkeypatch):
    def stray(copy: Path) -> None:
        import sqlite3

        with sqlite3.connect(copy) as made:
            made.executescript("CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a(id));"
                               "INSERT INTO b VALUES (7);")  # fmt: skip
        made.close()

    monkeypatch.setitem(backups._COPIES, "sqlite", stray)
    backups.write(home / "stray.oce")
    with zipfile.ZipFile(home / "stray.oce") as archive:
        assert json.loads(archive.read("about.json"))["database"] == "sqlite"
    with refused("node.unsound_backup"):
        backups.try_out(home / "stray.oce")


@pytest.mark.django_db
def test_without_the_right_to_make_a_database_there_is_no_trial(monkeypatch, home):
    class Unwilling:
        settings_dict = connection.settings_dict

        def cursor(self):
            raise DatabaseError("permission denied to create database")

    monkeypatch.setattr(backups, "connection", Unwilling())
    with refused("node.no_scratch_database"):
        backups._try_postgresql(home / "copy")
