"""Several events in one wish: undone together, replaced by what did happen, or recorded in a process that nobody planned."""

from __future__ import annotations

import pytest

from oce.apps.events.commands import record_instead, record_unplanned, undo_event, undo_events
from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.tests.village import Village, assert_replays, balances, hours, kg, written
from oce.apps.processes.models import Process
from oce.kit.actor import STRANGER, SYSTEM
from oce.kit.journal import JournalLine
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    village = Village()
    yield village
    assert_replays()


def baking(village, flour):
    """Record what a morning in the bakery was, and return its events."""
    bread = {"resource_conforms_to": village.bread, "new_resource": ResourceDraft({"name": "Bread"})}
    return record_unplanned(
        SYSTEM,
        {"name": "Bread for the feast", "in_scope_of": village.mill},
        [
            village.draft("work", effort_quantity=hours(2), resource_classified_as=("baking",)),
            village.draft("consume", 4, resource_inventoried_as=flour),
            village.draft("produce", 6, **bread),
        ],
    )


def test_what_nobody_planned_is_recorded_in_a_process_of_its_own(village):
    flour = village.stocked(10)
    work, consumed, made = baking(village, flour)
    process = Process.objects.get(name="Bread for the feast")
    assert process.in_scope_of == village.mill
    assert (work.input_of, consumed.input_of, made.output_of) == (process, process, process)
    assert balances(flour) == ("6", "6")
    told = JournalLine.objects.latest("id").sentence
    assert told == f"system: recorded 3 events of work that nobody had planned, the first of them {work}"


def test_a_refused_line_leaves_no_process_behind(village):
    before, processes = written(), Process.objects.count()
    with pytest.raises(Refused) as refused:
        record_unplanned(SYSTEM, {"name": "Nothing"}, [village.draft("work", effort_quantity=hours(1))])
    assert [each.code for each in refused.value.refusals] == ["flows.no_resource"]
    assert (written(), Process.objects.count()) == (before, processes)


def test_a_transfer_told_beside_unplanned_work_stands_in_no_process(village):
    flour = village.stocked(10)
    given = village.draft("transfer", 2, resource_inventoried_as=flour, receiver=village.bakery)
    (event,) = record_unplanned(SYSTEM, {"name": "Market"}, [given])
    assert (event.input_of, event.output_of) == (None, None)


def test_several_events_are_undone_together(village):
    flour = village.stocked(10)
    events = baking(village, flour)
    corrections = undo_events(SYSTEM, events, note="It was another day.")
    assert [each.corrects for each in corrections] == events[::-1]
    assert balances(flour) == ("10", "10")
    assert {each.note for each in corrections} == {"It was another day."}


def test_of_several_events_none_is_undone_where_one_was_undone_before(village):
    flour = village.stocked(10)
    events = baking(village, flour)
    undo_event(SYSTEM, events[0])
    before = written()
    with pytest.raises(Refused) as refused:
        undo_events(SYSTEM, events)
    assert [each.code for each in refused.value.refusals] == ["events.nothing_left"]
    assert written() == before


def test_what_was_wrong_is_replaced_by_what_did_happen(village):
    flour = village.stocked(10)
    wrong = village.record("consume", 4, resource_inventoried_as=flour)
    (right,) = record_instead(
        SYSTEM, [wrong], [village.draft("consume", 3, resource_inventoried_as=flour)], note="weighed again"
    )
    assert balances(flour) == ("7", "7")
    assert EconomicEvent.objects.get(corrects=wrong).note == "weighed again"
    assert (right.corrects, right.resource_quantity) == (None, kg(3))


def test_a_second_tab_does_not_replace_again_what_was_replaced(village):
    flour = village.stocked(10)
    wrong = village.record("consume", 4, resource_inventoried_as=flour)
    right = [village.draft("consume", 3, resource_inventoried_as=flour)]
    record_instead(SYSTEM, [wrong], right)
    with pytest.raises(Refused) as refused:
        record_instead(SYSTEM, [wrong], right)
    assert [each.code for each in refused.value.refusals] == ["events.nothing_left"]
    assert balances(flour) == ("7", "7")


@pytest.mark.parametrize("wish", [lambda: undo_events(SYSTEM, []), lambda: record_instead(SYSTEM, [], [])])
def test_a_wish_about_no_event_at_all_is_refused(wish):
    with pytest.raises(Refused) as refused:
        wish()
    assert [each.code for each in refused.value.refusals] == ["events.too_many"]


def test_a_stranger_may_do_none_of_it(village):
    flour = village.stocked(10)
    event = village.record("consume", 1, resource_inventoried_as=flour)
    for wish in (
        lambda: undo_events(STRANGER, [event]),
        lambda: record_instead(STRANGER, [event], [village.draft("consume", 1, resource_inventoried_as=flour)]),
        lambda: record_unplanned(STRANGER, {"name": "Theft"}, []),
    ):
        with pytest.raises(Refused) as refused:
            wish()
        assert [each.code for each in refused.value.refusals] == ["kit.not_allowed"]
