"""A private PostgreSQL server comes, is the only one's who started it, and goes."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from oce.kit.testing import postgres

LONG_RUN = """
import time
from oce.kit.testing import postgres
with postgres.server(durable=False) as address:
    print(address, flush=True)
    time.sleep(60)
"""

needs_postgres = pytest.mark.skipif(postgres.programs() is None, reason=postgres.NOT_HERE)


def folder_of(address):
    return Path(parse_qs(urlsplit(address).query)["host"][0])


@needs_postgres
def test_a_server_answers_listens_on_no_network_and_leaves_nothing():
    with postgres.server() as address:
        folder = folder_of(address)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        with psycopg.connect(address) as connection:
            settings = connection.execute("SELECT current_setting('listen_addresses'), current_setting('fsync')")
            assert settings.fetchone() == ("", "on")
    assert not folder.exists()


@needs_postgres
def test_a_server_for_tests_does_not_wait_for_the_disk():
    with postgres.server(durable=False) as address, psycopg.connect(address) as connection:
        assert connection.execute("SELECT current_setting('fsync')").fetchone() == ("off",)


def fail_while_connected(folders):
    """Raise inside the server's context while a connection is open; leave the server's folder in the list."""
    with postgres.server(durable=False) as address, psycopg.connect(address) as connection:
        folders.append(folder_of(address))
        connection.execute("SELECT 1")
        raise RuntimeError("the run failed")


@needs_postgres
def test_a_server_is_stopped_when_the_run_fails():
    folders = []
    with pytest.raises(RuntimeError, match="the run failed"):
        fail_while_connected(folders)
    assert [folder.exists() for folder in folders] == [False]


@needs_postgres
def test_a_server_is_stopped_when_the_run_is_killed():
    with subprocess.Popen([sys.executable, "-c", LONG_RUN], stdout=subprocess.PIPE, text=True) as killed:
        folder = folder_of(killed.stdout.readline().strip())
        assert folder.exists()
        killed.kill()
    patience = time.monotonic() + 20
    while folder.exists() and time.monotonic() < patience:
        time.sleep(0.1)
    assert not folder.exists()


def test_a_machine_without_postgres_gets_a_sentence(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "INSTALLED_VERSIONS", tmp_path)
    assert postgres.main(["--is-here"]) == 1
    assert "PostgreSQL is skipped" in capsys.readouterr().err
    with pytest.raises(postgres.NoPostgresError, match="is skipped"), postgres.server():
        pass


def test_the_newest_of_several_versions_is_taken(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "INSTALLED_VERSIONS", tmp_path)
    for version in ("9.6", "15", "16"):
        for name in postgres.NEEDED:
            program = tmp_path / version / "bin" / name
            program.parent.mkdir(parents=True, exist_ok=True)
            program.touch()
    assert postgres.programs() == tmp_path / "16" / "bin"


@needs_postgres
def test_a_command_runs_with_the_servers_address(capfd):
    assert postgres.main(["sh", "-c", "echo $OCE_DATABASE; exit 3"]) == 3
    assert capfd.readouterr().out.startswith("postgres://oce@/postgres?host=")
