"""What programs decide about shortages, and read of what was decided."""

from __future__ import annotations

import pytest

from oce.apps.agents.models import SpatialThing
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources.models import EconomicResource
from oce.kit.testing.asking import ask, codes
from oce.kit.testing.factories import organization
from oce.kit.testing.notation import quantity

pytestmark = pytest.mark.django_db

DECIDE = """
mutation Decide($agent: ID!, $shortage: String!, $key: String) {
  setStockPolicy(agent: $agent, shortage: $shortage, key: $key) { agent { name shortage } }
}
"""


def decide(agent, shortage, key=None):
    return ask(DECIDE, agent=str(agent.uid), shortage=shortage, key=key)["setStockPolicy"]["agent"]


def test_a_program_decides_about_shortages_and_reads_what_was_decided():
    bakery = organization("Bakery")
    assert decide(bakery, "refuse") == {"name": "Bakery", "shortage": "refuse"}
    assert decide(bakery, "warn") == {"name": "Bakery", "shortage": "warn"}


def test_a_retried_decision_is_answered_as_before():
    bakery = organization("Bakery")
    first = ask(DECIDE, agent=str(bakery.uid), shortage="refuse", key="once")
    assert ask(DECIDE, agent=str(bakery.uid), shortage="refuse", key="once") == first


def test_what_agents_decided_is_read_by_one_query(django_assert_max_num_queries):
    for name in ("Mill", "Bakery", "Shop"):
        decide(organization(name), "refuse")
    organization("Newcomer")
    with django_assert_max_num_queries(3):
        edges = ask("{ agents { edges { node { shortage } } } }")["agents"]["edges"]
    assert [edge["node"]["shortage"] for edge in edges] == ["refuse", "refuse", "refuse", "warn"]


def test_an_unknown_decision_or_agent_is_refused():
    bakery = organization("Bakery")
    assert codes(DECIDE, agent=str(bakery.uid), shortage="ignore") == ["resources.unknown_policy"]
    assert codes(DECIDE, agent="nobody", shortage="warn") == ["kit.unknown_record"]


STOCK = """
{ spatialThings { edges { node { name stock {
  resourceConformsTo { name } onhandQuantity { hasNumericalValue hasUnit { id } } accountingQuantity { hasNumericalValue }
} } } } }
"""


def test_the_stock_of_every_place_is_read_at_once(django_assert_max_num_queries):
    flour = ResourceSpecification.objects.create(name="Flour")
    farm = SpatialThing.objects.create(name="Farm")
    barn = SpatialThing.objects.create(name="Barn", within=farm)
    SpatialThing.objects.create(name="Shop")
    for place in (farm, barn, barn):
        EconomicResource.objects.create(
            conforms_to=flour,
            current_location=place,
            accounting_quantity=quantity("3 kg"),
            onhand_quantity=quantity("2 kg"),
        )
    with django_assert_max_num_queries(5):
        edges = ask(STOCK)["spatialThings"]["edges"]
    assert {edge["node"]["name"]: len(edge["node"]["stock"]) for edge in edges} == {"Farm": 1, "Barn": 1, "Shop": 0}
    here = {edge["node"]["name"]: edge["node"]["stock"] for edge in edges}
    assert here["Farm"] == [
        {
            "resourceConformsTo": {"name": "Flour"},
            "onhandQuantity": {"hasNumericalValue": "6", "hasUnit": {"id": "kilogram"}},
            "accountingQuantity": {"hasNumericalValue": "9"},
        }
    ]
    assert here["Barn"][0]["onhandQuantity"]["hasNumericalValue"] == "4"
