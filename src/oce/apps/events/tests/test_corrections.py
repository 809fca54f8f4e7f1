"""Correcting by a difference and undoing: quantities, places, stages, states, accountables and containers fall back."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from oce.apps.events.commands import correct_event, record_events, undo_event
from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.openings import OpeningDraft, open_resources
from oce.apps.events.tests.village import Village, assert_replays, balances, fresh, hours, inside, kg
from oce.apps.resources.models import EconomicResource
from oce.kit import clock
from oce.kit.actor import SYSTEM
from oce.kit.identifiers import new_uid
from oce.kit.journal import JournalLine
from oce.vf.measures import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    village = Village()
    yield village
    assert_replays()


def test_a_difference_changes_the_balance_and_nothing_else(village):
    flour = village.stocked(10, at=village.barn)
    event = village.record(
        "consume", 4, resource_inventoried_as=flour, input_of=village.bake, realization_of=village.deal
    )
    correction = correct_event(SYSTEM, event, resource_quantity=kg("-1.5"), note="weighed again")
    assert balances(flour) == ("7.5", "7.5")
    assert correction.corrects == event
    assert (correction.action, correction.input_of, correction.realization_of) == (
        "consume",
        village.bake,
        village.deal,
    )
    assert (correction.provider, correction.receiver, correction.note) == (village.mill, village.mill, "weighed again")
    assert correction.previous_event == event
    assert JournalLine.objects.latest("id").sentence == f"system: corrected {correction}"
    correct_event(SYSTEM, event, resource_quantity=kg(2))
    assert balances(flour) == ("5.5", "5.5")


def test_the_day_of_a_correction_is_the_day_it_was_made(village):
    flour = village.stocked(10, has_point_in_time=datetime(2026, 1, 1, tzinfo=UTC))
    with clock.standing_at(datetime(2026, 11, 23, tzinfo=UTC)):
        correction = correct_event(SYSTEM, EconomicEvent.objects.get(), resource_quantity=kg(-1))
    assert correction.created == correction.occurred_at == datetime(2026, 11, 23, tzinfo=UTC)
    assert balances(flour) == ("9", "9")


def test_what_was_undone_did_not_happen(village):
    flour = village.stocked(10, at=village.barn)
    moved = village.record("move", 10, resource_inventoried_as=flour, to_location=village.shop, state="wet")
    assert (fresh(flour).current_location, fresh(flour).state) == (village.shop, "wet")
    undone = village.undo(moved)
    assert undone.resource_quantity == kg(-10)
    now = fresh(flour)
    assert (now.current_location, now.state, now.last_event) == (village.barn, "", undone.pk)
    assert balances(flour) == ("10", "10")


def test_an_undo_in_the_middle_leaves_what_came_later(village):
    flour = village.stocked(10, at=village.barn)
    first = village.record("move", 10, resource_inventoried_as=flour, to_location=village.shop, state="wet")
    village.record("move", 10, resource_inventoried_as=flour, to_location=village.barn)
    village.undo(first)
    assert (fresh(flour).current_location, fresh(flour).state) == (village.barn, "")


def test_a_stage_falls_back(village):
    bread = village.stocked(5, resource_conforms_to=village.bread)
    checking = village.process("Check", based_on=village.baking.__class__.objects.create(name="Checking"))
    village.record("modify", 0, resource_inventoried_as=bread, output_of=village.bake)
    assert fresh(bread).stage == village.baking
    checked = village.record("modify", 5, resource_inventoried_as=bread, output_of=checking, state="pass")
    assert (fresh(bread).stage, fresh(bread).state) == (checking.based_on, "pass")
    village.undo(checked)
    assert (fresh(bread).stage, fresh(bread).state) == (village.baking, "")
    assert balances(bread) == ("5", "5")


def test_what_was_undone_altogether_can_be_brought_in_again_by_somebody_else(village):
    flour = village.stocked(10)
    village.undo(EconomicEvent.objects.get())
    assert fresh(flour).primary_accountable is None
    village.record("raise", 4, resource_inventoried_as=flour, provider=village.bakery, receiver=village.bakery)
    assert (fresh(flour).primary_accountable, balances(flour)) == (village.bakery, ("4", "4"))


def test_rights_go_back(village):
    flour = village.stocked(10)
    event = village.record(
        "transferAllRights",
        10,
        resource_inventoried_as=flour,
        to_resource_inventoried_as=flour,
        receiver=village.bakery,
    )
    assert fresh(flour).primary_accountable == village.bakery
    village.undo(event)
    assert fresh(flour).primary_accountable == village.mill


def test_a_transfer_to_a_new_resource_is_taken_back_from_both(village):
    flour = village.stocked(10)
    event = village.record(
        "transfer", 4, resource_inventoried_as=flour, receiver=village.bakery, resource_conforms_to=village.flour,
        new_resource=ResourceDraft(), to_location=village.shop,
    )  # fmt: skip
    received = event.to_resource_inventoried_as
    correct_event(SYSTEM, event, resource_quantity=kg(-1))
    assert (balances(flour), balances(received)) == (("7", "7"), ("3", "3"))
    undone = village.undo(event)
    assert undone.resource_quantity == kg(-3)
    assert (balances(flour), balances(received)) == (("10", "10"), ("0", "0"))
    now = fresh(received)
    assert (now.primary_accountable, now.current_location) == (None, None)


def test_a_lone_transfer_is_taken_back_on_the_side_it_was_counted_on(village):
    """The receiver's own resource gained (T3); that it has changed hands since does not turn the correction round."""
    theirs = village.stocked(10, agent=village.bakery)
    event = village.record("transfer", 4, resource_inventoried_as=theirs, receiver=village.bakery)
    assert balances(theirs) == ("14", "14")
    handed = village.record(
        "transferAllRights",
        14,
        provider=village.bakery,
        resource_inventoried_as=theirs,
        to_resource_inventoried_as=theirs,
    )
    correct_event(SYSTEM, event, resource_quantity=kg(-1))
    assert balances(theirs) == ("13", "13")
    village.undo(handed)
    village.undo(event)
    assert balances(theirs) == ("10", "10")


