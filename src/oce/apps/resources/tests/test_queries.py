"""Questions about the inventory, each with a constant number of statements."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.agents.models import SpatialThing
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources import queries
from oce.apps.resources.models import EconomicResource
from oce.apps.resources.queries import Stock
from oce.kit.actor import STRANGER, SYSTEM
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
    flour, never_counted = resource(**counted("12.000000000000000001")).pk, resource().pk
    assert queries.stock_of_many([flour, never_counted]) == {
        flour: Stock(quantity("12.000000000000000001 kg"), quantity("13.000000000000000001 kg")),
        never_counted: Stock(None, None),
    }


def test_quantities_of_many_resources_are_one_statement(resource, django_assert_num_queries):
    keys = [resource(**counted(number)).pk for number in range(20)]
    with django_assert_num_queries(1):
        found = queries.stock_of_many([*keys, 10**9])
    assert list(found) == keys
    assert found[keys[7]].accounting == quantity("7 kg")


@pytest.fixture
def farm(resource):
    """A farm with a barn with a shelf; flour on the shelf and at the farm, more of it in a shop, and something uncounted."""
    farm = SpatialThing.objects.create(name="Farm")
    barn = SpatialThing.objects.create(name="Barn", within=farm)
    shelf = SpatialThing.objects.create(name="Shelf", within=barn)
    shop = SpatialThing.objects.create(name="Shop")
    for number, place in ((1, farm), (2, shelf), (4, shelf), (8, shop)):
        resource(current_location=place, **counted(number))
    resource(current_location=shelf)
    return [farm, barn, shelf, shop]


def test_stock_is_summed_by_place_with_the_places_inside(farm, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = queries.stock_by_place(SYSTEM)
    assert {each.place: (each.accounting, each.onhand, each.unit) for each in found} == {
        farm[0].pk: (Decimal(7), Decimal(10), "kilogram"),
        farm[1].pk: (Decimal(6), Decimal(8), "kilogram"),
        farm[2].pk: (Decimal(6), Decimal(8), "kilogram"),
        farm[3].pk: (Decimal(8), Decimal(9), "kilogram"),
    }
    assert [each.place for each in queries.stock_by_place(SYSTEM, farm[1])] == [farm[1].pk, farm[2].pk]
    assert queries.stock_by_place(STRANGER) == []


def test_stock_at_places_comes_by_kind(farm, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = queries.stock_at(SYSTEM, {farm[1].pk, 10**9})
    (flour,) = ResourceSpecification.objects.all()
    assert found == {farm[1].pk: [(flour, quantity("6 kg"), quantity("8 kg"))]}
