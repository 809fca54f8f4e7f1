"""What is wrong with a house is told at the shell in one sentence, with the way out; only a bug shows where it happened."""

from __future__ import annotations

import pytest

from oce.site.tests import houses


def test_a_table_that_was_removed_is_named(house):
    house.asked("DROP TABLE kit_job")
    said = house.refused("work", "--once")
    assert "The database lacks a table that this version has made" in said
    assert "kit_job" in said
    assert said.endswith("[site.table_missing]\n")


def test_a_database_out_of_reach_is_told_of_in_a_sentence(house, tmp_path):
    elsewhere = "postgres://nobody@localhost:1/none" if houses.IS_POSTGRES else str(tmp_path)
    done = house.oce("check", "ledger", OCE_DATABASE=elsewhere)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The database cannot be used: ")
    assert done.stderr.endswith(
        "See that it runs, that it has room, and that OCE_DATABASE leads to it. [site.database]\n"
    )


def test_a_bug_is_not_taken_for_a_database_out_of_reach(house):
    house.asked("ALTER TABLE kit_job RENAME COLUMN work TO labour")
    done = house.oce("work", "--once")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "site.database" not in done.stderr


@pytest.mark.parametrize(
    "setting",
    [
        {"OCE_TIME_ZONE": "Mars/Olympus"},
        {"OCE_UPLOAD_BYTES_MAX": "abc"},
        {"OCE_ANSWERS_KEPT_DAYS": "0"},
        {"OCE_LOG_LEVEL": "LOUD"},
        {"OCE_DATABASE": "postgres://user:secret@host:port/name"},
    ],
)
def test_a_setting_that_cannot_be_is_named_in_a_sentence(empty_house, setting):
    done = empty_house.oce("apps", **setting)
    assert (done.returncode, done.stdout) == (1, "")
    (name,) = setting
    assert done.stderr.startswith(f"The setting {name} cannot be understood. Give it ")
    assert done.stderr.endswith(", or leave it out. [site.setting]\n")
    assert "secret" not in done.stderr


@pytest.mark.parametrize("verb", ["backup", "export"])
def test_a_file_that_cannot_be_written_is_named_in_a_sentence(house, verb):
    said = house.refused(verb, f"/proc/{verb}.jsonld")
    assert said.startswith("/proc")
    assert "cannot be read or written: " in said
    assert said.endswith("[site.file]\n")


def test_a_home_that_cannot_be_written_is_named_in_a_sentence(empty_house):
    done = empty_house.oce("apps", OCE_HOME="/proc/home")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("/proc/home")
    assert done.stderr.endswith("[site.file]\n")


def test_an_app_that_needs_one_that_is_switched_off_is_named(empty_house):
    done = empty_house.oce("apps", OCE_APPS_OFF="events")
    assert (done.returncode, done.stdout) == (1, "")
    assert "needs events, which is switched off" in done.stderr
    assert done.stderr.endswith("[kit.apps_unordered]\n")


@pytest.mark.parametrize("off", ["trace", "trace,spreadsheets,exchange,claims"])
def test_apps_that_nobody_needs_can_be_switched_off(empty_house, off):
    def said(*arguments):
        done = empty_house.oce(*arguments, OCE_APPS_OFF=off)
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = said("apps")
    assert [name for name in off.split(",") if f"{name}:" in listed] == []
    said("migrate")
    assert "all is well" in said("check")
    assert "type Query" in said("schema")
    if "spreadsheets" not in off:
        assert ("--trace" in said("export", "--help")) is ("trace" not in off)
        said("export", empty_house.home / "all.jsonld")