def unowned(village):
    """Return flour for which nobody is accountable, as a document may tell of it."""
    flour = EconomicResource.objects.create(conforms_to=village.flour, name="Flour of nobody")
    open_resources(SYSTEM, [(flour, OpeningDraft(Decimal(10), Decimal(10), "kilogram"))])
    return flour


def test_whose_a_lone_resource_is_follows_from_the_hand_over_before(village):
    flour = unowned(village)
    village.record("transferCustody", 4, resource_inventoried_as=flour, receiver=village.bakery)
    assert balances(flour) == ("10", "6")
    village.record("transferCustody", 4, resource_inventoried_as=flour, provider=village.bakery)
    assert balances(flour) == ("10", "10")


def test_a_hand_over_that_was_undone_says_nothing_of_whose_a_resource_is(village):
    """Nobody gave it to the bakery after all: so the bakery gives what is its own, and does not give anything back."""
    flour = unowned(village)
    lent = village.record("transferCustody", 4, resource_inventoried_as=flour, receiver=village.bakery)
    correct_event(SYSTEM, lent, resource_quantity=kg(-1))
    village.undo(lent)
    assert balances(flour) == ("10", "10")
    village.record("transferCustody", 4, resource_inventoried_as=flour, provider=village.bakery)
    assert balances(flour) == ("10", "6")


def test_a_hand_over_that_was_only_corrected_still_counts(village):
    flour = unowned(village)
    lent = village.record("transferCustody", 4, resource_inventoried_as=flour, receiver=village.bakery)
    correct_event(SYSTEM, lent, resource_quantity=kg(-1))
    village.record("transferCustody", 3, resource_inventoried_as=flour, provider=village.bakery)
    assert balances(flour) == ("10", "10")


def test_an_undo_does_not_turn_round_what_was_counted_under_it(village):
    flour = village.stocked(10)
    given = village.record(
        "transferAllRights",
        10,
        resource_inventoried_as=flour,
        to_resource_inventoried_as=flour,
        receiver=village.bakery,
    )
    village.record("transfer", 3, resource_inventoried_as=flour, receiver=village.bakery)
    assert balances(flour) == ("13", "13")
    village.undo(given)
    assert balances(flour) == ("13", "13")


def test_a_combining_is_undone(village):
    box, flour = village.stocked(1), village.stocked(10)
    first = village.record("combine", 10, resource_inventoried_as=flour, to_resource_inventoried_as=box)
    village.undo(first)
    assert (inside(flour), balances(flour)) == ([], ("10", "10"))


