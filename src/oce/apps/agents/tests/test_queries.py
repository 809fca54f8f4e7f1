"""Who belongs to whom: at a moment, through groups inside groups, in one statement."""

from __future__ import annotations

import pytest

from oce.apps.agents import queries
from oce.apps.agents.models import AgentRelationship
from oce.kit.testing.factories import organization, person, place, relate
from oce.kit.testing.notation import moment

pytestmark = pytest.mark.django_db

TODAY = moment("2026-11-23")


@pytest.fixture
def network():
    """Ana and Ben in a team of a bakery of a network; Ben left at new year."""
    names = {name: organization(name) for name in ("Team", "Bakery", "Network")} | {
        name: person(name) for name in ("Ana", "Ben")
    }
    relate(names["Team"], "part_of", names["Bakery"])
    relate(names["Bakery"], "member", names["Network"])
    relate(names["Ana"], "member", names["Team"])
    relate(names["Ben"], "member", names["Team"], has_end=moment("2026-01-01"))
    relate(names["Network"], "supplier", names["Ana"])
    return names


def test_groups_reach_through_groups(network):
    assert [str(each) for each in queries.groups_of(network["Ana"], on=TODAY)] == ["Team", "Bakery", "Network"]
    assert [str(each) for each in queries.groups_of(network["Ana"], on=TODAY, deep=False)] == ["Team"]


def test_members_reach_through_groups(network):
    assert [str(each) for each in queries.members_of(network["Network"], on=TODAY)] == ["Team", "Bakery", "Ana"]
    assert [str(each) for each in queries.members_of(network["Network"], on=TODAY, deep=False)] == ["Bakery"]


@pytest.mark.parametrize(
    ("day", "is_member"), [("2025-12-31 23:59:59", True), ("2026-01-01", False), ("2026-11-23", False)]
)
def test_a_member_who_left_is_no_member_from_that_moment_on(network, day, is_member):
    members = queries.members_of(network["Bakery"], on=moment(day))
    assert (network["Ben"] in members) is is_member


def test_a_circle_of_memberships_ends(network):
    relate(network["Network"], "member", network["Team"])
    groups = queries.groups_of(network["Bakery"], on=TODAY)
    assert [str(each) for each in groups] == ["Team", "Network"]


def test_members_cost_one_statement_however_deep(network, django_assert_num_queries):
    group = network["Network"]
    for number in range(20):
        larger = organization(f"Layer {number}")
        relate(group, "part_of", larger)
        group = larger
    with django_assert_num_queries(1):
        assert len(queries.members_of(group, on=TODAY)) == 23


def test_listing_relationships_asks_for_their_ends_once(network, django_assert_num_queries):
    with django_assert_num_queries(4):
        sentences = [str(each) for each in AgentRelationship.every()]
    assert sentences[0] == "Team is part of Bakery"


def test_places_are_found_around(django_assert_num_queries):
    valley = place("Valley")
    farm = place("Farm", within=valley)
    barn = place("Barn", within=farm)
    with django_assert_num_queries(1):
        assert [str(each) for each in queries.places_around(barn)] == ["Valley", "Farm"]
