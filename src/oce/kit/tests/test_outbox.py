"""Work that waits is done once it is due, tried again when it fails, and given up in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oce.kit import outbox
from oce.kit.clock import now, standing_at
from oce.kit.outbox import TRIES_MAX, Job, do_waiting, enqueue, worker

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
