"""The files beside the ledger are a cache: whatever becomes of them, the answers stay the same."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connections

from oce.apps.events import snapshot
from oce.apps.events.balances import balances_at
from oce.apps.events.tests.village import Village
from oce.kit import clock

pytestmark = pytest.mark.django_db(transaction=True)

HARMS = {
    "cut": lambda whole: whole[:-20],
    "emptied": lambda _whole: b"",
    "overwritten": lambda whole: whole[:4] + bytes(len(whole) // 2) + whole[4 + len(whole) // 2 :],
}


@pytest.fixture
def village(settings, tmp_path):
    settings.OCE_HOME = tmp_path
    return Village()


@pytest.fixture
def flour(village):
    flour = village.stocked(10)
    snapshot.refresh()
    village.record("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    snapshot.refresh()
    return flour


def places():
    return snapshot.answered(lambda taken: taken.table(["id", "resource_quantity_value"]))["id"].to_pylist()


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("which", [0, 1])
def test_a_damaged_file_is_thrown_away_and_made_anew(flour, harm, which):
    before = places()
    file = sorted(snapshot.folder().glob("*.parquet"))[which]
    file.write_bytes(HARMS[harm](file.read_bytes()))
    assert balances_at([flour.pk], clock.now())[flour.pk].onhand == Decimal(9)
    assert places() == before
    snapshot.refresh()
    assert snapshot._found().last == before[-1]
    assert places() == before


@pytest.mark.parametrize("harm", HARMS)
def test_whoever_writes_the_files_on_mends_them_too(flour, harm):
    last = snapshot.refresh().last
    for file in snapshot.folder().glob("*.parquet"):
        file.write_bytes(HARMS[harm](file.read_bytes()))
    assert snapshot.refresh().last == last


def test_files_that_are_joined_under_a_reader_are_looked_for_again(village, flour, monkeypatch):
    before, asked = places(), []

    def question(taken):
        if not asked:
            monkeypatch.setattr(snapshot, "FILES_MAX", 1)
            village.record("raise", 1, resource_inventoried_as=flour)
            assert len(snapshot.refresh().files) == 1
        asked.append(taken)
        return taken.table(["id"])["id"].to_pylist()

    assert snapshot.answered(question)[:-1] == before
    assert [len(taken.files) for taken in asked] == [2, 1]


def test_without_any_readable_file_the_database_answers(flour):
    def question(taken):
        if taken.files:
            raise OSError("The disk is gone.")
        return taken.table(["id"])["id"].to_pylist()

    assert snapshot.answered(question) == places()


def test_readers_and_writers_do_not_hinder_each_other(flour):
    before, is_over, written = places(), threading.Event(), []

    def write():
        try:
            while not is_over.is_set():
                for file in snapshot.folder().glob("*.parquet"):
                    file.unlink(missing_ok=True)
                written.append(snapshot.refresh().last)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert all(places() == before for _ in range(50))
    finally:
        is_over.set()
        writer.join()
    assert set(written) == {before[-1]}
