"""What a code means, what a thing was made from, who worked on it, and how it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oce.apps.events.commands import record_event
from oce.apps.resources.models import BatchLotRecord
from oce.apps.things import life, queries, state
from oce.apps.things.commands import count_thing, move_things
from oce.apps.things.holdings import Asked, Holdings
from oce.apps.things.tests.yard import Yard, fresh
from oce.kit import clock
from oce.kit.actor import STRANGER
from oce.kit.testing.factories import kind, make, place
from oce.kit.testing.notation import quantity

pytestmark = pytest.mark.django_db


@pytest.fixture
def yard():
    return Yard()


def test_a_code_is_an_address_an_identifier_a_lot_a_serial_number_or_a_name(yard, actor):
    drill = yard.stocked("Drill", kind("Drill", unit="one"), "1 one", tracking_identifier="SN-9")
    for code in (
        str(yard.jam.uid),
        yard.jam.address,
        f"{yard.jam.address}/passport",
        f"  {yard.jam.address}/label ",
        "J-7",
        yard.jam.of_batch_lot.address,
        "Plum jam",
    ):
        assert queries.found_by_code(actor, code) == [yard.jam], code
    assert queries.found_by_code(actor, "SN-9") == [drill]
    for code in ("4006381333931", "", "\x00", "https://elsewhere.example/thing/1", "x" * 10_000):
        assert queries.found_by_code(actor, code) == [], code
    assert queries.found_by_code(STRANGER, "J-7") == []


def test_by_day_what_is_over_first_stands_first_and_what_has_no_day_last(yard, actor):
    BatchLotRecord.objects.filter(pk=yard.jam.of_batch_lot.pk).update(expiration_date=clock.now() + timedelta(days=9))
    yard.stocked("Drill", kind("Drill", unit="one"), "1 one")
    by_day = Holdings(actor, Asked(sort="day")).lines
    assert [line.thing.name for line in by_day] == ["Plum jam", "Drill"]


def test_what_a_thing_was_made_from_and_who_worked_on_it(yard, actor):
    events = queries.events_of(actor, yard.jam)
    around = queries.surroundings_of(actor, yard.jam, events)
    assert [(each.name, each.amount) for each in life.made_from(around, events, yard.jam)] == [
        ("Plums", quantity("20 kg"))
    ]
    told = {
        str(each.agent): [(str(deed.words), deed.amounts, deed.what) for deed in each.deeds]
        for each in life.contributors_of(around, events)
    }
    assert told == {
        "Plum Kitchen": [("gave", (quantity("20 kg"),), "Plums"), ("made", (quantity("40 one"),), "Jam")],
        "Ana": [("worked", (quantity("3 h"),), "Cooking work")],
    }


def test_what_a_thing_went_into(yard, actor):
    events = queries.events_of(actor, yard.plums)
    around = queries.surroundings_of(actor, yard.plums, events)
    assert [each.name for each in life.went_into(around, events, yard.plums)] == ["Plum jam"]


def test_the_life_of_a_thing_says_what_came_and_went_and_what_was_undone(yard, actor):
    count_thing(actor, yard.jam, quantity("38 one"))
    move_things(actor, [yard.jam], yard.shelf)
    events = queries.events_of(actor, yard.jam)
    moments = life.moments_of(yard.jam, events, [events[1].pk])
    assert [(each.event.action, each.change, each.is_undone) for each in moments] == [
        ("move", None, False),
        ("lower", quantity("-2 one"), True),
        ("produce", quantity("40 one"), False),
    ]


def test_a_thing_stands_as_it_is_counted_and_dated(yard, actor):
    assert state.state_of(fresh(yard.jam)) == state.ENOUGH
    for days, expected in ((-1, state.EXPIRED), (3, state.SOON_OVER), (30, state.ENOUGH)):
        BatchLotRecord.objects.update(expiration_date=clock.now() + timedelta(days=days))
        assert state.state_of(fresh(yard.jam)) == expected
        assert [line.thing for line in Holdings(actor, Asked(stands=expected.name)).lines] == [yard.jam]
    count_thing(actor, yard.jam, quantity("0 one"))
    assert state.state_of(fresh(yard.jam)) == state.GONE
    assert [line.thing for line in Holdings(actor, Asked(stands="gone")).lines] == [yard.jam, yard.plums]


def test_the_inventory_sums_kinds_and_counts_places_with_the_places_inside(yard, actor):
    house = place("House")
    shelf = make("spatial-thing", name="Back shelf", within=house)
    more = yard.stocked("More jam", yard.jam_kind, "2.5 one")
    move_things(actor, [more], shelf)
    everywhere = Holdings(actor, Asked())
    assert [(tile.kind, tile.amount, tile.number) for tile in everywhere.tiles] == [
        (yard.jam_kind, quantity("42.5 one"), 2)
    ]
    assert [(each.place.name, each.depth, each.number) for each in everywhere.places] == [
        ("Cellar", 0, 1),
        ("House", 0, 1),
    ]
    inside = Holdings(actor, Asked(place=house.uid))
    assert [line.thing for line in inside.lines] == [more]
    assert [(each.place.name, each.depth) for each in inside.places] == [("Cellar", 0), ("House", 0), ("Back shelf", 1)]


def test_the_inventory_is_searched_narrowed_and_seen_by_those_who_may(yard, actor):
    assert [line.thing for line in Holdings(actor, Asked(sought="j-7")).lines] == [yard.jam]
    assert [line.thing for line in Holdings(actor, Asked(sought="JAM")).lines] == [yard.jam]
    assert Holdings(actor, Asked(sought="nothing of that name")).count == 0
    assert Holdings(actor, Asked(kind=yard.plums_kind.uid)).count == 0
    assert Holdings(actor, Asked(agents=frozenset({yard.kitchen.pk}))).count == 1
    assert Holdings(actor, Asked(agents=frozenset({yard.shop.pk}))).count == 0
    assert Holdings(STRANGER, Asked()).count == 0


def test_money_is_no_thing_on_a_shelf(yard, actor):
    euro = kind("Euro", unit="one", medium_of_exchange=True)
    yard.stocked("Cash", euro, "100 one")
    assert [tile.kind for tile in Holdings(actor, Asked()).tiles] == [yard.jam_kind]


def test_a_shortage_is_shown_before_all_else(yard, actor):
    flour = yard.stocked("Flour", kind("Flour"), "1 kg")
    record_event(actor, yard.draft("lower", "3 kg", resource_inventoried_as=flour))
    assert [tile.state for tile in Holdings(actor, Asked()).tiles] == [state.SHORT, state.ENOUGH]
    assert [line.thing for line in Holdings(actor, Asked(stands="short")).lines] == [flour]