def test_a_separating_is_undone(village):
    box, flour = village.stocked(1), village.stocked(10)
    village.record("combine", 10, resource_inventoried_as=flour, to_resource_inventoried_as=box)
    event = village.record("separate", 10, resource_inventoried_as=flour)
    village.undo(event)
    assert (inside(flour), balances(flour)) == ([box], ("10", "0"))


def test_what_lay_in_a_box_that_was_never_made_lies_in_nothing(village):
    flour, salt = village.stocked(10), village.stocked(1)
    village.record("combine", 10, resource_inventoried_as=flour, input_of=village.bake)
    made = village.record(
        "produce", 1, resource_conforms_to=village.bread, output_of=village.bake, new_resource=ResourceDraft()
    )
    village.record("combine", 1, resource_inventoried_as=salt, input_of=village.bake)
    box = made.resource_inventoried_as
    assert (inside(flour), inside(salt)) == ([box], [box])
    village.undo(made)
    assert (inside(flour), inside(salt), balances(box)) == ([], [], ("0", "0"))
    again = village.record(
        "produce", 1, resource_conforms_to=village.bread, output_of=village.bake, new_resource=ResourceDraft()
    )
    assert inside(flour) == inside(salt) == [again.resource_inventoried_as]


def test_a_box_is_counted_in_boxes(village):
    box = village.stocked(Measure(Decimal(1), "one"))
    flour = village.stocked(10)
    event = village.record("combine", 10, resource_inventoried_as=flour, to_resource_inventoried_as=box)
    assert (inside(flour), balances(box)) == ([box], ("1", "1"))
    village.undo(event)
    assert fresh(box).onhand_quantity == Measure(Decimal(1), "one")


def test_effort_is_corrected_and_undone(village):
    event = village.record("work", effort_quantity=hours(4), input_of=village.bake, resource_conforms_to=village.bread)
    correct_event(SYSTEM, event, effort_quantity=hours("-0.5"))
    undone = village.undo(event)
    assert (undone.effort_quantity, undone.resource_quantity) == (hours("-3.5"), None)


def test_an_event_of_nothing_can_be_undone_once(village):
    flour = village.stocked(10, at=village.barn)
    event = village.record("move", 0, resource_inventoried_as=flour, to_location=village.shop)
    village.undo(event)
    assert fresh(flour).current_location == village.barn


def test_drafts_may_correct_and_go_on_in_one_wish(village):
    flour = village.stocked(10, at=village.barn)
    moved = village.record("move", 10, resource_inventoried_as=flour, to_location=village.shop)
    uid = new_uid()
    events = record_events(
        SYSTEM,
        [
            village.draft("move", -10, provider=None, receiver=None, corrects=moved),
            village.draft("consume", 3, resource_inventoried_as=flour, input_of=village.bake, uid=uid),
            village.draft("consume", -1, provider=None, receiver=None, corrects=uid),
            village.draft("consume", -2, provider=None, receiver=None, corrects=str(uid)),
            village.draft("raise", 1, resource_inventoried_as=flour),
        ],
    )
    assert [event.pk - events[0].pk for event in events] == [0, 1, 2, 3, 4]
    assert [event.corrects_id for event in events] == [moved.pk, None, events[1].pk, events[1].pk, None]
    assert balances(flour) == ("11", "11")
    assert fresh(flour).current_location == village.barn


def test_an_event_is_corrected_by_its_address(village):
    flour = village.stocked(10, iri="https://elsewhere.example/event/1")
    undo_event(SYSTEM, "https://elsewhere.example/event/1")
    assert balances(flour) == ("0", "0")


def test_digital_things_lie_in_several_containers_and_fall_back_to_them(village):
    first, second = village.stocked(1), village.stocked(1)
    file = village.stocked(1, new_resource=ResourceDraft({"current_virtual_location": "https://files.example/1"}))
    village.record("combine", 1, resource_inventoried_as=file, to_resource_inventoried_as=first)
    event = village.record("combine", 1, resource_inventoried_as=file, to_resource_inventoried_as=second)
    assert inside(file) == [first, second]
    separated = village.record("separate", 1, resource_inventoried_as=file)
    assert inside(file) == []
    village.undo(separated)
    assert inside(file) == [first, second]
    village.undo(event)
    assert inside(file) == [first]
