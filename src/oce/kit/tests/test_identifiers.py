"""Identifiers are fresh and in order, and in a story they repeat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

from oce.kit import clock
from oce.kit.identifiers import new_uid, seeded_by

NOON = datetime(2026, 9, 3, 12, tzinfo=UTC)


def told(seed: str, *moments: datetime):
    with seeded_by(seed):
        uids = []
        for moment in moments:
            with clock.standing_at(moment):
                uids += [new_uid() for _ in range(5_000)]
    return uids


def test_identifiers_are_fresh_and_sort_by_birth():
    uids = [new_uid() for _ in range(1_000)]
    assert sorted(uids) == uids
    assert len(set(uids)) == len(uids)


def test_the_same_seed_and_the_same_moments_give_the_same_identifiers():
    assert told("bread", NOON) == told("bread", NOON)
    assert not set(told("bread", NOON)) & set(told("beer", NOON))
    assert new_uid() not in told("bread", NOON)


def test_seeded_identifiers_are_of_version_7_and_sort_by_birth_though_the_clock_is_set_back():
    uids = told("bread", NOON, NOON + timedelta(days=1), NOON)
    assert {(uid.version, uid.variant) for uid in uids} == {(7, RFC_4122)}
    assert sorted(set(uids)) == uids
    assert uids[0].int >> 80 == int(NOON.timestamp() * 1000)
