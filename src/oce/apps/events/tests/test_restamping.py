"""An undo lets resources fall back to what they were, and reads no more of their history than that takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oce.apps.events import history, restamping
from oce.apps.events.bulk import record_table
from oce.apps.events.models import EconomicEvent
from oce.apps.events.tests.village import Village, assert_replays, fresh
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)

happened = st.fixed_dictionaries({
    "action": st.sampled_from(["move", "transfer", "transferCustody", "accept", "modify", "consume", "produce"]),
    "agents": st.sampled_from(["mm", "mb", "bm", "bb"]),
    "ends": st.sampled_from([(0, None), (0, 1), (1, 0), (1, None)]),
    "place": st.sampled_from([None, "barn", "shop"]),
    "state": st.sampled_from(["", "fresh", "stale"]),
    "day": st.sampled_from([None, 1, 2, 3, 4]),
})  # fmt: skip


@given(rows=st.lists(happened, min_size=2, max_size=9), undone=st.lists(st.integers(0, 20), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_however_little_is_read_a_resource_falls_back_to_what_its_history_tells(monkeypatch, rows, undone):
    monkeypatch.setattr(restamping, "BLOCKS", (1, 2, 3))
    with transaction.atomic():
        village = Village()
        stock = [village.stocked(50), village.stocked(50, agent=village.bakery)]
        for told in rows:
            _record(village, stock, told)
        for number in undone:
            standing = [event for event in _events() if not event.corrected_by.exists()]
            if standing:
                village.undo(standing[number % len(standing)])
            assert_replays()
        transaction.set_rollback(True)


def test_the_undo_of_one_among_many_reads_only_the_newest(monkeypatch):
    village = Village()
    stock, bought = village.stocked(10), village.stocked(10, agent=village.bakery)
    row = {
        "action": "transfer", "provider": "Mill", "receiver": "Bakery", "resource_inventoried_as": str(stock.uid),
        "to_resource_inventoried_as": str(bought.uid), "resource_quantity_value": "1", "resource_quantity_unit": "kg",
    }  # fmt: skip
    moments = [(NOW - timedelta(minutes=minutes)).isoformat() for minutes in reversed(range(200))]
    record_table(
        pa.table({**{name: [value] * 200 for name, value in row.items()}, "has_point_in_time": moments}),
    )
    monkeypatch.setattr(history, "restamped", None)
    events = _events()
    for place in (-1, -3, -100, 10):
        village.undo(events[place])
    assert fresh(bought).onhand_quantity_value == 206
    assert fresh(bought).primary_accountable == village.bakery
    assert_replays()


def test_what_an_undone_event_had_hidden_comes_to_light(monkeypatch):
    monkeypatch.setattr(restamping, "BLOCKS", (2,))
    village = Village()
    flour = village.stocked(10)
    told = {"resource_inventoried_as": flour, "resource_conforms_to": village.flour}
    late = village.record("move", 1, to_location=village.shop, has_point_in_time=NOW, **told)
    days_before = NOW - timedelta(days=2)
    village.record("modify", 1, output_of=village.bake, state="sifted", has_point_in_time=days_before, **told)
    village.record("move", 1, to_location=village.barn, has_point_in_time=NOW + timedelta(days=1), **told)
    assert fresh(flour).state == ""
    village.undo(late)
    assert fresh(flour).state == "sifted"
    assert_replays()


def _events():
    return list(EconomicEvent.objects.filter(corrects=None).order_by("id"))


def _record(village, stock, told):
    agents = {"m": village.mill, "b": village.bakery}
    resource, to_resource = (None if number is None else stock[number] for number in told["ends"])
    is_output = told["action"] in {"produce", "modify"}
    try:
        with transaction.atomic():
            village.record(
                told["action"], 1, provider=agents[told["agents"][0]], receiver=agents[told["agents"][1]],
                resource_inventoried_as=resource,
                to_resource_inventoried_as=to_resource if told["action"] in {"move", "transfer", "transferCustody"} else None,
                input_of=village.bake if told["action"] in {"accept", "consume"} else None,
                output_of=village.bake if is_output else None,
                to_location=None if told["place"] is None else getattr(village, told["place"]),
                state=told["state"],
                has_point_in_time=None if told["day"] is None else NOW - timedelta(days=told["day"]),
            )  # fmt: skip
    except Refused:
        return
