"""What becomes of an event that is recorded: its row, the stock it touched, the journal line, the notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from oce.apps.events.commands import record_event, record_events, undo_event
from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.notices import EventsRecorded
from oce.apps.events.tests.village import Village, assert_replays, balances, fresh, hours, inside, kg, written
from oce.apps.resources.models import BatchLotRecord
from oce.kit import clock, notices
from oce.kit.actor import SYSTEM, operator
from oce.kit.identifiers import new_uid
from oce.kit.journal import JournalLine
from oce.kit.testing.notation import refused
from oce.vf.measures import Measure
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return Village()


def test_an_opening_balance_is_raised(village):
    with clock.standing_at(datetime(2026, 11, 23, 8, 0, tzinfo=UTC)):
        event = village.record(
            "raise",
            kg("12.5"),
            resource_conforms_to=village.flour,
            new_resource=ResourceDraft({"name": "Flour", "tracking_identifier": "F-1"}, lot_code="L-1"),
            to_location=village.barn,
        )
    flour = fresh(event.resource_inventoried_as)
    assert balances(flour) == ("12.5", "12.5")
    assert (flour.onhand_quantity_unit, flour.accounting_quantity_unit) == ("kilogram", "kilogram")
    assert (flour.name, flour.tracking_identifier, flour.conforms_to) == ("Flour", "F-1", village.flour)
    assert (flour.primary_accountable, flour.of_batch_lot.batch_lot_code) == (village.mill, "L-1")
    assert flour.last_event == event.pk
    assert event.created == event.occurred_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_what_is_returned_is_what_is_stored(village):
    returned = village.record(
        "raise",
        kg("0.000000000000000001"),
        resource_conforms_to=village.flour,
        new_resource=ResourceDraft(),
        has_point_in_time=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
        resource_classified_as=("organic", "https://example.org/rye"),
        note="First",
        realization_of=village.deal,
    )
    stored = EconomicEvent.objects.get(pk=returned.pk)
    for field in EconomicEvent._meta.concrete_fields:
        assert getattr(returned, field.attname) == getattr(stored, field.attname), field.attname


def test_lots_of_one_code_are_one_lot(village):
    first = village.stocked(1, new_resource=ResourceDraft(lot_code="L-1"))
    second = village.stocked(1, new_resource=ResourceDraft(lot_code="L-1"))
    other = village.stocked(1, new_resource=ResourceDraft(lot_code="L-2"))
    assert first.of_batch_lot == second.of_batch_lot != other.of_batch_lot
    assert BatchLotRecord.objects.count() == 2


def test_work_use_and_production_are_recorded_in_one_wish(village):
    flour, oven = village.stocked(10), village.stocked(1)
    uid = new_uid()
    events = record_events(
        SYSTEM,
        [
            village.draft("consume", 4, resource_inventoried_as=flour, input_of=village.bake),
            village.draft("work", effort_quantity=hours(3), input_of=village.bake, resource_conforms_to=village.bread),
            village.draft("use", effort_quantity=hours(2), resource_inventoried_as=oven, input_of=village.bake),
            village.draft(
                "produce",
                5,
                resource_conforms_to=village.bread,
                output_of=village.bake,
                new_resource=ResourceDraft(uid=uid),
            ),
            village.draft(
                "transfer",
                2,
                resource_inventoried_as=str(uid),
                receiver=village.bakery,
                resource_conforms_to=village.bread,
                new_to_resource=None,
                new_resource=ResourceDraft(),
            ),
        ],
    )
    assert [event.action for event in events] == ["consume", "work", "use", "produce", "transfer"]
    assert [event.pk for event in events] == list(range(events[0].pk, events[0].pk + 5))
    bread = events[3].resource_inventoried_as
    assert bread.uid == uid
    assert balances(flour) == ("6", "6")
    assert balances(bread) == ("3", "3")
    assert fresh(bread).stage == village.baking
    assert balances(events[4].to_resource_inventoried_as) == ("2", "2")
    assert balances(oven) == ("1", "1")
    assert JournalLine.objects.latest("id").sentence == "system: recorded 5 events, the first of them consume 4 kg"
    assert_replays()


def test_the_same_draft_twice_makes_two_resources(village):
    draft = village.draft("raise", 1, resource_conforms_to=village.flour, new_resource=ResourceDraft())
    events = record_events(SYSTEM, [draft, draft])
    assert events[0].resource_inventoried_as != events[1].resource_inventoried_as
    assert balances(events[1].resource_inventoried_as) == ("1", "1")


def test_a_long_wish_is_one_wish(village):
    """It is looked up in portions, and what the first of them brings in is known to the last."""
    uid = new_uid()
    born = village.draft("raise", 700, resource_conforms_to=village.flour, new_resource=ResourceDraft(uid=uid))
    taken = village.draft("consume", 1, resource_inventoried_as=uid, input_of=village.bake)
    events = record_events(SYSTEM, [born] + [taken] * 600)
    assert balances(events[0].resource_inventoried_as) == ("100", "100")
    assert [event.previous_event_id for event in events] == [None, *(event.pk for event in events[:-1])]
    assert JournalLine.objects.latest("id").words["count"] == 601
    rows = written()
    wrong = village.draft("consume", 1, resource_inventoried_as=uid, output_of=village.bake)
    with pytest.raises(Refused) as caught:
        record_events(SYSTEM, [taken] * 550 + [wrong] + [taken] * 10)
    assert [(each.code, each.field) for each in caught.value.refusals] == [("flows.wrong_side", "events.550.outputOf")]
    assert written() == rows
    assert balances(events[0].resource_inventoried_as) == ("100", "100")


def test_what_goes_over_into_a_new_resource_stays_what_it_was(village):
    flour = village.stocked(10, new_resource=ResourceDraft({"name": "Rye flour"}, lot_code="L-1"))
    event = village.record(
        "transfer", 4, resource_inventoried_as=flour, receiver=village.bakery, new_resource=ResourceDraft()
    )
    received = fresh(event.to_resource_inventoried_as)
    assert (received.conforms_to, received.of_batch_lot, received.name) == (
        village.flour,
        flour.of_batch_lot,
        "Rye flour",
    )
    assert received.primary_accountable == village.bakery


def test_what_is_made_and_handed_on_at_once_is_the_receivers(village):
    event = village.record(
        "produce", 5, receiver=village.bakery, output_of=village.bake, resource_conforms_to=village.bread,
        new_resource=ResourceDraft({"name": "Made"}), new_to_resource=ResourceDraft({"name": "Received"}),
    )  # fmt: skip
    made, received = fresh(event.resource_inventoried_as), fresh(event.to_resource_inventoried_as)
    assert (balances(made), balances(received)) == (("0", "0"), ("5", "5"))
    assert (received.primary_accountable, received.stage) == (village.bakery, village.baking)
    assert_replays()


def test_breadcrumbs_lead_from_event_to_event(village):
    flour = village.stocked(10)
    first = EconomicEvent.objects.get()
    second = village.record("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    third = village.record(
        "transfer", 3, resource_inventoried_as=flour, receiver=village.bakery, new_resource=ResourceDraft(),
        resource_conforms_to=village.flour,
    )  # fmt: skip
    fourth = village.record(
        "transfer", 1, resource_inventoried_as=flour, to_resource_inventoried_as=third.to_resource_inventoried_as,
        receiver=village.bakery,
    )  # fmt: skip
    assert [each.previous_event_id for each in (first, second, third, fourth)] == [None, first.pk, second.pk, third.pk]
    assert [each.to_previous_event_id for each in (third, fourth)] == [None, third.pk]


def test_what_is_entered_late_counts_and_does_not_put_things_back(village):
    flour = village.stocked(10, to_location=village.barn, has_point_in_time=datetime(2026, 1, 1, tzinfo=UTC))
    village.record(
        "move",
        10,
        resource_inventoried_as=flour,
        to_location=village.shop,
        has_point_in_time=datetime(2026, 3, 1, tzinfo=UTC),
    )
    village.record(
        "raise",
        5,
        resource_inventoried_as=flour,
        to_location=village.barn,
        has_point_in_time=datetime(2026, 2, 1, tzinfo=UTC),
    )
    assert balances(flour) == ("15", "15")
    assert fresh(flour).current_location == village.shop
    assert_replays()


def test_a_clock_in_another_zone_tells_the_same_moment(village):
    there = datetime(2026, 6, 1, 12, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    event = village.record(
        "raise", 1, resource_conforms_to=village.flour, new_resource=ResourceDraft(), has_point_in_time=there
    )
    stored = EconomicEvent.objects.get(pk=event.pk)
    assert stored.has_point_in_time == there == datetime(2026, 6, 1, 6, 45, tzinfo=UTC)
    assert fresh(event.resource_inventoried_as).stamped_at in {None, there}


def test_a_script_in_a_note_stays_text(village):
    note = "<script>alert('1')</script>\n'; DROP TABLE events_economicevent; -- {subject} %s"
    event = village.record(
        "raise", 1, resource_conforms_to=village.flour, new_resource=ResourceDraft({"name": note[:40]}), note=note
    )
    assert EconomicEvent.objects.get(pk=event.pk).note == note
    assert fresh(event.resource_inventoried_as).name == note[:40]


def test_units_and_actions_are_kept_in_the_words_of_the_standard(village):
    event = village.record(
        "Raise".lower(), Measure(Decimal(2), "kg"), resource_conforms_to=village.flour, new_resource=ResourceDraft()
    )
    assert event.resource_quantity_unit == "kilogram"
    service = village.record(
        "deliver-service", Measure(Decimal(1), "one"), receiver=village.bakery, resource_conforms_to=village.bread
    )
    assert service.action == "deliverService"


def test_agents_may_be_named_by_record_identifier_or_address(village):
    flour = village.stocked(10)
    told = (village.mill, village.mill.uid, str(village.mill.uid), village.mill.address)
    for provider in told:
        for receiver in told:
            village.record("consume", Measure(Decimal("0.1"), "kilogram"), provider=provider, receiver=receiver,
                           resource_inventoried_as=flour.address, input_of=village.bake)  # fmt: skip
    assert balances(flour) == ("8.4", "8.4")


def test_a_thing_of_another_house_keeps_its_address(village):
    iri = "https://elsewhere.example/resource/7"
    village.stocked(3, new_resource=ResourceDraft(iri=iri), iri="https://elsewhere.example/event/1")
    village.record("consume", 1, resource_inventoried_as=iri, input_of=village.bake)
    resource = EconomicEvent.objects.get(iri="https://elsewhere.example/event/1").resource_inventoried_as
    assert resource.address == iri
    assert balances(resource) == ("2", "2")


def test_a_shortage_is_recorded_with_a_warning_where_nobody_said_otherwise(village):
    flour = village.stocked(3)
    event = village.record("consume", 5, resource_inventoried_as=flour, input_of=village.bake)
    assert [warning.code for warning in event.warnings] == ["effects.shortage"]
    assert "Only 3 kilogram of Flour are on hand" in event.warnings[0].message
    assert balances(flour) == ("-2", "-2")


def test_each_event_of_a_wish_carries_its_own_warnings(village):
    flour = village.stocked(3)
    events = record_events(
        SYSTEM,
        [village.draft("consume", 2, resource_inventoried_as=flour, input_of=village.bake) for _ in range(3)],
    )
    assert [[warning.code for warning in event.warnings] for event in events] == [
        [],
        ["effects.shortage"],
        ["effects.shortage"],
    ]


def test_one_wish_leaves_one_journal_line(village):
    before = written()
    event = village.record("raise", 1, resource_conforms_to=village.flour, new_resource=ResourceDraft())
    assert {kind: count - before[kind] for kind, count in written().items()} == {
        "EconomicEvent": 1, "EconomicResource": 1, "BatchLotRecord": 0, "JournalLine": 1, "Answer": 0,
    }  # fmt: skip
    line = JournalLine.objects.latest("id")
    assert line.subjects == [event.address]
    assert line.sentence == f"system: recorded {event}"


def test_what_was_recorded_is_told_once_it_is_true(village, monkeypatch, django_capture_on_commit_callbacks):
    heard = []
    monkeypatch.setitem(notices._after, EventsRecorded, [heard.append])
    draft = village.draft("raise", 1, resource_conforms_to=village.flour, new_resource=ResourceDraft())
    with django_capture_on_commit_callbacks(execute=True):
        events = record_events(SYSTEM, [draft] * 3)
        assert heard == []
    assert heard == [EventsRecorded(events[0].pk, events[2].pk, 3)]
    with django_capture_on_commit_callbacks(execute=True), refused("flows.no_provider"):
        village.record("raise", 1, provider=None, resource_conforms_to=village.flour)
    assert len(heard) == 1


def test_an_event_may_bring_its_own_identifier(village):
    uid = UUID("01890000-0000-7000-8000-000000000001")
    event = record_event(
        SYSTEM, village.draft("raise", 1, uid=uid, resource_conforms_to=village.flour, new_resource=ResourceDraft())
    )
    assert event.uid == uid


def test_things_lie_in_what_they_were_combined_into(village):
    box = village.stocked(1)
    flour = village.stocked(10)
    village.record("combine", 10, resource_inventoried_as=flour, to_resource_inventoried_as=box, input_of=village.bake)
    assert inside(flour) == [box]
    village.record("separate", 10, resource_inventoried_as=flour, output_of=village.bake)
    assert inside(flour) == []
    assert_replays()


def test_a_container_is_of_another_kind_than_what_is_put_into_it(village):
    box = village.stocked(1, resource_conforms_to=village.bread)
    flour = village.stocked(10)
    told = {"resource_inventoried_as": flour, "to_resource_inventoried_as": box, "resource_conforms_to": village.flour}
    village.record("combine", 10, input_of=village.bake, **told)
    assert inside(flour) == [box]


def test_things_combined_first_lie_in_what_the_process_brings_out_later(village):
    flour = village.stocked(10)
    village.record("combine", 10, resource_inventoried_as=flour, input_of=village.bake)
    assert inside(flour) == []
    box = village.record(
        "produce", 1, resource_conforms_to=village.bread, output_of=village.bake, new_resource=ResourceDraft()
    ).resource_inventoried_as
    assert inside(flour) == [box]
    assert balances(flour) == ("10", "0")
    assert_replays()


def test_a_thing_taken_out_elsewhere_no_longer_waits_for_its_container(village):
    flour = village.stocked(10)
    other = village.process()
    village.record("combine", 10, resource_inventoried_as=flour, input_of=village.bake)
    village.record("separate", 10, resource_inventoried_as=flour, output_of=other)
    village.record(
        "produce", 1, resource_conforms_to=village.bread, output_of=village.bake, new_resource=ResourceDraft()
    )
    assert inside(flour) == []
    assert_replays()


class TestKeys:
    """A wish with a key is granted once, however often it is sent."""

    @pytest.fixture
    def flour(self, village):
        return village.stocked(10)

    @pytest.fixture
    def draft(self, village, flour):
        return village.draft("consume", 1, resource_inventoried_as=flour, input_of=village.bake)

    def test_a_retry_gets_the_first_answer(self, village, flour, draft):
        first = record_event(SYSTEM, draft, key="k-1")
        lines = written()
        again = record_event(
            SYSTEM, village.draft("consume", Measure(Decimal("1.0"), "kilogram"), **told_by(draft)), key="k-1"
        )
        assert again == first
        assert written() == lines
        assert balances(flour) == ("9", "9")

    def test_several_events_are_remembered_too(self, flour, draft):
        first = record_events(SYSTEM, [draft, draft], key="k-1")
        assert record_events(SYSTEM, [draft, draft], key="k-1") == first
        assert balances(flour) == ("8", "8")

    def test_a_key_for_something_else_is_refused(self, village, flour, draft):
        record_event(SYSTEM, draft, key="k-1")
        rows = written()
        for wish in (
            lambda: record_event(SYSTEM, village.draft("consume", 2, **told_by(draft)), key="k-1"),
            lambda: record_events(SYSTEM, [draft], key="k-1"),
        ):
            with refused("kit.key_reused"):
                wish()
        assert written() == rows
        assert balances(flour) == ("9", "9")

    def test_somebody_elses_key_is_another_key(self, flour, draft):
        record_event(SYSTEM, draft, key="k-1")
        record_event(operator("Ana"), draft, key="k-1")
        assert balances(flour) == ("8", "8")

    def test_what_was_refused_is_not_remembered(self, village, flour, draft):
        village.refuses_shortages(village.mill)
        more = village.draft("consume", 11, **told_by(draft))
        with refused("effects.shortage"):
            record_event(SYSTEM, more, key="k-1")
        village.record("raise", 5, resource_inventoried_as=flour)
        record_event(SYSTEM, more, key="k-1")
        assert balances(flour) == ("4", "4")

    def test_corrections_are_remembered_too(self, village, flour, draft):
        event = record_event(SYSTEM, draft)
        assert undo_event(SYSTEM, event, key="k-1") == undo_event(SYSTEM, event, key="k-1")
        assert balances(flour) == ("10", "10")


def told_by(draft):
    return {name: getattr(draft, name) for name in ("resource_inventoried_as", "input_of")}
