"""Whole tables of events: the same as if each row had been recorded by itself, all of them or none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

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
    "future of a past event": ({"has_end": "2099-01-01", "has_point_in_time": "2026-01-01"}, [("events.not_yet", "hasEnd")]),
    "future writing": ({"created": "2099-01-01"}, [("events.not_yet", "created")]),
    "state": ({"state": "x" * 201}, [("kit.too_long", "state")]),
    "note": ({"note": "x" * 20_001}, [("kit.too_long", "note")]),
    "no characters": ({"note": "nothing \0 here"}, [("kit.wrong_kind", "note")]),
    "no characters in a name": ({"provider": "Mi\0ll"}, [("kit.unknown_record", "provider")]),
    "script": ({"image": "javascript:alert(1)"}, [("kit.no_address", "image")]),
    "kind of the to side": (
        {"resource_inventoried_as": None, "resource_conforms_to": "Bread", "to_resource_inventoried_as": "Flour",
         "action": "transfer", "input_of": None, "receiver": "Bakery"},
        [("events.kind_differs", "resourceConformsTo")]),
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


_SOMEBODY = str(uuid4())
moments = st.sampled_from([None] * 4 + [NOW - timedelta(days=1), NOW - timedelta(days=2), NOW + timedelta(days=400)])
amounts = st.tuples(
    st.sampled_from(["0", "1", "2.5", "20", "-1"]),
    st.sampled_from(["kilogram"] * 4 + ["kg", "hour", "litre", "bushels"]),
)
told_rows = st.fixed_dictionaries({
    "action": st.sampled_from([*sorted(ACTIONS), "misplace"]),
    "provider": st.sampled_from(["mill", "mill", "bakery", None, _SOMEBODY]),
    "receiver": st.sampled_from(["mill", "mill", "bakery", None, _SOMEBODY]),
    "resource_inventoried_as": st.sampled_from(["wheat", "rye", None]),
    "to_resource_inventoried_as": st.sampled_from([None, None, "wheat", "rye", "loaf"]),
    "resource_conforms_to": st.sampled_from([None, "flour", "flour", "bread", _SOMEBODY]),
    "input_of": st.sampled_from([None, None, "bake"]),
    "output_of": st.sampled_from([None, None, None, "bake", _SOMEBODY]),
    "realization_of": st.sampled_from([None, "deal", _SOMEBODY]),
    "to_location": st.sampled_from([None, "shop"]),
    "resource_quantity": st.none() | amounts,
    "effort_quantity": st.none() | st.just(("1", "hour")),
    "has_beginning": moments, "has_end": moments, "has_point_in_time": moments, "created": moments,
    "state": st.sampled_from([None, "fresh", " fresh ", "x" * 201]),
    "image": st.sampled_from([None, "https://example.org/bread.jpg", "javascript:alert(1)"]),
    "note": st.sampled_from([None, " twice\tbaked\n", "nothing \0 here", "x" * 20_001]),
    "iri": st.sampled_from([None, None, "https://elsewhere.example/1", "https://elsewhere.example/\t2"]),
})  # fmt: skip
# Most rows of a ledger are right; each of these has a few things changed that may be wrong.
RIGHT = {
    "provider": "mill", "receiver": "mill", "resource_conforms_to": "flour", "output_of": None, "realization_of": None,
    "has_beginning": None, "has_end": None, "created": None, "state": None, "image": None, "note": None, "iri": None,
    "effort_quantity": None,
}  # fmt: skip
rows_told = st.builds(
    lambda told, right: {**told, **{name: RIGHT[name] for name in right}},
    told_rows,
    st.sets(st.sampled_from(sorted(RIGHT))),
)


@given(rows=st.lists(rows_told, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_a_row_is_judged_and_written_as_the_same_event_told_alone_is(village, rows):
    with transaction.atomic():
        named = {
            "wheat": village.stocked(10), "rye": village.stocked(5, agent=village.bakery),
            "loaf": village.stocked(3, resource_conforms_to=village.bread), **vars(village),
        }  # fmt: skip
        for row in rows:
            told = {name: named.get(value, value) if isinstance(value, str) else value for name, value in row.items()}
            alone = _outcome(partial(record_event, SYSTEM, _draft(told)), keep=False)
            assert _outcome(partial(record_table, table(_row(told))), keep=True) == alone
        transaction.set_rollback(True)


def _outcome(record, *, keep):
    """Return what recording leaves, or the codes of what it refuses."""
    begun = transaction.savepoint()
    try:
        record()
    except Refused as refused:
        transaction.savepoint_rollback(begun)
        return {refusal.code for refusal in refused.refusals}
    left = _ledger(), _stock()
    if not keep:
        transaction.savepoint_rollback(begun)
    return left


def _draft(told):
    measures = {
        name: None if told[name] is None else Measure(Decimal(told[name][0]), told[name][1])
        for name in ("resource_quantity", "effort_quantity")
    }
    texts = {name: told[name] or "" for name in ("state", "image", "note")}
    return EventDraft(**{**told, **measures, **texts})


def _row(told):
    plain = {name: value for name, value in told.items() if not isinstance(value, tuple)}
    for name in ("resource_quantity", "effort_quantity"):
        plain[f"{name}_value"], plain[f"{name}_unit"] = told[name] or (None, None)
    texts = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in plain.items()}
    return {name: str(getattr(value, "uid", value)) for name, value in texts.items() if value is not None}


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
