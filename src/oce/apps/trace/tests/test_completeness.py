"""Five levels both ways over five hundred records: nothing is missing beside a walk written independently (T10)."""

from __future__ import annotations

import random
from time import process_time

import pytest

from oce.apps.events.commands import record_events
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.trace.explorer import Question, explored
from oce.apps.trace.sights import look
from oce.kit.actor import SYSTEM
from oce.kit.testing import factories
from oce.vf.measures import measure

pytestmark = pytest.mark.django_db(transaction=True)

LAYERS = 11
WIDTH = 20
NODES = 500
SECONDS_MAX = 1


@pytest.fixture
def web(fresh_graph):
    """Eleven layers of things, each made of some of the layer before, all in the hands of one group."""
    chance = random.Random(7)
    group, kind = factories.organization("Web"), factories.kind("yarn")
    amount = {"resource_quantity": measure("1 kilogram")}
    layers = [_made(group, kind, amount, None, [], f"0-{at}") for at in range(WIDTH)]
    rows = [layers]
    for layer in range(1, LAYERS):
        made = []
        for at in range(WIDTH):
            step = factories.process(f"Step {layer}-{at}")
            taken = chance.sample(rows[-1], 3)
            made.append(_made(group, kind, amount, step, taken, f"{layer}-{at}"))
        rows.append(made)
    return rows


def _made(group, kind, amount, step, taken, name):
    drafts = [EventDraft("consume", group, group, each, input_of=step, **amount) for each in taken]
    born = {"resource_conforms_to": kind, "new_resource": ResourceDraft({"name": name})}
    drafts.append(EventDraft("produce" if step else "raise", group, group, output_of=step, **born, **amount))
    return record_events(SYSTEM, drafts)[-1].resource_inventoried_as


def reference(start, *, is_back, levels):
    """Return what lies within so many levels, by the links of the rows alone: thing, event, process, event, thing."""
    names = ("id", "action", "resource_inventoried_as_id", "input_of_id", "output_of_id")
    events = [dict(zip(names, row, strict=True)) for row in EconomicEvent.objects.values_list(*names)]
    found, ring = {("resource", start.pk)}, {start.pk}
    entering, leaving = ("output_of_id", "input_of_id") if is_back else ("input_of_id", "output_of_id")
    for _ in range(levels):
        following = set()
        for event in events:
            if event["resource_inventoried_as_id"] not in ring:
                continue
            if is_back and event["action"] == "raise":
                found.add(("event", event["id"]))
            if event[entering] is None:
                continue
            found |= {("event", event["id"]), ("process", event[entering])}
            for other in events:
                if other[leaving] == event[entering]:
                    found |= {("event", other["id"]), ("resource", other["resource_inventoried_as_id"])}
                    following.add(other["resource_inventoried_as_id"])
        ring = following
    return found


def test_five_levels_both_ways_are_complete_and_quick(web, django_assert_max_num_queries) -> None:
    start = web[LAYERS // 2][3]
    look(SYSTEM, [start])
    begun = process_time()
    with django_assert_max_num_queries(8):
        found = explored(look(SYSTEM, [start], levels=5), Question(5))
    took = process_time() - begun
    back, forth = (reference(start, is_back=is_back, levels=5) for is_back in (True, False))
    assert set(found.seen.sight.distance) == back | forth
    assert len(back | forth) >= NODES
    assert {node for node, steps in found.seen.sight.distance.items() if steps < 0} == back - {("resource", start.pk)}
    assert found.hidden == 0
    assert took < SECONDS_MAX


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_fewer_levels_are_complete_too(web, levels) -> None:
    start = web[LAYERS // 2][3]
    seen = look(SYSTEM, [start], levels=levels)
    back, forth = (reference(start, is_back=is_back, levels=levels) for is_back in (True, False))
    assert set(seen.sight.distance) == back | forth
