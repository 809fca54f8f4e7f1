"""Actors may what they hold the power for, and see what apps let them see."""

from __future__ import annotations

import pytest

from oce.kit import actor as actors
from oce.kit.actor import STRANGER, SYSTEM, Actor, Power, narrow_views, operator, seen_by
from oce.kit.records import record_model
from oce.kit.testing.factories import agreement


def test_powers_include_none_of_the_others():
    recorder = Actor("Ana", powers=frozenset({Power.RECORD}))
    assert recorder.may(Power.RECORD)
    assert not recorder.may(Power.READ)
    assert all(operator().may(power) and SYSTEM.may(power) and not STRANGER.may(power) for power in Power)


@pytest.mark.django_db
def test_who_may_not_read_sees_nothing_and_apps_narrow_the_rest(monkeypatch):
    monkeypatch.setattr(actors, "_views", [])
    public, secret = agreement("public"), agreement("secret")
    every = record_model("agreement").every()
    assert list(seen_by(STRANGER, every)) == []
    assert list(seen_by(operator(), every)) == [public, secret]
    narrow_views(lambda _actor, _records: None)
    narrow_views(lambda _actor, records: records.exclude(name="secret"))
    assert list(seen_by(operator(), every)) == [public]
