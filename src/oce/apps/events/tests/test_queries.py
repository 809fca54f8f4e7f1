"""Questions about the ledger: what happened to a thing, in a process, by an agreement, and what is new."""

from __future__ import annotations

import pytest

from oce.apps.events import queries, recent
from oce.apps.events.commands import correct_event
from oce.apps.events.models import EconomicEvent
from oce.apps.events.sequence import horizon
from oce.apps.events.tests.village import Village, hours, kg
from oce.kit.actor import STRANGER, SYSTEM
from oce.kit.testing.notation import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return Village()


@pytest.fixture
def flour(village):
    return village.stocked(10)


def test_of_more_work_than_is_counted_the_last_is_counted(village, monkeypatch):
    monkeypatch.setattr(recent, "OCCASIONS_MAX", 2)
    for day in (1, 2, 3):
        at = moment(f"2026-11-0{day} 12:00")
        village.record("work", effort_quantity=hours(day), resource_conforms_to=village.bread, has_point_in_time=at)
    found = recent.occasions(SYSTEM, village.mill.pk, None, None)
    assert [each.minutes for each in found] == [120, 180]


def test_a_resource_remembers_what_each_event_left(village, flour):
    village.record("consume", 3, resource_inventoried_as=flour, input_of=village.bake)
    moved = village.record("move", 7, resource_inventoried_as=flour, to_location=village.shop)
    sold = village.record("transferAllRights", 2, resource_inventoried_as=flour, receiver=village.bakery)
    correct_event(SYSTEM, sold, resource_quantity=kg(-1))
    flour.refresh_from_db()
    moves = queries.moves_of(SYSTEM, flour, limit=10)
    assert [move.event.action for move in moves] == [
        "transferAllRights",
        "transferAllRights",
        "move",
        "consume",
        "raise",
    ]
    assert [move.accounting_after for move in moves] == [kg(6), kg(5), kg(7), kg(7), kg(10)]
    assert [move.onhand_after for move in moves] == [kg(7), kg(7), kg(7), kg(7), kg(10)]
    assert [move.accounting for move in moves] == [kg(1), kg(-2), None, kg(-3), kg(10)]
    assert moves[2].event == moved
    assert queries.moves_of(SYSTEM, flour, limit=2) == moves[:2]
    assert queries.moves_of(STRANGER, flour, limit=2) == []


def test_a_process_has_inputs_and_outputs(village, flour):
    first = village.record("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    second = village.record("consume", 2, resource_inventoried_as=flour, input_of=village.bake)
    out = village.record("modify", 0, resource_inventoried_as=flour, output_of=village.bake)
    flows = queries.flows_of(SYSTEM, village.bake, limit=10)
    assert (flows.inputs, flows.outputs) == ([second, first], [out])
    assert queries.flows_of(SYSTEM, village.bake, limit=1).inputs == [second]
    assert queries.flows_of(STRANGER, village.bake, limit=1) == queries.Flows([], [])


def test_an_event_has_corrections(village, flour):
    event = EconomicEvent.objects.get()
    corrections = [correct_event(SYSTEM, event, resource_quantity=kg(change)) for change in (-1, 2)]
    assert queries.corrections_of(SYSTEM, event) == corrections


def test_nothing_is_new_in_an_empty_ledger(village):
    before = horizon()
    assert queries.events_since(SYSTEM, before, limit=10) == queries.News([], before)


@pytest.mark.django_db(transaction=True)
def test_what_is_new_comes_in_portions():
    village = Village()
    before = horizon()
    flour = village.stocked(10)
    for _ in range(4):
        village.record("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    places = list(EconomicEvent.objects.order_by("id").values_list("pk", flat=True))
    seen, since = [], before
    for expected in (2, 2, 1, 0):
        news = queries.events_since(SYSTEM, since, limit=2)
        assert len(news.events) == expected
        seen += [event.pk for event in news.events]
        since = news.until
    assert seen == places
    assert since == places[-1]
    assert queries.events_since(STRANGER, before, limit=10) == queries.News([], places[-1])
