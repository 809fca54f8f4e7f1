"""Each verb of the command line, run as a person runs it: a program of its own, its answer and its exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import contextmanager
from operator import itemgetter

import pytest

from oce.site.tests import houses

VERBS = "serve sign-in work migrate address demo check apps backup restore schema new-app record trace import export".split()
START_SECONDS_MAX = 90


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def serving(house, *arguments, **environment):
    """Run a verb that serves until the block ends, and give the process and the link for signing in."""
    process = subprocess.Popen(
        [*houses.OCE, *map(str, arguments)], env=house.environment(**environment), stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            for line in process.stdout:
                if line.startswith("Sign in at "):
                    yield process, line.removeprefix("Sign in at ").strip()
                    break
            else:
                pytest.fail(f"{arguments} ended before it could be used")
        finally:
            process.terminate()
            process.wait(START_SECONDS_MAX)


def children_of(process):
    """Return the processes that a process started."""
    listing = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in listing.stdout.split()]


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_without_a_verb_the_verbs_are_listed(empty_house):
    said = empty_house.said()
    assert [verb for verb in VERBS if f"\n    {verb} " not in said] == []


def test_a_verb_that_does_not_exist_is_not_understood(empty_house):
    assert empty_house.oce("frobnicate").returncode == 2


def test_serve_answers_until_it_is_stopped(empty_house, port):
    with serving(empty_house, "serve", "--port", port) as (process, link):
        assert link.startswith(f"http://localhost:{port}/enter/")
        with urllib.request.urlopen(f"http://localhost:{port}/health", timeout=30) as answer:
            assert (answer.status, json.load(answer)["is_well"]) == (200, True)
        with urllib.request.urlopen(link, timeout=30) as answer:
            assert answer.status == 200
        started = children_of(process)
        assert len(started) >= 2  # one answers, one works
    assert process.returncode == 0
    assert not any(map(is_running, started))


BROWSER = """#!{python}
import pathlib, sys, time, urllib.request
page = urllib.request.urlopen(sys.argv[1], timeout=60)
part = pathlib.Path({record!r} + ".part")
part.write_text(f"{{page.status}} {{sys.argv[1]}}\\n")
part.rename({record!r})
time.sleep(60)
"""


def test_a_link_that_signs_in_is_printed_again_on_request(house, port):
    first, second = (house.said("sign-in", "--port", str(port)) for _ in range(2))
    links = [
        re.match(rf"Sign in at (http://localhost:{port}/enter/\S+)\nThe link works once", said)
        for said in (first, second)
    ]
    assert links[0][1] != links[1][1]


@pytest.mark.parametrize("verb", ["serve --open", "demo --keep"])
def test_a_browser_is_opened_and_gets_its_page_though_it_stays_in_the_foreground(house, port, tmp_path, verb):
    browser, record = tmp_path / "browser", tmp_path / "record"
    browser.write_text(BROWSER.format(python=sys.executable, record=str(record)), encoding="utf-8")
    browser.chmod(0o755)
    with serving(house, *verb.split(), "--port", port, BROWSER=str(browser)) as (_, link):
        waited_until = time.monotonic() + START_SECONDS_MAX
        while not record.is_file() and time.monotonic() < waited_until:
            time.sleep(0.2)
        opened = record.read_text("utf-8").strip()
        assert opened.startswith(f"200 {link.rpartition('/')[0]}/")
        assert not opened.endswith(link.rpartition("/")[2])  # each link works once


def test_the_worker_stops_even_when_the_server_was_killed(new_house, port):
    with serving(new_house, "serve", "--port", port) as (process, _):
        started = children_of(process)
        process.kill()
    waited_until = time.monotonic() + 30
    while any(map(is_running, started)) and time.monotonic() < waited_until:
        time.sleep(0.2)
    assert not any(map(is_running, started))


def test_a_port_that_is_taken_is_refused(house):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        for verb in ("serve", "demo"):
            said = house.refused(verb, "--port", str(taken))
            assert f"Nothing can be served at 127.0.0.1:{taken}" in said
            assert "[site.port_taken]" in said


def test_work_is_done_and_the_worker_stops_when_told_once(house):
    assert house.said("work", "--once") == ""
    assert house.asked("SELECT count(*) FROM kit_job WHERE done IS NULL") == [(0,)]


def test_migrate_brings_an_empty_database_to_this_version(empty_house):
    assert "Applying events.0001_initial" in empty_house.said("migrate")
    assert "No migrations to apply" in empty_house.said("migrate")


def test_the_demo_tells_what_it_plays_and_what_to_look_at(played, house):
    said = (played.home / "said").read_text("utf-8")
    assert "  From grain to bread\n" in said
    assert re.search(r"the flour of lot F-1 of Stone Mill +http://localhost:8321/economic-resource/", said)
    before = house.rows()
    assert "as it was left" in house.said("demo", "--no-serve", "--weeks=0", "--keep")
    assert house.rows() == before


@pytest.fixture
def spoiled_house(house, tmp_path_factory):
    """A house whose demo somebody has changed; on PostgreSQL, where a demo is never thrown away, an empty one."""
    home = tmp_path_factory.mktemp("spoiled")
    if houses.IS_POSTGRES:
        with houses.demolished(houses.empty(home)) as empty:
            yield empty
    else:
        (home / "demo").mkdir()
        spoiled = houses.House(home, house.copied(home / "demo").database)
        spoiled.asked("UPDATE agents_agent SET name = 'Somebody else'")
        yield spoiled


def test_a_demo_begun_anew_is_the_same_to_the_byte(house, spoiled_house, tmp_path):
    first, second = tmp_path / "first.jsonld", tmp_path / "second.jsonld"
    spoiled_house.said("demo", "--no-serve", "--weeks=0")
    of_migrations = {"django_migrations", "sqlite_sequence"}
    rows, same = house.rows(), spoiled_house.rows()
    assert {name for name in rows if rows[name] != same[name]} <= of_migrations
    house.said("export", first)
    spoiled_house.said("export", second)
    assert first.read_bytes() == second.read_bytes()


def test_the_demo_throws_nothing_away_that_it_did_not_write(house):
    before = house.rows()
    assert "[site.demo_elsewhere]" in house.refused("demo", "--no-serve", "--weeks=0")
    assert house.rows() == before


def test_an_event_is_recorded_at_the_shell(house):
    before = house.count()
    said = house.said(
        "record", "raise", "5 kg", "--provider", "Stone Mill", "--kind", "Salt", "--new", "Mill salt", "--lot", "N-9"
    )
    assert re.match(r"http://localhost:8321/economic-event/[0-9a-f-]{36}\n", said)
    assert "Mill salt: 5 " in said
    assert house.count() == before + 1


def test_what_is_refused_at_the_shell_is_told_and_not_written(house):
    before = house.rows()
    told = house.refused("record", "raise", "5 kg", "--provider", "Nobody", "--kind", "Salt", "--new", "Salt")
    assert "There is no person or group Nobody." in told
    told = house.refused("record", "eat", "5 kg", "--provider", "Stone Mill", "--kind", "Salt")
    assert "[actions.unknown]" in told
    assert house.rows() == before


NEEDING_TABLES = (
    ("check",),
    ("record", "raise", "5 kg", "--provider", "Stone Mill", "--kind", "Salt", "--new", "Salt"),
    ("import", "nowhere.jsonld"),
)


@pytest.mark.parametrize("arguments", NEEDING_TABLES, ids=itemgetter(0))
def test_a_house_without_tables_says_how_to_make_them(empty_house, arguments):
    said = empty_house.refused(*arguments)
    assert said == "This house has no tables yet. Run “oce migrate”. [site.no_tables]\n"


def test_a_house_with_the_tables_of_an_older_version_says_how_to_renew_them(house):
    house.went_back("claims", "zero")
    for arguments in NEEDING_TABLES[:2]:
        said = house.refused(*arguments)
        assert "older version" in said
        assert said.endswith("run “oce migrate”. [site.old_tables]\n")
    house.said("migrate")
    assert "all is well" in house.said("check", "ledger")


def test_a_lot_is_followed_at_the_shell(house):
    forward = house.said("trace", "F-1", "--lot", "--forward")
    assert "Bread L-1" in forward
    assert "Bread L-2" not in forward
    assert "Wheat W-1" in house.said("trace", "L-1", "--lot")
    assert "[trace.unknown_start]" in house.refused("trace", "X-99", "--lot")


def test_everything_goes_out_and_comes_in_again(house, new_house, tmp_path):
    file = tmp_path / "all.jsonld"
    house.said("export", file)
    new_house.said("import", file)
    counted = "SELECT count(*) FROM {}"
    for table in ("events_economicevent", "resources_economicresource", "agents_agent", "processes_process"):
        assert new_house.asked(counted.format(table)) == house.asked(counted.format(table))
    stock = "SELECT name, onhand_quantity_value FROM resources_economicresource ORDER BY name, onhand_quantity_value"
    assert new_house.asked(stock) == house.asked(stock)
    assert new_house.said("check", "ledger") == "ledger: all is well.\n"


def test_a_house_that_takes_another_in_keeps_its_standard_roles_single(house, empty_house, tmp_path):
    sent, back = tmp_path / "sent.jsonld", tmp_path / "back.jsonld"
    house.said("export", sent)
    elsewhere = {"OCE_ADDRESS": "https://other.example"}
    for arguments in (("migrate",), ("import", sent), ("export", back)):
        done = empty_house.oce(*arguments, **elsewhere)
        assert done.returncode == 0, done.stderr
    roles = "SELECT role_label, inverse_role_label, iri FROM agents_agentrelationshiprole ORDER BY iri"
    assert empty_house.asked(roles) == house.asked(roles)
    assert len(house.asked(roles)) == 4
    assert back.read_bytes() == sent.read_bytes()


def test_a_file_that_is_not_there_is_refused(house):
    assert "nowhere.jsonld" in house.refused("import", "nowhere.jsonld")


def test_check_finds_the_stories_well(house):
    said = house.said("check")
    assert "ledger: all is well.\n" in said
    assert "references: all is well.\n" in said


def test_check_names_the_first_resource_that_differs_from_its_events(house):
    house.asked(
        "UPDATE resources_economicresource SET onhand_quantity_value ="
        " (SELECT accounting_quantity_value FROM resources_economicresource WHERE name = 'Salt N-3')"
        " WHERE name = 'Bran B-1' OR name = 'Vesta'"
    )
    done = house.oce("check", "ledger")
    assert done.returncode == 1
    vesta, bran = done.stdout.splitlines()
    assert re.fullmatch(r"ledger: Vesta \(http://\S+\): onhand is stored as 21.8, but its events give 1\.", vesta)
    assert "Bran B-1" in bran


def test_the_apps_introduce_themselves(empty_house):
    said = empty_house.said("apps")
    assert "events: Ledger." in said
    assert "needs agents, knowledge, agreements, resources, processes" in said
    assert "demo, shell" in said


def test_the_schema_is_printed(empty_house):
    assert "\ntype Query {\n" in empty_house.said("schema")


def test_a_reader_who_has_seen_enough_hears_no_complaint(empty_house):
    pipeline = subprocess.run(
        f"{' '.join(houses.OCE)} schema | head -n 1",
        shell=True,
        env=empty_house.environment(),
        capture_output=True,
        text=True,
        timeout=houses.SECONDS_MAX,
        check=True,
    )
    assert pipeline.stderr == ""


def test_a_backup_brings_back_every_row(house, empty_house, tmp_path):
    file = tmp_path / "backups" / "village.oce"
    before = house.rows()
    assert str(file) in house.said("backup", file)
    assert file.stat().st_mode & 0o077 == 0
    assert "restored" in empty_house.said("restore", file)
    assert empty_house.rows() == before
    # That there is a backup is noted afterwards, for the console.
    assert [each for each in house.rows()["node_backup"] if "village.oce" in each] != []
    assert empty_house.said("check", "ledger") == "ledger: all is well.\n"
    assert "[node.backup_exists]" in house.refused("backup", file)


def test_a_house_with_records_is_only_replaced_on_purpose(house, tmp_path):
    file = tmp_path / "village.oce"
    before = house.rows()
    house.said("backup", file)
    house.said("record", "raise", "5 kg", "--provider", "Stone Mill", "--kind", "Salt", "--new", "Mill salt")
    after = house.rows()
    assert "[node.not_empty]" in house.refused("restore", file)
    assert house.rows() == after
    house.said("restore", file, "--replace")
    assert house.rows() == before


def test_a_damaged_backup_is_refused_and_nothing_is_lost(house, tmp_path):
    file = tmp_path / "village.oce"
    house.said("backup", file)
    before = house.rows()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    assert "[node.no_backup]" in house.refused("restore", file, "--replace")
    assert "[node.no_backup]" in house.refused("restore", tmp_path / "nowhere", "--replace")
    assert house.rows() == before


def test_a_backup_of_a_newer_version_is_refused(house, tmp_path):
    file, newer = tmp_path / "village.oce", tmp_path / "newer.oce"
    house.said("backup", file)
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(newer, "w") as changed:
        about = json.loads(archive.read("about.json"))
        changed.writestr("about.json", json.dumps(about | {"version": "99.1"}))
        changed.writestr("database", archive.read("database"))
    before = house.rows()
    assert "[node.newer_backup]" in house.refused("restore", newer, "--replace")
    assert house.rows() == before


@pytest.mark.skipif(
    houses.IS_POSTGRES, reason="A house on SQLite reads no backup of PostgreSQL; one direction suffices."
)
def test_a_backup_of_another_kind_of_database_is_refused(house, tmp_path):
    file, other = tmp_path / "village.oce", tmp_path / "other.oce"
    house.said("backup", file)
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(other, "w") as changed:
        about = json.loads(archive.read("about.json"))
        changed.writestr("about.json", json.dumps(about | {"database": "postgresql"}))
        changed.writestr("database", archive.read("database"))
    said = house.refused("restore", other, "--replace")
    assert "was written by postgresql, and this house keeps its records in sqlite." in said
    assert "[node.other_database]" in said


@pytest.mark.skipif(not houses.IS_POSTGRES, reason="SQLite copies itself, without the programs of PostgreSQL.")
def test_a_backup_needs_the_programs_of_postgresql(house, tmp_path):
    file = tmp_path / "village.oce"
    done = house.oce("backup", file, PATH=str(tmp_path))
    assert (done.returncode, file.exists()) == (1, False)
    assert "[node.no_pg_dump]" in done.stderr


@pytest.mark.skipif(not houses.IS_POSTGRES, reason="SQLite copies itself, without the programs of PostgreSQL.")
def test_what_pg_dump_complains_of_is_told(house, tmp_path):
    broken = tmp_path / "pg_dump"
    broken.write_text("#!/bin/sh\necho no space left >&2\nexit 1\n", encoding="ascii")
    broken.chmod(0o755)
    done = house.oce("backup", tmp_path / "village.oce", PATH=str(tmp_path))
    assert "pg_dump failed: no space left [node.backup_failed]" in done.stderr


def test_ctrl_c_ends_a_verb_without_a_complaint(house):
    process = subprocess.Popen(
        [*houses.OCE, "work"], env=house.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        time.sleep(5)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, ("", ""))
