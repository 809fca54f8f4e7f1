"""How many statements recording takes: so many for one event, and no more for five hundred."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oce.apps.events.commands import record_event, record_events, undo_event
from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.tests.village import Village, hours
from oce.kit.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return Village()


@pytest.fixture
def flour(village):
    # The house has looked for units of its own before it is counted.
    village.record("work", effort_quantity=hours(1), input_of=village.bake, resource_conforms_to=village.bread)
    return village.stocked(10_000)


def statements(wish):
    """Return the statements that a wish sends, each shortly, without those that begin and end its transaction."""
    with CaptureQueriesContext(connection) as captured:
        wish()
    asked = [each["sql"].split(" ", 1)[1] if " times: " in each["sql"] else each["sql"] for each in captured]
    return [sql[:60] for sql in asked if not sql.startswith(("SAVEPOINT", "RELEASE"))]


def either(*, sqlite, postgresql):
    """Return the number for the database in use: on PostgreSQL statements travel together."""
    return postgresql if connection.vendor == "postgresql" else sqlite


def test_one_event_takes_six_statements_in_two_messages(village, flour):
    """What it names, the resource, its place; the row, the stock, the journal."""
    draft = village.draft(
        "consume", 1, resource_inventoried_as=flour, input_of=village.bake, realization_of=village.deal
    )
    assert len(statements(lambda: record_event(SYSTEM, draft))) == either(sqlite=6, postgresql=2)


def test_five_hundred_events_take_as_many(village, flour):
    draft = village.draft(
        "consume", 1, resource_inventoried_as=flour, input_of=village.bake, realization_of=village.deal
    )
    assert len(statements(lambda: record_events(SYSTEM, [draft] * 500))) == either(sqlite=6, postgresql=2)


def test_a_thousand_events_of_many_agents_take_twice_as_many_for_twice_five_hundred(village, flour):
    agents = [village.mill.__class__.objects.create(agent_class="Person", name=f"Ana {number}") for number in range(20)]
    drafts = [
        village.draft("work", effort_quantity=hours(1), provider=agents[number % 20], input_of=village.bake,
                      resource_conforms_to=village.bread)
        for number in range(1000)
    ]  # fmt: skip
    # No resource, so neither stock nor its lock; the journal line once.
    assert len(statements(lambda: record_events(SYSTEM, drafts))) == either(sqlite=2 * 3 + 1, postgresql=2 + 1)


@pytest.mark.parametrize("count", [1, 200])
def test_things_made_take_so_many_statements_however_many_they_are(village, flour, count):
    drafts = [
        village.draft(
            "raise", 1, resource_conforms_to=village.flour.uid, new_resource=ResourceDraft(lot_code=f"L-{number % 50}")
        )
        for number in range(count)
    ]
    asked = statements(lambda: record_events(SYSTEM, drafts))
    # Besides: the kind, the lots that are there, and those that are new.
    assert len(asked) == either(sqlite=6 + 4, postgresql=7), asked


def test_a_production_takes_four_messages(village, flour):
    """What it names; what it makes and the processes under lock; the resources and places; all that is written."""
    drafts = [
        village.draft("consume", 1, resource_inventoried_as=flour, input_of=village.bake),
        village.draft(
            "produce", 2, resource_conforms_to=village.bread, output_of=village.bake, new_resource=ResourceDraft()
        ),
    ]
    assert len(statements(lambda: record_events(SYSTEM, drafts))) == either(sqlite=7, postgresql=4)


def test_undoing_what_only_counted_reads_no_history(village, flour):
    counted = village.record("lower", 1, resource_inventoried_as=flour)
    moved = village.record("lower", 1, resource_inventoried_as=flour, state="wet")
    short, long = (len(statements(lambda event=event: undo_event(SYSTEM, event))) for event in (counted, moved))
    # The event, its newest neighbours on either side and what they say, and two for the beginning; on PostgreSQL what waits
    # is sent before.
    assert short == long - either(sqlite=6, postgresql=6 + 1)


def test_an_undo_takes_a_bounded_number_of_statements(village, flour):
    few = village.record("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    asked = len(statements(lambda: undo_event(SYSTEM, few)))
    draft = village.draft("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    many = record_events(SYSTEM, [draft] * 100)[0]
    assert len(statements(lambda: undo_event(SYSTEM, many))) == asked <= 20
