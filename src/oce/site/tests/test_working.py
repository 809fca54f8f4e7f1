"""The worker goes on whatever happens to the database, and is started anew whatever happens to itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import OperationalError

from oce.site import working
from oce.site.tests import houses


def rounds(number):
    """Return what wants so many rounds of the worker."""
    left = iter(range(number))
    return lambda: next(left, None) is not None


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(working, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(working, "close_old_connections", lambda: None)


def test_the_worker_goes_on_when_the_database_was_busy(monkeypatch, caplog):
    tried = []

    def fail_first():
        tried.append(1)
        if len(tried) == 1:
            raise OperationalError("database is locked")
        return 0

    monkeypatch.setattr(working.outbox, "do_waiting", fail_first)
    monkeypatch.setattr(working, "throw_away_old", lambda: 0)
    working.work(rounds(3))
    assert len(tried) == 3
    assert "cannot reach the database" in caplog.text


def test_a_fault_of_ours_is_not_taken_for_one_of_the_database(monkeypatch):
    monkeypatch.setattr(working.outbox, "do_waiting", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        working.work(rounds(3))


def test_what_is_old_is_thrown_away_when_nothing_waits_and_not_at_every_look(monkeypatch):
    thrown, waiting = [], iter([5, 0, 0, 0])
    monkeypatch.setattr(working.outbox, "do_waiting", lambda: next(waiting))
    monkeypatch.setattr(working, "throw_away_old", lambda: thrown.append(1))
    working.work(rounds(1))
    assert thrown == []
    working.work(rounds(3))
    assert thrown == [1]


def children_of(pid):
    listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(child) for child in listing.stdout.split()]


def within(seconds, look):
    """Return what `look` returns as soon as it is something."""
    waited_until = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < waited_until:
        time.sleep(0.1)
    return found


def test_a_worker_that_was_killed_is_started_anew(tmp_path):
    with houses.demolished(houses.empty(tmp_path)) as house:
        house.said("migrate")
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "oce.site.supervising", str(os.getpid())],
            env=house.environment(),
            stderr=subprocess.PIPE,
            text=True,
        )
        with supervisor:
            (first,) = within(30, lambda: children_of(supervisor.pid))
            os.kill(first, signal.SIGKILL)
            (second,) = within(30, lambda: [pid for pid in children_of(supervisor.pid) if pid != first])
            supervisor.terminate()
            assert supervisor.wait(30) == 0
            assert f"The worker ended (-{signal.SIGKILL.value}); it is started anew in 1 s." in supervisor.stderr.read()
        with pytest.raises(ProcessLookupError):
            os.kill(second, 0)
