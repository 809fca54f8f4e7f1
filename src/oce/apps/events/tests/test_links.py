"""Events fulfil commitments and satisfy intents: written with the event, and as lasting."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from oce.apps.commitments.commands import change_commitment, delete_commitment, make_commitment, make_intent
from oce.apps.commitments.models import Commitment
from oce.apps.events import links, queries
from oce.apps.events.commands import correct_event, record_event, record_events, undo_event
from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.models import EconomicEvent, Fulfillment, Satisfaction
from oce.apps.events.tests.village import Village, hours, kg, written
from oce.kit.actor import SYSTEM
from oce.kit.properties import property_of
from oce.kit.testing.notation import refused
from oce.vf.measures import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return Village()


def promise(village, quantity=None, **more):
    values = {"action": "transfer", "provider": village.mill, "receiver": village.bakery}
    kind = {"resource_conforms_to": village.flour, "resource_quantity": quantity or kg(10)}
    return make_commitment(SYSTEM, {**values, **kind, **more})


def wish(village, **more):
    values = {"action": "transfer", "receiver": village.bakery, "resource_conforms_to": village.flour}
    return make_intent(SYSTEM, {**values, "resource_quantity": kg(10), **more})


def handed_over(village, quantity=4, **told):
    told = {"resource_conforms_to": village.flour, **told}
    return village.draft("transfer", quantity, receiver=village.bakery, **told)


def test_an_event_fulfils_what_was_promised_and_satisfies_what_was_wished(village):
    promised, wished = promise(village), wish(village)
    event = record_event(SYSTEM, handed_over(village, fulfills=(promised,), satisfies=(str(wished.uid),)))
    assert list(event.fulfills.all()) == [promised]
    assert list(event.satisfies.all()) == [wished]
    assert list(promised.fulfilled_by.all()) == list(wished.satisfied_by_events.all()) == [event]
    assert event.warnings == ()


def test_what_is_named_twice_is_linked_once(village):
    promised = promise(village)
    record_event(SYSTEM, handed_over(village, fulfills=(promised, str(promised.uid), promised.address)))
    assert Fulfillment.objects.count() == 1


def test_several_events_fulfil_promises_together(village):
    one, other = promise(village), promise(village)
    drafts = [handed_over(village, fulfills=(one,)), handed_over(village), handed_over(village, fulfills=(one, other))]
    first, second, third = record_events(SYSTEM, drafts)
    assert list(one.fulfilled_by.order_by("id")) == [first, third]
    assert list(other.fulfilled_by.all()) == [third]
    assert not second.fulfills.exists()


def test_an_event_that_answers_nothing_asks_nothing_more(village):
    resource = village.stocked(10)
    promised = promise(village)

    def statements(**told):
        with CaptureQueriesContext(connection) as asked:
            village.record("consume", 1, resource_inventoried_as=resource, **told)
        return [each["sql"] for each in asked]

    statements()
    plain, answering = statements(), statements(fulfills=(promised,))
    assert not [sql for sql in plain if "fulfillment" in sql or "commitment" in sql]
    # One to look the promise up, one for the link; on PostgreSQL statements travel together.
    assert [sql for sql in answering if "fulfillment" in sql and "INSERT" in sql]
    assert len(answering) <= len(plain) + 2


def test_what_is_not_known_is_refused_before_anything_is_written(village):
    before = written()
    unknown = "0190aaaa-0000-7000-8000-000000000000"
    with refused("kit.unknown_record", "kit.unknown_record"):
        record_event(SYSTEM, handed_over(village, fulfills=(unknown,), satisfies=("https://example.org/wish",)))
    assert written() == before


def test_a_list_that_no_running_app_keeps_is_refused(village, monkeypatch):
    monkeypatch.setattr(
        links, "property_of", lambda model, name: None if name == "settles" else property_of(model, name)
    )
    links.kept.cache_clear()
    try:
        with refused("events.unkept"):
            record_event(SYSTEM, handed_over(village, settles=("https://example.org/claim",)))
    finally:
        monkeypatch.undo()
        links.kept.cache_clear()


def test_what_is_done_is_counted_as_what_was_promised(village):
    promised = promise(village)
    litres = Measure(Decimal(1), "litre")
    with refused("flows.unlike_units"):
        record_event(SYSTEM, handed_over(village, litres, fulfills=(promised,)))
    with refused("flows.unlike_units"):
        record_event(SYSTEM, handed_over(village, litres, satisfies=(wish(village),)))
    grams = Measure(Decimal(500), "gram")
    assert record_event(SYSTEM, handed_over(village, grams, fulfills=(promised,))).fulfills.get() == promised


def test_another_kind_is_recorded_with_a_warning(village):
    promised = promise(village)
    event = record_event(SYSTEM, handed_over(village, resource_conforms_to=village.bread, fulfills=(promised,)))
    assert [(each.code, each.field) for each in event.warnings] == [("events.answers_other_kind", "fulfills")]
    resource = village.stocked(10)
    of_resource = promise(village, resource_conforms_to=None, resource_inventoried_as=resource)
    own = handed_over(village, resource_conforms_to=None, resource_inventoried_as=resource, fulfills=(of_resource,))
    assert record_event(SYSTEM, own).warnings == ()


def test_another_action_may_fulfil_a_promise(village):
    promised = promise(village)
    made = village.draft(
        "produce", 5, resource_conforms_to=village.flour, new_resource=ResourceDraft(), fulfills=(promised,)
    )
    assert record_event(SYSTEM, made).warnings == ()


def test_a_correction_answers_what_the_event_answered(village):
    promised, other = promise(village), promise(village)
    event = record_event(SYSTEM, handed_over(village, 8, fulfills=(promised,)))
    assert correct_event(SYSTEM, event, resource_quantity=kg(-1)).fulfills.get() == promised
    same = handed_over(village, -1, corrects=event, fulfills=(promised.address,))
    assert record_event(SYSTEM, same).fulfills.get() == promised
    with refused("events.correction_differs"):
        record_event(SYSTEM, handed_over(village, -1, corrects=event, fulfills=(other,)))
    assert undo_event(SYSTEM, event).fulfills.get() == promised


def test_what_is_left_of_a_promise_follows_from_the_events(village):
    promised = promise(village, effort_quantity=None)
    assert queries.answered(SYSTEM, promised, "fulfills") == ([], kg(10), None)
    first = record_event(SYSTEM, handed_over(village, 4, fulfills=(promised,)))
    second = record_event(SYSTEM, handed_over(village, Measure(Decimal(500), "gram"), fulfills=(promised,)))
    assert queries.answered(SYSTEM, promised, "fulfills") == ([first, second], kg("5.5"), None)
    undo_event(SYSTEM, second)
    assert queries.answered(SYSTEM, promised, "fulfills").resource_quantity == kg(6)
    record_event(SYSTEM, handed_over(village, 9, fulfills=(promised,)))
    assert queries.answered(SYSTEM, promised, "fulfills").resource_quantity == kg(0)
    promised.refresh_from_db()
    assert not promised.finished


def test_what_is_left_of_work_is_counted_in_time(village):
    values = {"action": "work", "resource_quantity": None, "effort_quantity": hours(3), "input_of": village.bake}
    work = promise(village, **values)
    work = change_commitment(SYSTEM, work, None, {"resource_quantity": None})
    told = {"resource_conforms_to": village.flour, "effort_quantity": hours(1), "input_of": village.bake}
    village.record("work", None, fulfills=(work,), **told)
    assert queries.answered(SYSTEM, work, "fulfills").effort_quantity == hours(2)


def test_a_promise_that_was_fulfilled_stays(village):
    promised = promise(village)
    record_event(SYSTEM, handed_over(village, fulfills=(promised,)))
    with refused("kit.still_used"):
        delete_commitment(SYSTEM, promised, promised.revision_id)
    assert Commitment.objects.get() == promised


@pytest.mark.parametrize(
    "change",
    [
        lambda event, promised: event.fulfills.add(promised),
        lambda event, promised: event.fulfills.clear(),
        lambda event, promised: event.satisfies.set([]) or Satisfaction.objects.update(intent=None),
        lambda event, promised: Fulfillment.objects.all().delete(),
        lambda event, promised: Fulfillment(event=event, commitment=promised).save(),
    ],
)
def test_the_answers_of_an_event_are_never_changed(village, change):
    event = record_event(SYSTEM, handed_over(village, fulfills=(promise(village),)))
    with refused("events.ledger_only_grows"), transaction.atomic():
        change(EconomicEvent.objects.get(pk=event.pk), promise(village))
    assert Fulfillment.objects.count() == 1
