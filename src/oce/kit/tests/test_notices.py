"""Notices are heard after the commit, or together with the change."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction

from oce.kit import notices
from oce.kit.notices import announce, hears, listeners
from oce.vf.refusals import Refusal, Refused

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Baked:
    """Bread was baked."""

    loaves: int


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch):
    for name in ("_after", "_together"):
        monkeypatch.setattr(notices, name, type(getattr(notices, name))(list))


def test_a_notice_is_heard_after_the_commit():
    heard = []
    hears(Baked)(heard.append)
    with transaction.atomic():
        announce(Baked(20))
        assert heard == []
    assert heard == [Baked(20)]


def test_nothing_is_told_of_what_was_undone():
    heard = []
    hears(Baked)(heard.append)
    with transaction.atomic():
        announce(Baked(20))
        transaction.set_rollback(True)
    assert heard == []


def test_a_listener_together_with_the_change_may_refuse():
    @hears(Baked, together=True)
    def refuse(notice):
        raise Refused(Refusal("test.full", "The shelf is full."))

    with pytest.raises(Refused), transaction.atomic():
        announce(Baked(20))


def test_a_listener_that_fails_is_no_fault_of_the_others(caplog):
    heard = []

    @hears(Baked)
    def fail(notice):
        raise ZeroDivisionError

    hears(Baked)(heard.append)
    with transaction.atomic():
        announce(Baked(20))
    assert heard == [Baked(20)]
    assert "failed to hear Baked" in caplog.text


def test_a_listener_hears_once_however_often_it_was_marked():
    heard = []

    def listener(notice):
        heard.append(notice)

    hears(Baked)(listener)
    hears(Baked)(listener)
    announce(Baked(1))
    assert heard == [Baked(1)]
    (name,) = listeners()
    assert name.endswith("Baked")
    assert listeners()[name][0].endswith("listener")
