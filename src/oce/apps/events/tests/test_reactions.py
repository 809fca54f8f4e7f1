"""The ledger asks for its columns to be written on when it has grown enough, and the outbox does it."""

from __future__ import annotations

import pytest

from oce.apps.events import sequence, snapshot
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft
from oce.kit import outbox
from oce.kit.actor import SYSTEM
from oce.kit.testing import factories
from oce.vf.measures import measure

pytestmark = pytest.mark.django_db(transaction=True)


def work_done() -> None:
    person = factories.person()
    record_event(
        SYSTEM,
        EventDraft("work", person, person, resource_conforms_to=factories.kind(), effort_quantity=measure("1 hour")),
    )


def test_a_few_thousand_places_further_the_columns_are_written(monkeypatch, settings, tmp_path) -> None:
    settings.OCE_HOME = tmp_path
    monkeypatch.setattr(sequence, "TAIL_MAX", 2)
    for _ in range(3):
        work_done()
    assert outbox.Job.objects.filter(done=None).count() == 1
    assert snapshot.folder().exists() is False
    assert outbox.do_waiting() == 1
    assert outbox.Job.objects.get().fault == ""
    assert snapshot.refresh().table(["id"]).num_rows == 3
    assert len(list(snapshot.folder().glob("*.parquet"))) == 1
