"""What was kept for a while only goes when its time is over, and nothing else does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oce.kit import tidying
from oce.kit.clock import now
from oce.kit.journal import Answer
from oce.kit.outbox import Job

pytestmark = pytest.mark.django_db


def test_old_answers_and_done_work_go_and_what_is_young_or_open_stays(monkeypatch, settings):
    monkeypatch.setattr(tidying, "PORTION", 2)
    settings.OCE_ANSWERS_KEPT_DAYS = 7
    for days in (30, 20, 10, 8, 8, 6, 0):
        then = now() - timedelta(days=days)
        Answer.objects.create(actor="a", key=f"{days} {Answer.objects.count()}", at=then)
        Job.objects.create(worker="w", made=then, due=then, done=then)
    long_open = Job.objects.create(worker="w", made=now() - timedelta(days=90), due=now())
    assert tidying.throw_away_old() == 10
    assert [each.key[0] for each in Answer.objects.order_by("id")] == ["6", "0"]
    assert Job.objects.count() == 3
    assert Job.objects.filter(pk=long_open.pk).exists()
    assert tidying.throw_away_old() == 0
