"""Work that waits is done once it is due, tried again when it fails, and given up in the end."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError

from oce.kit import heartbeat, outbox
from oce.kit.clock import now, standing_at
from oce.kit.outbox import LEASE_SECONDS, TRIES_MAX, Job, do_waiting, enqueue, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """What the worker `bake` was given; it fails while the work says so."""
    monkeypatch.setattr(outbox, "_workers", {})
    seen = []

    @worker("bake")
    def bake(work):
        seen.append(work)
        if work.get("fails"):
            raise ZeroDivisionError("oven is cold")

    return seen


def test_work_is_done_in_its_order_and_once(done):
    for number in range(3):
        enqueue("bake", {"number": number})
    assert do_waiting() == 3
    assert do_waiting() == 0
    assert [work["number"] for work in done] == [0, 1, 2]
    assert str(Job.objects.first()) == "bake (done)"


def test_no_more_than_asked_is_done(done):
    for number in range(3):
        enqueue("bake", {"number": number})
    assert do_waiting(limit=2) == 2
    assert len(done) == 2


def test_the_same_work_waits_once_if_asked_so(done):
    for number in (1, 1, 2):
        enqueue("bake", {"number": number}, once=True)
    assert Job.objects.count() == 2
    do_waiting()
    enqueue("bake", {"number": 1}, once=True)
    assert Job.objects.count() == 3


def test_failed_work_is_tried_again_later_and_given_up_in_the_end(done):
    enqueue("bake", {"fails": True})
    assert do_waiting() == 1
    job = Job.objects.get()
    assert (job.tries, job.done, job.fault) == (1, None, "ZeroDivisionError: oven is cold")
    assert job.leased is None
    assert do_waiting() == 0
    later = now()
    for _ in range(TRIES_MAX + 3):
        later += timedelta(days=10)
        with standing_at(later):
            do_waiting()
    job.refresh_from_db()
    assert len(done) == job.tries == TRIES_MAX
    assert job.is_given_up
    assert str(job) == f"bake ({TRIES_MAX} tries)"


def test_work_that_nobody_knows_is_a_failure_and_not_lost(done):
    enqueue("unheard of")
    do_waiting()
    assert "KeyError" in Job.objects.get().fault


def test_work_that_takes_long_is_done_by_one_worker_only(done, monkeypatch):
    """A second worker looks while the first is at it, later than a retry would wait and when it could be renewed."""
    looked = []

    @worker("build")
    def build(work):
        for seconds in (0, 60, LEASE_SECONDS - 1):
            with standing_at(now() + timedelta(seconds=seconds)):
                looked.append(do_waiting())

    enqueue("build")
    assert do_waiting() == 1
    assert looked == [0, 0, 0]
    assert Job.objects.get().done is not None


def test_the_work_of_a_worker_that_died_is_taken_over_when_its_lease_has_run_out(done):
    class Killed(BaseException):
        pass

    @worker("build")
    def die(work):
        raise Killed

    enqueue("build")
    with pytest.raises(Killed):
        do_waiting()
    assert Job.objects.get().leased is not None
    worker("build")(done.append)
    assert do_waiting() == 0
    with standing_at(now() + timedelta(seconds=LEASE_SECONDS + 1)):
        assert do_waiting() == 1
    job = Job.objects.get()
    assert (done, job.tries, job.leased) == ([{}], 2, None)
    assert job.done is not None


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_as_long_as_the_work_takes(done, monkeypatch):
    monkeypatch.setattr(outbox, "RENEWAL_SECONDS", 0.05)
    until = []

    @worker("build")
    def build(work):
        until.append(Job.objects.get().leased)
        waited_until = time.monotonic() + 30
        while time.monotonic() < waited_until and Job.objects.get().leased == until[0]:
            time.sleep(0.05)
        until.append(Job.objects.get().leased)

    enqueue("build")
    do_waiting()
    assert until[1] > until[0]


@pytest.mark.django_db(transaction=True)
def test_a_lease_that_cannot_be_renewed_ends_nothing(done, monkeypatch, caplog):
    monkeypatch.setattr(outbox, "RENEWAL_SECONDS", 0.05)
    warned = Event()

    def fail():
        warned.set()
        raise OperationalError("database is locked")

    @worker("build")
    def build(work):
        monkeypatch.setattr(outbox, "_lease", fail)
        assert warned.wait(30)

    enqueue("build")
    do_waiting()
    assert Job.objects.get().done is not None
    assert "could not be renewed" in caplog.text


def test_a_sign_of_life_is_given_before_each_work(done, settings, tmp_path):
    settings.OCE_HOME = tmp_path
    assert heartbeat.seconds_silent() is None
    do_waiting()
    with standing_at(now() + timedelta(seconds=90)):
        assert heartbeat.seconds_silent() in {89, 90}
        do_waiting()
        assert heartbeat.seconds_silent() == 0
