"""Faults seen in other servers of the vocabulary, each provoked here: they must not be ours."""

from __future__ import annotations

import pytest

from oce.kit.testing import factories as make
from oce.kit.testing.asking import ask
from oce.vf.actions import ACTIONS
from tests.graphql.wishes import kilograms, raised, record, told

pytestmark = pytest.mark.django_db

HELD = """
query($id: ID!) {
  economicResource(id: $id) {
    onhandQuantity { hasNumericalValue } accountingQuantity { hasNumericalValue } currentLocation { name }
    primaryAccountable { name } containedIn { name } contains { name } economicEvents(last: 1) { edges { node { id } } }
  }
}
"""


@pytest.fixture
def mill():
    return make.organization("Mill")


@pytest.fixture
def bakery():
    return make.organization("Bakery")


@pytest.fixture
def flour():
    return make.kind("flour")


def held(identifier):
    return ask(HELD, id=identifier)["economicResource"]


def quantities(identifier):
    found = held(identifier)
    return tuple(found[f"{which}Quantity"]["hasNumericalValue"] for which in ("accounting", "onhand"))


def test_a_transfer_of_a_part_leaves_the_giver_what_is_left(mill, bakery, flour):
    sack, bin_ = raised(mill, flour, "10"), raised(bakery, flour, "1")
    sides = {"resourceInventoriedAs": sack, "toResourceInventoriedAs": bin_}
    sold = record(told("transfer", mill, bakery, resourceQuantity=kilograms(4), **sides))["economicEvent"]["id"]
    assert (quantities(sack), held(sack)["primaryAccountable"]["name"]) == (("6", "6"), "Mill")
    assert (quantities(bin_), held(bin_)["primaryAccountable"]["name"]) == (("5", "5"), "Bakery")
    used = record(told("consume", mill, resourceInventoriedAs=sack, resourceQuantity=kilograms(1)))["economicEvent"]
    assert used["previousEvent"]["id"] == sold
    taken = record(told("consume", bakery, resourceInventoriedAs=bin_, resourceQuantity=kilograms(1)))["economicEvent"]
    assert taken["previousEvent"]["id"] == sold


def test_a_transfer_that_makes_the_to_side_gives_it_agent_and_trail(mill, bakery, flour):
    sack = raised(mill, flour, "10")
    event = told("transfer", mill, bakery, resourceInventoriedAs=sack, resourceQuantity=kilograms(4))
    answered = record(event | {"resourceConformsTo": str(flour.uid)}, new={"name": "Bin"})
    bin_ = answered["economicResource"]["id"]
    assert held(bin_)["primaryAccountable"]["name"] == "Bakery"
    assert held(bin_)["economicEvents"]["edges"][0]["node"]["id"] == answered["economicEvent"]["id"]
    assert (quantities(sack), quantities(bin_)) == (("6", "6"), ("4", "4"))


def test_a_transfer_without_a_to_side_still_takes_from_the_giver(mill, bakery, flour):
    sack = raised(mill, flour, "10")
    record(told("transfer", mill, bakery, resourceInventoriedAs=sack, resourceQuantity=kilograms(4)))
    assert quantities(sack) == ("6", "6")


def test_combine_and_separate_move_things_in_and_out_of_a_container(mill, flour):
    box = raised(mill, make.kind("box", unit="one"), "1", "Box")
    sack = raised(mill, flour, "10", "Sack")
    packing, unpacking = make.process("Pack"), make.process("Unpack")
    into = {"inputOf": str(packing.uid), "toResourceInventoriedAs": box}
    record(told("combine", mill, resourceInventoriedAs=sack, resourceQuantity=kilograms(10), **into))
    assert [each["name"] for each in held(sack)["containedIn"]] == ["Box"]
    assert quantities(sack) == ("10", "0")
    assert [each["name"] for each in held(box)["contains"]] == ["Sack"]
    out = {"outputOf": str(unpacking.uid)}
    record(told("separate", mill, resourceInventoriedAs=sack, resourceQuantity=kilograms(10), **out))
    assert held(sack)["containedIn"] == []
    assert quantities(sack) == ("10", "10")


def test_one_and_one_point_zero_are_the_same_quantity(mill, flour):
    sack = raised(mill, flour, "1")
    record(told("consume", mill, resourceInventoriedAs=sack, resourceQuantity=kilograms("1.0")))
    assert quantities(sack) == ("0", "0")


def test_pickup_lowers_and_dropoff_raises_what_is_on_hand_alone(mill, flour):
    sack, transport = raised(mill, flour, "10"), make.process("Drive")
    there = make.place("Bakery yard")
    record(told("pickup", mill, resourceInventoriedAs=sack, resourceQuantity=kilograms(10), inputOf=str(transport.uid)))
    assert quantities(sack) == ("10", "0")
    arrives = {"outputOf": str(transport.uid), "toLocation": str(there.uid)}
    record(told("dropoff", mill, resourceInventoriedAs=sack, resourceQuantity=kilograms(10), **arrives))
    assert quantities(sack) == ("10", "10")
    assert held(sack)["currentLocation"]["name"] == "Bakery yard"


def test_a_move_places_what_arrives_and_not_what_stays(mill, flour):
    sack, shelf, barn = raised(mill, flour, "10"), raised(mill, flour, "1"), make.place("Barn")
    sides = {"resourceInventoriedAs": sack, "toResourceInventoriedAs": shelf, "toLocation": str(barn.uid)}
    record(told("move", mill, resourceQuantity=kilograms(4), **sides))
    assert held(sack)["currentLocation"] is None
    assert held(shelf)["currentLocation"]["name"] == "Barn"
    assert (quantities(sack), quantities(shelf)) == (("6", "6"), ("5", "5"))


def test_a_copy_leaves_its_origin_as_it_was(mill, flour):
    plan, print_ = raised(mill, flour, "1"), raised(mill, flour, "1")
    sides = {"resourceInventoriedAs": plan, "toResourceInventoriedAs": print_}
    record(told("copy", mill, resourceQuantity=kilograms(2), **sides))
    assert (quantities(plan), quantities(print_)) == (("1", "1"), ("3", "3"))


def test_work_with_an_existing_resource_needs_no_quantity_of_it(mill, flour):
    sack, process = raised(mill, flour, "10"), make.process("Repair")
    effort = {"effortQuantity": {"hasNumericalValue": 2, "hasUnit": "hour"}}
    record(told("use", mill, resourceInventoriedAs=sack, inputOf=str(process.uid), **effort))
    assert quantities(sack) == ("10", "10")


def test_the_actions_answered_are_those_of_the_one_table():
    answered = ask(
        "{ actions { id label accountingEffect onhandEffect createResource eventQuantity impliedBy: pairsWith } }"
    )
    assert {each["id"]: each["onhandEffect"] for each in answered["actions"]} == {
        name: row.onhand_effect for name, row in ACTIONS.items()
    }


def test_a_page_begins_where_the_last_one_ended_and_not_at_a_number():
    for number in range(5):
        make.plan(f"Plan {number}")
    read = ask("{ plans(first: 2) { edges { node { name } } pageInfo { endCursor totalCount pageLimit } } }")["plans"]
    assert [edge["node"]["name"] for edge in read["edges"]] == ["Plan 0", "Plan 1"]
    assert read["pageInfo"]["totalCount"] == 5
    query = "query($after: String) { plans(first: 2, after: $after) { edges { node { name } } } }"
    assert [edge["node"]["name"] for edge in ask(query, after=read["pageInfo"]["endCursor"])["plans"]["edges"]] == [
        "Plan 2",
        "Plan 3",
    ]
