"""Whole tables of events: the same as if each row had been recorded by itself, all of them or none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pyarrow as pa
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oce.apps.events.bulk import record_table
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.tests.village import Village, assert_replays, balances, fresh, inside, states, written
from oce.apps.resources import stock
from oce.kit import clock
from oce.kit.actor import SYSTEM
from oce.kit.testing.notation import refused
from oce.vf.actions import ACTIONS
from oce.vf.measures import Measure
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def village():
    with clock.standing_at(NOW):
        yield Village()
        assert_replays()


@pytest.fixture
def flour(village):
    return village.stocked(10)


def table(*rows):
    """Return rows of texts as a table; what a row does not say is nothing."""
    names = sorted({name for row in rows for name in row})
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})


def row(village, action="consume", quantity="1", **told):
    """Return what the mill did with so many kilograms, as texts."""
    plain = {
        "action": action, "provider": "Mill", "receiver": "Mill",
        "resource_quantity_value": quantity, "resource_quantity_unit": "kg", **told,
    }  # fmt: skip
    return {name: str(getattr(value, "uid", value)) for name, value in plain.items() if value is not None}


def test_a_table_is_written_and_moves_the_stock(village, flour):
    count, warnings = record_table(
        table(
            row(village, quantity="1.5", resource_inventoried_as=flour, input_of=village.bake, note="first\tof\nall \\N"),
            row(village, "move", "2", resource_inventoried_as=flour, to_location=village.shop, has_point_in_time="2026-11-01"),
            row(village, "work", None, effort_quantity_value="3", effort_quantity_unit="h", resource_quantity_unit=None,
                resource_conforms_to="Bread", input_of=village.bake, has_end="2026-11-02T08:00:00+05:45"),
        )
    )  # fmt: skip
    assert (count, warnings) == (3, [])
    assert balances(flour) == ("8.5", "8.5")
    assert fresh(flour).current_location == village.shop
    first, second, third = EconomicEvent.objects.order_by("id")[1:]
    assert first.note == "first\tof\nall \\N"
    assert first.created == first.occurred_at == NOW
    assert (first.previous_event_id, second.previous_event) == (EconomicEvent.objects.order_by("id")[0].pk, first)
    assert second.has_point_in_time == datetime(2026, 11, 1, tzinfo=UTC)
    assert third.has_end == datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
    assert str(third.effort_quantity) == "3 hour"


def test_moments_without_a_zone_are_read_in_that_of_the_file(village, flour):
    told = row(village, resource_inventoried_as=flour, has_point_in_time="2026-11-01 08:00")
    record_table(table(told), zone=timezone(timedelta(hours=1)))
    assert EconomicEvent.objects.latest("id").has_point_in_time == datetime(2026, 11, 1, 7, tzinfo=UTC)


FAULTS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "action": ({"action": "consum"}, [("actions.unknown", "action")]),
    "no action": ({"action": None}, [("events.no_action", "action")]),
    "unit": ({"resource_quantity_unit": "liter"}, [("units.unknown", "hasUnit")]),
    "no unit": ({"resource_quantity_unit": None}, [("events.no_unit", "resourceQuantity")]),
    "number": ({"quantity": "ten"}, [("measures.not_a_number", "resourceQuantity")]),
    "agent": ({"provider": "Nobody"}, [("kit.unknown_record", "provider"), ("flows.no_provider", "provider")]),
    "side": ({"input_of": None, "output_of": "Bake on Saturday"}, [("flows.wrong_side", "outputOf")]),
    "moment": ({"has_end": "yesterday"}, [("moments.unreadable", "hasEnd")]),
    "future": ({"has_end": "2027-01-01"}, [("events.not_yet", "hasEnd")]),
    "span": ({"has_beginning": "2026-02-02", "has_end": "2026-02-01"}, [("events.ends_before_it_begins", "hasEnd")]),
    "state": ({"state": "x" * 201}, [("events.text_too_long", "state")]),
    "note": ({"note": "x" * 20_001}, [("events.text_too_long", "note")]),
    "uid": ({"uid": "seven"}, [("events.not_an_identifier", "id")]),
    "iri": ({"iri": "http://localhost:8000/economic-event/01890000-0000-7000-8000-000000000001"},
            [("events.not_an_address", "id")]),
    "kind": ({"resource_conforms_to": "Bread"}, [("events.kind_differs", "resourceConformsTo")]),
    "other unit": ({"resource_quantity_unit": "litre"}, [("effects.unit_differs", "resourceQuantity")]),
    "negative": ({"quantity": "-1"}, [("flows.negative", "resourceQuantity")]),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_one_faulty_row_and_nothing_is_written(village, flour, fault):
    told, expected = FAULTS[fault]
    good = row(village, resource_inventoried_as=flour, input_of=village.bake)
    bad = row(village, **{"resource_inventoried_as": flour, "input_of": village.bake, **told})
    rows, before = written(), states()
    with pytest.raises(Refused) as caught, transaction.atomic():
        record_table(table(good, bad, good))
    found = {(each.code, each.field) for each in caught.value.refusals}
    allowed = {(code, f"events.1.{field}") for code, field in expected}
    assert found
    assert found <= allowed
    assert (expected[0][0], f"events.1.{expected[0][1]}") in found
    assert (written(), states()) == (rows, before)


def test_a_column_that_no_event_has_is_named(village, flour):
    with refused("events.unknown_column"):
        record_table(table({**row(village, resource_inventoried_as=flour), "corrects": "1"}))


def test_a_name_that_several_have_is_no_reference(village, flour):
    village.mill.__class__.objects.create(agent_class="Person", name="Mill")
    with pytest.raises(Refused) as caught:
        record_table(table(row(village, resource_inventoried_as=flour, input_of=village.bake)))
    assert ("events.ambiguous_name", "events.0.provider") in {(each.code, each.field) for each in caught.value.refusals}


@pytest.mark.parametrize(
    "identity", [{"uid": "01890000-0000-7000-8000-00000000000A"}, {"iri": "https://elsewhere.example/1"}]
)
def test_an_identifier_means_one_event(village, flour, identity):
    told = row(village, resource_inventoried_as=flour, input_of=village.bake, **identity)
    with refused("events.identifier_taken"), transaction.atomic():
        record_table(table(told, told))
    record_table(table(told))
    assert EconomicEvent.objects.filter(**identity).count() == 1
    with refused("events.identifier_taken"), transaction.atomic():
        record_table(table(told))


def test_shortages_are_warned_of_or_refused(village, flour):
    more = row(village, quantity="6", resource_inventoried_as=flour, input_of=village.bake)
    count, warnings = record_table(table(more, more))
    assert count == 2
    assert [(each.code, each.field) for each in warnings] == [("effects.shortage", "events.1.resourceQuantity")]
    village.refuses_shortages(village.mill)
    with refused("effects.shortage"), transaction.atomic():
        record_table(table(more))
    assert balances(flour) == ("-2", "-2")


def test_things_combined_in_a_table_lie_in_what_it_brings_out(village, flour):
    box = village.stocked(0)
    combine = row(village, "combine", resource_inventoried_as=flour, input_of=village.bake)
    produce = row(village, "produce", resource_inventoried_as=box, output_of=village.bake)
    record_table(table(combine))
    record_table(table(produce))
    assert inside(flour) == [box]
    salt = village.stocked(1)
    record_table(table(row(village, "combine", resource_inventoried_as=salt, input_of=village.bake)))
    assert inside(salt) == [box]


told_rows = st.lists(
    st.fixed_dictionaries({
        "action": st.sampled_from(sorted(ACTIONS)),
        "provider": st.sampled_from([0, 0, 1]),
        "receiver": st.sampled_from([0, 0, 1]),
        "resource": st.sampled_from([0, 1, None]),
        "to_resource": st.sampled_from([None, None, 0, 1]),
        "process": st.sampled_from([None, "in", "out"]),
        "quantity": st.decimals(min_value=0, max_value=20, places=3),
        "place": st.booleans(),
        "day": st.sampled_from([None, 1, 2, 3]),
    }),
    min_size=1,
    max_size=6,
)  # fmt: skip


@given(rows=told_rows)
@settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_a_table_does_what_recording_row_by_row_does(village, rows):
    """Each row that recording refuses is refused in the table; the others leave the same stock and the same lines."""
    with transaction.atomic():
        resources = [village.stocked(10), village.stocked(5, agent=village.bakery)]
        one_by_one = transaction.savepoint()
        granted = [told for told in rows if _recorded(village, resources, told)]
        singly = _ledger(), _stock()
        transaction.savepoint_rollback(one_by_one)
        if granted:
            record_table(table(*(_row(village, resources, told) for told in granted)))
        in_a_table = _ledger(), _stock()
        transaction.set_rollback(True)
    assert in_a_table == singly


def _recorded(village, resources, told):
    agents = (village.mill, village.bakery)
    effort = ACTIONS[told["action"]].event_quantity == "effort"
    draft = EventDraft(
        told["action"], agents[told["provider"]], agents[told["receiver"]],
        resource_inventoried_as=None if told["resource"] is None else resources[told["resource"]],
        to_resource_inventoried_as=None if told["to_resource"] is None else resources[told["to_resource"]],
        resource_conforms_to=village.flour,
        resource_quantity=None if effort else Measure(told["quantity"], "kilogram"),
        effort_quantity=Measure(told["quantity"], "hour") if effort else None,
        input_of=village.bake if told["process"] == "in" else None,
        output_of=village.bake if told["process"] == "out" else None,
        to_location=village.shop if told["place"] else None,
        has_point_in_time=None if told["day"] is None else NOW - timedelta(days=told["day"]),
    )  # fmt: skip
    try:
        with transaction.atomic():
            record_event(SYSTEM, draft)
    except Refused:
        return False
    return True


def _row(village, resources, told):
    agents = (village.mill, village.bakery)
    kind = "effort" if ACTIONS[told["action"]].event_quantity == "effort" else "resource"
    plain = {
        "action": told["action"], "provider": agents[told["provider"]], "receiver": agents[told["receiver"]],
        "resource_inventoried_as": None if told["resource"] is None else resources[told["resource"]],
        "to_resource_inventoried_as": None if told["to_resource"] is None else resources[told["to_resource"]],
        "resource_conforms_to": village.flour,
        f"{kind}_quantity_value": told["quantity"],
        f"{kind}_quantity_unit": "hour" if kind == "effort" else "kilogram",
        "input_of": village.bake if told["process"] == "in" else None,
        "output_of": village.bake if told["process"] == "out" else None,
        "to_location": village.shop if told["place"] else None,
        "has_point_in_time": None if told["day"] is None else (NOW - timedelta(days=told["day"])).isoformat(),
    }  # fmt: skip
    return {name: str(getattr(value, "uid", value)) for name, value in plain.items() if value is not None}


def _ledger():
    """Return all lines without what differs in any two recordings."""
    names = [field.attname for field in EconomicEvent._meta.concrete_fields if field.attname not in {"id", "uid"}]
    ranks = _ranks()
    places = {"corrects_id", "previous_event_id", "to_previous_event_id"}
    return [
        {name: ranks[value] if name in places else value for name, value in line.items()}
        for line in EconomicEvent.objects.order_by("id").values(*names)
    ]


def _stock():
    """Return the states of all resources, their last event by its rank."""
    ranks = _ranks()
    return [(key, state._replace(previous_event=ranks[state.previous_event])) for key, state in stock.stored()]


def _ranks():
    # Places may have gaps: a sequence of PostgreSQL goes on where a wish that came to nothing left it.
    places = EconomicEvent.objects.order_by("id").values_list("pk", flat=True)
    return {None: None, **{place: rank for rank, place in enumerate(places)}}
