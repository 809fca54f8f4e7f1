"""What is refused when something is recorded: each case with its code, its place and its sentence, and nothing is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from oce.apps.events.commands import correct_event, record_event, record_events, undo_event
from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.tests.village import Village, balances, hours, kg, states, written
from oce.kit import clock
from oce.kit.actor import STRANGER, SYSTEM
from oce.kit.commands import commands
from oce.vf.measures import Measure
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NOBODY = UUID("01890000-0000-7000-8000-00000000dead")


@pytest.fixture
def village():
    with clock.standing_at(NOW):
        yield Village()


@pytest.fixture
def flour(village):
    return village.stocked(10)


def refusals_of(wish):
    """Grant a wish, expect it to be refused, and return why; nothing at all may have been written."""
    rows, stock = written(), states()
    with pytest.raises(Refused) as caught:
        wish()
    assert written() == rows
    assert states() == stock
    for refusal in caught.value.refusals:
        assert "{" not in refusal.message, refusal.message
    return caught.value.refusals


def piece(number=1):
    return Measure(Decimal(number), "one")


# What is told besides the ten kilograms of flour of the mill; (code, field, words of the sentence).
ONE_EVENT = {
    "unknown action": (
        {"action": "consum"},
        [("actions.unknown", "action", "Did you mean “consume”?")],
    ),
    "unknown unit": (
        {"resource_quantity": Measure(Decimal(1), "liter")},
        [("units.unknown", "resourceQuantity", "Did you mean “litre”?")],
    ),
    "unknown provider": (
        {"provider": NOBODY},
        [("kit.unknown_record", "provider", str(NOBODY))],
    ),
    "unknown receiver, by address": (
        {"receiver": "https://nowhere.example/agent/1"},
        [("kit.unknown_record", "receiver", "https://nowhere.example/agent/1")],
    ),
    "unknown resource": (
        {"resource_inventoried_as": NOBODY},
        [("kit.unknown_record", "resourceInventoriedAs", str(NOBODY))],
    ),
    "unknown process, kind, place, agreement": (
        {"input_of": NOBODY, "resource_conforms_to": NOBODY, "to_location": NOBODY, "realization_of": NOBODY,
         "reciprocal_realization_of": NOBODY},
        [("kit.unknown_record", field, str(NOBODY)) for field in (
            "inputOf", "realizationOf", "reciprocalRealizationOf", "resourceConformsTo", "toLocation")],
    ),
    "a place is no agent": (
        {"provider": lambda village: village.barn},
        [("kit.unknown_record", "provider", "There is no person or group")],
    ),
    "no provider": ({"provider": None}, [("flows.no_provider", "provider", "Nobody is named as provider")]),
    "no receiver": ({"receiver": None}, [("flows.no_receiver", "receiver", "Nobody is named as receiver")]),
    "the wrong side of a process": (
        {"input_of": None, "output_of": lambda village: village.bake},
        [("flows.wrong_side", "outputOf", "cannot be an output")],
    ),
    "a produce that goes in": (
        {"action": "produce"},
        [("flows.wrong_side", "inputOf", "cannot be an input")],
    ),
    "hours of what is counted": (
        {"resource_quantity": None, "effort_quantity": hours(2)},
        [("flows.quantity_kind", "effortQuantity", "takes a resource quantity only")],
    ),
    "no quantity": ({"resource_quantity": None}, [("flows.no_quantity", "resourceQuantity", "Nothing says how much")]),
    "less than nothing": (
        {"resource_quantity": kg(-1)},
        [("flows.negative", "resourceQuantity", "Only a correction may be negative")],
    ),
    "nothing flows": (
        {"resource_inventoried_as": None},
        [("flows.no_resource", "resourceInventoriedAs", "Nothing says what flows")],
    ),
    "a transfer to oneself": (
        {"action": "transfer", "input_of": None},
        [("flows.same_agents", "receiver", "needs two different agents")],
    ),
    "a move to somebody else": (
        {"action": "move", "input_of": None, "receiver": lambda village: village.bakery},
        [("flows.agents_differ", "receiver", "stays with one agent")],
    ),
    "a to side that is none": (
        {"action": "raise", "input_of": None, "to_resource_inventoried_as": lambda village: village.stocked(1)},
        [("flows.to_side", "toResourceInventoriedAs", "has no receiving resource")],
    ),
    "litres of what is weighed": (
        {"resource_quantity": Measure(Decimal(2), "litre")},
        [("effects.unit_differs", "resourceQuantity", "counted in kilogram, and this is 2 litre")],
    ),
    "grams of what is counted in kilograms": (
        {"resource_quantity": Measure(Decimal(250), "gram")},
        [("effects.unit_differs", "resourceQuantity", "that would be 0.25 kilogram")],
    ),
    "more than can be counted": (
        {"action": "raise", "input_of": None, "resource_quantity": kg("99999999999999999999")},
        [("measures.out_of_bounds", "resourceQuantity", "cannot be kept exactly")],
    ),
    "another kind than said": (
        {"resource_conforms_to": lambda village: village.bread},
        [("events.kind_differs", "resourceConformsTo", "of another kind")],
    ),
    "handed over into another kind": (
        {"action": "transfer", "input_of": None, "receiver": lambda village: village.bakery,
         "to_resource_inventoried_as": lambda village: village.stocked(
             1, resource_conforms_to=village.bread, new_resource=ResourceDraft({"name": "Bread"}))},
        [("events.kinds_differ", "toResourceInventoriedAs", "cannot be handed over into the other")],
    ),
    "the day after tomorrow": (
        {"has_point_in_time": NOW + timedelta(days=2)},
        [("events.not_yet", "hasPointInTime", "lies in the future")],
    ),
    "the future in another zone": (
        {"has_end": (NOW + timedelta(days=1, seconds=1)).astimezone(timezone(timedelta(hours=-11)))},
        [("events.not_yet", "hasEnd", "lies in the future")],
    ),
    "a span backwards": (
        {"has_beginning": NOW - timedelta(hours=1), "has_end": NOW - timedelta(hours=2)},
        [("events.ends_before_it_begins", "hasEnd", "before it begins")],
    ),
    "a clock without a zone": (
        {"has_point_in_time": NOW.replace(tzinfo=None)},
        [("events.no_zone", "hasPointInTime", "does not say its time zone")],
    ),
    "recorded in the future": (
        {"created": NOW + timedelta(days=3)},
        [("events.not_yet", "created", "lies in the future")],
    ),
    "a state as long as a letter": ({"state": "x" * 201}, [("kit.too_long", "state", "201 characters; at most 200 fit")]),
    "a note as long as a book": ({"note": "x" * 20_001}, [("kit.too_long", "note", "20001 characters")]),
    "a note with a zero in it": ({"note": "a\x00b"}, [("kit.wrong_kind", "note", "cannot be")]),
    "creating where nothing is created": (
        {"resource_inventoried_as": None, "new_resource": ResourceDraft(),
         "resource_conforms_to": lambda village: village.flour},
        [("events.creates_nothing", "resourceInventoriedAs", "brings no new resource into being")],
    ),
    "creating and naming": (
        {"action": "raise", "input_of": None, "new_resource": ResourceDraft(),
         "resource_conforms_to": lambda village: village.flour},
        [("events.creates_and_names", "resourceInventoriedAs", "Choose one of them")],
    ),
    "a new resource of no kind": (
        {"action": "raise", "input_of": None, "resource_inventoried_as": None, "new_resource": ResourceDraft()},
        [("kit.missing", "conformsTo", "is missing")],
    ),
    "a new resource with a balance of its own": (
        {"action": "raise", "input_of": None, "resource_inventoried_as": None,
         "resource_conforms_to": lambda village: village.flour,
         "new_resource": ResourceDraft({"onhand_quantity": kg(7)})},
        [("kit.not_settable", "onhand_quantity", "cannot be set")],
    ),
    "an empty lot code": (
        {"action": "raise", "input_of": None, "resource_inventoried_as": None,
         "resource_conforms_to": lambda village: village.flour, "new_resource": ResourceDraft(lot_code="")},
        [("events.lot_code", "ofBatchLot", "between 1 and 200 characters that can be seen; this one has 0")],
    ),
    "an address of this very house": (
        {"iri": "http://localhost:8000/economic-event/01890000-0000-7000-8000-000000000001"},
        [("events.not_an_address", "id", "one of this house")],
    ),
    "an address longer than an index can hold": (
        {"iri": "https://elsewhere.example/" + "x" * 2000},
        [("events.not_an_address", "id", "more than 2000")],
    ),
    "a combining into nothing": (
        {"action": "combine", "input_of": None},
        [("effects.no_container", "toResourceInventoriedAs", "Nothing says what this is put into")],
    ),
    "a box in itself": (
        {"action": "combine", "to_resource_inventoried_as": lambda _: EconomicEvent.objects.first().resource_inventoried_as},
        [("flows.to_side", "toResourceInventoriedAs", "cannot be put into itself")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ONE_EVENT)
def test_an_event_is_refused_and_nothing_is_written(village, flour, case):
    told, expected = ONE_EVENT[case]
    told = {name: value(village) if callable(value) else value for name, value in told.items()}
    told = {"action": "consume", "quantity": None, "resource_quantity": kg(1), "resource_inventoried_as": flour,
            "input_of": village.bake, **told}  # fmt: skip
    found = refusals_of(lambda: village.record(**told))
    assert sorted((each.code, each.field) for each in found) == sorted((code, field) for code, field, _ in expected)
    for _, _, words in expected:
        assert any(words in each.message for each in found), [each.message for each in found]


def test_every_fault_of_an_event_is_told_at_once(village, flour):
    found = refusals_of(
        lambda: village.record(
            "produce", -1, resource_inventoried_as=flour, input_of=village.bake, receiver=None, state="x" * 201,
            has_beginning=NOW, has_end=NOW - timedelta(days=1),
        )
    )  # fmt: skip
    assert {each.code for each in found} == {
        "flows.wrong_side", "flows.negative", "flows.no_receiver", "kit.too_long", "events.ends_before_it_begins",
    }  # fmt: skip


def test_a_stranger_may_not_record(village, flour):
    draft = village.draft("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    assert [each.code for each in refusals_of(lambda: record_event(STRANGER, draft))] == ["kit.not_allowed"]


def test_of_several_events_all_or_none_are_written_and_each_fault_has_its_number(village, flour):
    drafts = [
        village.draft("consume", 1, resource_inventoried_as=flour, input_of=village.bake),
        village.draft("consume", 1, resource_inventoried_as=flour, output_of=village.bake),
        village.draft("raise", 1, resource_conforms_to=village.flour, new_resource=ResourceDraft(lot_code="L")),
        village.draft("consume", 1, resource_inventoried_as=flour, provider=NOBODY),
    ]
    found = refusals_of(lambda: record_events(SYSTEM, drafts))
    assert [(each.code, each.field) for each in found] == [
        ("flows.wrong_side", "events.1.outputOf"),
        ("kit.unknown_record", "events.3.provider"),
    ]


def test_faults_that_only_the_stock_shows_have_their_number_too(village, flour):
    village.refuses_shortages(village.mill)
    drafts = [
        village.draft("consume", 6, resource_inventoried_as=flour, input_of=village.bake),
        village.draft("consume", 6, resource_inventoried_as=flour, input_of=village.bake),
        village.draft("consume", Measure(Decimal(1), "litre"), resource_inventoried_as=flour, input_of=village.bake),
    ]
    found = refusals_of(lambda: record_events(SYSTEM, drafts))
    assert [(each.code, each.field) for each in found] == [
        ("effects.shortage", "events.1.resourceQuantity"),
        ("effects.unit_differs", "events.2.resourceQuantity"),
    ]
    assert "Only 4 kilogram of Flour are on hand; this takes 6" in found[0].message


@pytest.mark.parametrize("count", [0, 10_001])
def test_a_wish_holds_neither_none_nor_too_many(village, flour, count):
    draft = village.draft("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    assert [each.code for each in refusals_of(lambda: record_events(SYSTEM, [draft] * count))] == ["events.too_many"]


class TestShortages:
    """A group that refuses shortages never falls below zero; others are warned."""

    def test_all_of_it_may_be_taken_and_not_a_crumb_more(self, village, flour):
        village.refuses_shortages(village.mill)
        found = refusals_of(
            lambda: village.record(
                "consume", kg("10.000000000000000001"), resource_inventoried_as=flour, input_of=village.bake
            )
        )
        assert [each.code for each in found] == ["effects.shortage"]
        village.record("consume", 10, resource_inventoried_as=flour, input_of=village.bake)
        assert balances(flour) == ("0", "0")

    def test_what_was_made_in_the_same_wish_is_its_owners_already(self, village):
        village.refuses_shortages(village.mill)
        uid = UUID("01890000-0000-7000-8000-000000000001")
        drafts = [
            village.draft("raise", 5, resource_conforms_to=village.flour, new_resource=ResourceDraft(uid=uid)),
            village.draft("consume", 6, resource_inventoried_as=uid, input_of=village.bake),
        ]
        assert [each.field for each in refusals_of(lambda: record_events(SYSTEM, drafts))] == [
            "events.1.resourceQuantity"
        ]

    def test_lowering_what_was_never_there_is_refused(self, village):
        village.refuses_shortages(village.mill)
        draft = village.draft("lower", 5, resource_conforms_to=village.flour, new_resource=ResourceDraft())
        assert [each.code for each in refusals_of(lambda: record_event(SYSTEM, draft))] == ["effects.shortage"]

    def test_the_policy_is_that_of_whose_stock_it_is(self, village, flour):
        village.refuses_shortages(village.bakery)
        event = village.record("consume", 11, resource_inventoried_as=flour, input_of=village.bake)
        assert [each.code for each in event.warnings] == ["effects.shortage"]

    def test_bringing_back_what_was_taken_is_no_shortage(self, village, flour):
        village.record("consume", 12, resource_inventoried_as=flour, input_of=village.bake)
        village.refuses_shortages(village.mill)
        event = village.record("raise", 1, resource_inventoried_as=flour)
        assert event.warnings == ()
        assert balances(flour) == ("-1", "-1")

    def test_rights_may_fall_short_while_the_thing_is_there(self, village, flour):
        village.refuses_shortages(village.mill)
        found = refusals_of(
            lambda: village.record("transferAllRights", 11, resource_inventoried_as=flour, receiver=village.bakery)
        )
        assert "are accounted for" in found[0].message


class TestIdentifiers:
    """An identifier means one thing: told twice it is refused, not a fault of the database."""

    UID = UUID("01890000-0000-7000-8000-000000000001")
    IRI = "https://elsewhere.example/thing/1"

    @pytest.mark.parametrize("identity", [{"uid": UID}, {"iri": IRI}])
    def test_of_an_event_that_is_there(self, village, flour, identity):
        draft = village.draft("consume", 1, resource_inventoried_as=flour, input_of=village.bake, **identity)
        record_event(SYSTEM, draft)
        found = refusals_of(lambda: record_event(SYSTEM, draft))
        assert [(each.code, each.field) for each in found] == [("events.identifier_taken", "id")]
        assert str(next(iter(identity.values()))) in found[0].message

    @pytest.mark.parametrize("identity", [{"uid": UID}, {"iri": IRI}])
    def test_of_a_resource_that_is_there(self, village, identity):
        draft = village.draft("raise", 1, resource_conforms_to=village.flour, new_resource=ResourceDraft(**identity))
        record_event(SYSTEM, draft)
        assert [each.code for each in refusals_of(lambda: record_event(SYSTEM, draft))] == ["events.identifier_taken"]

    @pytest.mark.parametrize("identity", [{"uid": UID}, {"iri": IRI}])
    def test_twice_in_one_wish(self, village, flour, identity):
        draft = village.draft("consume", 1, resource_inventoried_as=flour, input_of=village.bake, **identity)
        found = refusals_of(lambda: record_events(SYSTEM, [draft, draft]))
        assert [(each.code, each.field) for each in found] == [
            ("events.identifier_taken", "events.0.id"),
            ("events.identifier_taken", "events.1.id"),
        ]

    def test_two_new_resources_of_one_wish(self, village):
        draft = village.draft("raise", 1, resource_conforms_to=village.flour, new_resource=ResourceDraft(iri=self.IRI))
        found = refusals_of(lambda: record_events(SYSTEM, [draft, draft]))
        assert [each.code for each in found] == ["events.identifier_taken", "events.identifier_taken"]


class TestCorrections:
    """A correction changes how much an event was, and nothing else."""

    @pytest.fixture
    def consumed(self, village, flour):
        return village.record(
            "consume", 4, resource_inventoried_as=flour, input_of=village.bake, realization_of=village.deal
        )

    def test_of_what_nobody_knows(self, village):
        for wish in (
            lambda: undo_event(SYSTEM, NOBODY),
            lambda: correct_event(SYSTEM, NOBODY, resource_quantity=kg(-1)),
        ):
            assert [(each.code, each.field) for each in refusals_of(wish)] == [("kit.unknown_record", "corrects")]

    def test_of_a_correction(self, village, consumed):
        correction = correct_event(SYSTEM, consumed, resource_quantity=kg(-1))
        for wish in (
            lambda: correct_event(SYSTEM, correction, resource_quantity=kg(1)),
            lambda: undo_event(SYSTEM, correction),
        ):
            assert [each.code for each in refusals_of(wish)] == ["events.corrects_a_correction"]

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"action": "lower", "input_of": None}, "action"),
            ({"resource_inventoried_as": lambda village: village.stocked(9)}, "resourceInventoriedAs"),
            ({"input_of": lambda village: village.process()}, "inputOf"),
            ({"provider": lambda village: village.bakery, "receiver": lambda village: village.bakery}, "provider"),
            ({"reciprocal_realization_of": lambda village: village.deal}, "reciprocalRealizationOf"),
        ],
    )
    def test_of_something_else(self, village, consumed, told, field):
        told = {name: value(village) if callable(value) else value for name, value in told.items()}
        draft = {"action": "consume", "quantity": -1, "provider": None, "receiver": None, "corrects": consumed, **told}
        found = refusals_of(lambda: village.record(**draft))
        assert {each.code for each in found} <= {"events.correction_differs", "flows.wrong_side"}
        assert field in [each.field for each in found if each.code == "events.correction_differs"]

    def test_of_more_than_there_was(self, village, consumed):
        found = refusals_of(lambda: correct_event(SYSTEM, consumed, resource_quantity=kg("-4.1")))
        assert [(each.code, each.field) for each in found] == [("events.correction_too_much", "resourceQuantity")]
        assert f"Only 4 kilogram are left of {consumed}; 4.1 cannot be taken back" in found[0].message

    def test_of_more_than_corrections_have_left(self, village, consumed):
        correct_event(SYSTEM, consumed, resource_quantity=kg(-3))
        found = refusals_of(lambda: correct_event(SYSTEM, consumed, resource_quantity=kg(-2)))
        assert [each.code for each in found] == ["events.correction_too_much"]

    def test_twice_in_one_wish_of_more_than_there_was(self, village, consumed):
        draft = village.draft("consume", -3, provider=None, receiver=None, corrects=consumed)
        found = refusals_of(lambda: record_events(SYSTEM, [draft, draft]))
        assert [(each.code, each.field) for each in found] == [
            ("events.correction_too_much", "events.1.resourceQuantity")
        ]

    def test_in_another_unit(self, village, consumed):
        grams = Measure(Decimal(-100), "gram")
        found = refusals_of(lambda: correct_event(SYSTEM, consumed, resource_quantity=grams))
        assert "events.correction_unit" in [each.code for each in found]
        found = refusals_of(lambda: correct_event(SYSTEM, consumed, resource_quantity=kg(-1), effort_quantity=hours(1)))
        assert {each.code for each in found} == {"flows.quantity_kind"}

    def test_by_nothing(self, village, consumed):
        assert [each.code for each in refusals_of(lambda: correct_event(SYSTEM, consumed))] == ["flows.no_quantity"]

    def test_of_what_is_undone(self, village, consumed):
        undo_event(SYSTEM, consumed)
        for wish in (
            lambda: undo_event(SYSTEM, consumed),
            lambda: correct_event(SYSTEM, consumed, resource_quantity=kg(1)),
        ):
            assert [(each.code, each.field) for each in refusals_of(wish)] == [("events.nothing_left", "corrects")]

    def test_that_leaves_less_than_is_there(self, village, flour):
        raised = EconomicEvent.objects.get()
        village.record("consume", 8, resource_inventoried_as=flour, input_of=village.bake)
        village.refuses_shortages(village.mill)
        assert [each.code for each in refusals_of(lambda: undo_event(SYSTEM, raised))] == ["effects.shortage"]


class TestTheLedgerOnlyGrows:
    """Nobody changes or removes an event, not even past the commands."""

    def test_no_command_changes_or_deletes_an_event(self):
        serving = [name for name, each in commands().items() if EconomicEvent in (each.changes, each.deletes)]
        assert serving == []

    @pytest.mark.parametrize(
        "wish",
        [
            lambda event: event.save(),
            lambda event: event.delete(),
            lambda event: EconomicEvent.objects.update(note="changed"),
            lambda event: EconomicEvent.objects.filter(pk=event.pk).delete(),
            lambda event: EconomicEvent.objects.bulk_update([event], ["note"]),
            lambda event: EconomicEvent.objects.create(
                action="raise", provider=event.provider, receiver=event.provider
            ),
            lambda event: event.provider.economic_events_as_provider.update(note="changed"),
        ],
    )
    def test_no_row_is_changed_or_removed(self, village, flour, wish):
        event = EconomicEvent.objects.get()
        event.note = "changed"
        assert [each.code for each in refusals_of(lambda: wish(event))] == ["events.ledger_only_grows"]
        assert EconomicEvent.objects.get().note == ""
