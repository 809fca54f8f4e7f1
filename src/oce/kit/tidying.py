"""Throws away what was kept for a while only: the answers to wishes with a key, and work that is done."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from oce.kit import clock
from oce.kit.journal import Answer
from oce.kit.outbox import Job

# So many rows go at once: nobody waits long behind it.
PORTION = 1_000


def throw_away_old() -> int:
    """Remove answers and done work older than `OCE_ANSWERS_KEPT_DAYS`, and return how many rows that were."""
    before = clock.now() - timedelta(days=settings.OCE_ANSWERS_KEPT_DAYS)
    thrown = 0
    # Answers stand in the order of their time, so the first ones tell whether there is anything to do.
    while old := [key for key, at in Answer.objects.order_by("id").values_list("id", "at")[:PORTION] if at < before]:
        thrown += Answer.objects.filter(pk__in=old).delete()[0]
    while old := list(Job.objects.filter(done__lt=before).values_list("id", flat=True)[:PORTION]):
        thrown += Job.objects.filter(pk__in=old).delete()[0]
    return thrown
