"""Describing resources and lots, and deciding about shortages; stock itself only moves by events."""

from __future__ import annotations

import pytest

from oce.apps.agents.models import Agent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources import commands
from oce.apps.resources.models import BatchLotRecord, EconomicResource, StockPolicy
from oce.apps.resources.queries import refuses_shortages
from oce.kit.commands import creator, deleter
from oce.kit.journal import JournalLine
from oce.kit.testing.notation import quantity, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery():
    return Agent.objects.create(agent_class="Organization", name="Bakery")


@pytest.fixture
def flour():
    return EconomicResource.objects.create(name="Flour", conforms_to=ResourceSpecification.objects.create(name="Flour"))


def test_a_resource_is_described_anew(actor, flour):
    lot = commands.make_lot(actor, {"batch_lot_code": "L-1"})
    changed = commands.change_resource(
        actor, flour, flour.revision_id, {"name": "Rye flour", "of_batch_lot": lot, "classified_as": ["organic"]}
    )
    flour.refresh_from_db()
    assert (flour.name, flour.of_batch_lot, flour.classified_as) == ("Rye flour", lot, ["organic"])
    assert changed.revision_id != f"{flour.uid}:1"
    assert JournalLine.objects.latest("id").sentence == "tests: described Rye flour anew"


@pytest.mark.parametrize(
    "values",
    [
        {"onhand_quantity": quantity("10 kg")},
        {"accounting_quantity": None},
        {"primary_accountable": None},
        {"current_location": None},
        {"stage": None},
        {"state": "pass"},
        {"contained_in": []},
        {"conforms_to": None},
        {"last_event": 7},
    ],
)
def test_what_follows_from_events_is_never_set_by_hand(actor, flour, values):
    with refused("kit.not_settable"):
        commands.change_resource(actor, flour, None, values)


def test_describing_never_brings_back_an_old_balance(actor, flour):
    read_a_while_ago = EconomicResource.objects.get(pk=flour.pk)
    EconomicResource.objects.filter(pk=flour.pk).update(
        onhand_quantity_value=7, onhand_quantity_unit="kilogram", state="fresh"
    )
    read_a_while_ago.name = "Old flour"
    read_a_while_ago.save()
    flour.refresh_from_db()
    assert (flour.name, flour.onhand_quantity, flour.state) == ("Old flour", quantity("7 kg"), "fresh")


def test_no_command_makes_or_deletes_a_resource():
    assert creator(EconomicResource) is None
    assert deleter(EconomicResource) is None


def test_what_lies_in_something_stays_a_thing(actor, flour):
    flour.contained_in.add(EconomicResource.objects.create(name="Box", conforms_to=flour.conforms_to))
    with refused("resources.is_contained"):
        commands.change_resource(actor, flour, None, {"current_virtual_location": "https://files.example/flour"})
    flour.contained_in.clear()
    commands.change_resource(actor, flour, None, {"current_virtual_location": "https://files.example/flour"})
    with refused("kit.changed_meanwhile"):
        commands.change_resource(actor, flour, f"{flour.uid}:1", {"name": "Flour"})


def test_a_lot_is_written_down_changed_and_deleted(actor, flour):
    lot = commands.make_lot(actor, {"batch_lot_code": "L-1"})
    commands.change_lot(actor, lot, lot.revision_id, {"batch_lot_code": "L-2"})
    commands.change_resource(actor, flour, None, {"of_batch_lot": lot})
    with refused("kit.still_used"):
        commands.delete_lot(actor, lot, None)
    commands.change_resource(actor, flour, None, {"of_batch_lot": None})
    commands.delete_lot(actor, lot, None)
    assert not BatchLotRecord.objects.exists()


def test_a_group_decides_about_shortages(actor, stranger, bakery):
    assert not refuses_shortages(bakery)
    commands.set_stock_policy(actor, bakery, "refuse")
    assert refuses_shortages(bakery)
    commands.set_stock_policy(actor, bakery, "warn")
    assert not refuses_shortages(bakery)
    assert StockPolicy.objects.count() == 1
    with refused("resources.unknown_policy"):
        commands.set_stock_policy(actor, bakery, "pray")
    with refused("kit.not_allowed"):
        commands.set_stock_policy(stranger, bakery, "refuse")
