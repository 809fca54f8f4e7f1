"""What the ledger stands on: the kinds of processes that are stages, and what resources were opened with."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.events.openings import OpeningDraft, open_resources
from oce.apps.events.tests.village import Village, assert_replays, fresh, kg
from oce.apps.knowledge.models import ProcessSpecification
from oce.apps.processes.commands import change_process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import SYSTEM
from oce.kit.testing.notation import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    village = Village()
    yield village
    assert_replays()


@pytest.fixture
def milling():
    return ProcessSpecification.objects.create(name="Milling")


def test_a_process_gets_another_kind_while_nothing_came_out_of_it(village, milling):
    flour = village.stocked(10)
    village.record("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    assert change_process(SYSTEM, village.bake, None, {"based_on": milling}).based_on == milling


def test_a_process_keeps_the_kind_that_is_the_stage_of_something(village, milling):
    bread = village.stocked(10, resource_conforms_to=village.bread)
    village.record("produce", 1, resource_inventoried_as=bread, output_of=village.bake)
    for kind in (milling, None):
        with refused("events.stage_given"):
            change_process(SYSTEM, village.bake, None, {"based_on": kind})
    changed = change_process(SYSTEM, village.bake, None, {"based_on": village.baking, "name": "Bake on Sunday"})
    assert (changed.name, fresh(bread).stage) == ("Bake on Sunday", village.baking)


def test_a_resource_is_opened_before_anything_happens_to_it(village):
    flour = EconomicResource.objects.create(name="Flour", conforms_to=village.flour)
    told = OpeningDraft(onhand=Decimal(7), accounting=Decimal(7), unit="kilogram", accountable=village.mill)
    open_resources(SYSTEM, [(flour, told)])
    village.record("consume", 2, resource_inventoried_as=flour, input_of=village.bake)
    assert fresh(flour).onhand_quantity == kg(5)
    village.undo(village.record("move", 5, resource_inventoried_as=flour, to_location=village.barn))
    assert (fresh(flour).current_location, fresh(flour).primary_accountable) == (None, village.mill)
    with refused("events.already_open"):
        open_resources(SYSTEM, [(flour, told)])
    with refused("events.already_open"):
        open_resources(SYSTEM, [(village.stocked(1), told)])
