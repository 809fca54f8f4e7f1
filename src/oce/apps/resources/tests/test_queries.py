"""Questions about the inventory, each with a constant number of statements."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources import queries
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.resources.queries import Stock
from oce.kit.testing.notation import quantity

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource():
    kind = ResourceSpecification.objects.create(name="Flour")

    def make(name="Flour", **values):
        return EconomicResource.objects.create(name=name, conforms_to=kind, **values)

    return make


def counted(number):
    value = Decimal(number)
    return {
        "accounting_quantity_value": value, "accounting_quantity_unit": "kilogram",
        "onhand_quantity_value": value + 1, "onhand_quantity_unit": "kilogram",
    }  # fmt: skip


def test_how_much_there_is_now(resource):
    flour, never_counted = resource(**counted("12.000000000000000001")), resource()
    assert queries.stock_of(flour) == Stock(quantity("12.000000000000000001 kg"), quantity("13.000000000000000001 kg"))
    assert queries.stock_of(never_counted) == Stock(None, None)


def test_quantities_of_many_resources_are_one_statement(resource, django_assert_num_queries):
    keys = [resource(**counted(number)).pk for number in range(20)]
    with django_assert_num_queries(1):
        found = queries.stock_of_many([*keys, 10**9])
    assert list(found) == keys
    assert found[keys[7]].accounting == quantity("7 kg")


def test_whose_it_is(resource):
    mill, bakery = (Agent.objects.create(agent_class="Organization", name=name) for name in ("Mill", "Bakery"))
    first, _, last = (
        resource(primary_accountable=mill),
        resource(primary_accountable=bakery),
        resource(primary_accountable=mill),
    )
    assert list(queries.resources_of(mill)) == [first, last]


def test_what_is_at_a_place_counts_places_within_places(resource, django_assert_num_queries):
    farm = SpatialThing.objects.create(name="Farm")
    barn = SpatialThing.objects.create(name="Barn", within=farm)
    shelf = SpatialThing.objects.create(name="Shelf", within=barn)
    shop = SpatialThing.objects.create(name="Shop")
    at_farm, on_shelf, _ = (resource(current_location=place) for place in (farm, shelf, shop))
    with django_assert_num_queries(1):
        assert list(queries.resources_at(farm)) == [at_farm, on_shelf]
    assert list(queries.resources_at(farm, within=False)) == [at_farm]
    assert list(queries.resources_at(barn)) == [on_shelf]


def test_a_lot_is_followed_across_agents(resource):
    lots = [BatchLotRecord.objects.create(batch_lot_code=code) for code in ("L-1", "L-1", "L-2")]
    first, second, _ = (resource(of_batch_lot=lot) for lot in lots)
    assert list(queries.resources_of_lot("L-1")) == [first, second]


def test_what_lies_in_what_at_any_depth_and_in_circles(resource, django_assert_num_queries):
    lorry, box, flour, salt = (resource(name) for name in ("Lorry", "Box", "Flour", "Salt"))
    box.contained_in.add(lorry)
    flour.contained_in.add(box)
    salt.contained_in.add(lorry)
    with django_assert_num_queries(1):
        assert list(queries.contents_of(lorry)) == [box, flour, salt]
    assert list(queries.contents_of(lorry, deep=False)) == [box, salt]
    assert list(queries.containers_of(flour)) == [lorry, box]
    assert list(queries.containers_of(flour, deep=False)) == [box]
    lorry.contained_in.add(box)
    assert list(queries.contents_of(lorry)) == [box, flour, salt]
