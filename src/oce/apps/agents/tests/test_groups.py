"""The groups one can look at alone: one's own with those within them, in order, and circles end."""

from __future__ import annotations

import pytest

from oce.apps.agents.groups import groups
from oce.kit.actor import operator
from oce.kit.testing.actors import actor_with
from oce.kit.testing.factories import organization, person, relate
from oce.kit.testing.notation import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    """A bakery with two teams, one of them with a shift; a mill apart; Ana in the bakery, Ben in nothing any more."""
    named = {name: organization(name) for name in ("Bakery", "Ovens", "Van", "Night shift", "Mill")}
    named |= {name: person(name) for name in ("Ana", "Ben")}
    relate(named["Van"], "part_of", named["Bakery"])
    relate(named["Ovens"], "part_of", named["Bakery"])
    relate(named["Night shift"], "part_of", named["Ovens"])
    relate(named["Ana"], "member", named["Bakery"])
    relate(named["Ben"], "member", named["Mill"], has_end=moment("2020-01-01"))
    return named


def shown(actor):
    return [(group.name, group.depth) for group in groups(actor)]


def test_a_member_chooses_among_their_groups_and_those_within_them(network):
    actor = actor_with(network["Ana"], read=tuple(network.values()))
    assert shown(actor) == [("Bakery", 0), ("Ovens", 1), ("Night shift", 2), ("Van", 1)]


def test_a_group_brings_all_that_is_within_it(network):
    found = {group.name: group for group in groups(actor_with(network["Ana"], read=tuple(network.values())))}
    assert found["Bakery"].agents == {network[name].pk for name in ("Bakery", "Ovens", "Van", "Night shift")}
    assert found["Van"].agents == {network["Van"].pk}
    assert found["Ovens"].url == f"/agent/{network['Ovens'].uid}"


def test_who_belongs_to_no_group_chooses_among_all_they_may_see(network):
    assert [name for name, _depth in shown(operator())] == ["Bakery", "Ovens", "Night shift", "Van", "Mill"]


def test_groups_that_are_part_of_each_other_are_shown_once(network, monkeypatch):
    parts = {network["Bakery"].pk: [network["Mill"].pk], network["Mill"].pk: [network["Bakery"].pk]}
    monkeypatch.setattr("oce.apps.agents.groups._ties", lambda _actor: (set(), parts))
    assert sorted(name for name, _depth in shown(operator())) == ["Bakery", "Mill", "Night shift", "Ovens", "Van"]
