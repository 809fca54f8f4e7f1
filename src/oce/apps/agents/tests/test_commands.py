"""Wishes about people and groups: what they change, what they refuse, and that a refused one changes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.agents import commands
from oce.apps.agents.models import Agent, AgentRelationship, AgentRelationshipRole, SpatialThing
from oce.kit.testing.factories import organization, person, place, relate
from oce.kit.testing.notation import moment, refused

pytestmark = pytest.mark.django_db


def test_an_agent_says_its_own_class(actor):
    ana = commands.make_agent(actor, {"name": "Ana", "agent_class": "Person", "note": "Bakes."})
    river = commands.make_agent(actor, {"name": "River", "agent_class": "EcologicalAgent"})
    assert (ana.vf_type, river.vf_type) == ("Person", "EcologicalAgent")
    assert ana.address.endswith(f"/agent/{ana.uid}")


def test_an_agent_needs_a_name_and_a_known_class(actor):
    with refused("kit.missing", "kit.missing"):
        commands.make_agent(actor, {"name": " "})
    with refused("kit.wrong_kind"):
        commands.make_agent(actor, {"name": "Ana", "agent_class": "Robot"})
    assert not Agent.objects.exists()


def test_what_an_agent_is_cannot_be_changed(actor):
    ana = person()
    with refused("kit.not_settable"):
        commands.change_agent(actor, ana, ana.revision_id, {"agent_class": "Organization"})
    changed = commands.change_agent(actor, ana, ana.revision_id, {"name": "Ana B."})
    assert (changed.name, changed.agent_class, changed.revision) == ("Ana B.", "Person", 2)


def test_an_agent_that_somebody_refers_to_is_not_deleted(actor):
    ana, bakery = person(), organization()
    membership = relate(ana, "member", bakery)
    with refused("kit.still_used"):
        commands.delete_agent(actor, ana, ana.revision_id)
    commands.delete_relationship(actor, membership, membership.revision_id)
    commands.delete_agent(actor, ana, ana.revision_id)
    assert list(Agent.objects.all()) == [bakery]


def test_coordinates_are_exact(actor):
    lat, long = Decimal("47.123456789012345678"), Decimal("-8.000000000000000001")
    mill = commands.make_place(actor, {"name": "Mill", "lat": lat, "long": long})
    mill.refresh_from_db()
    assert (mill.lat, mill.long) == (lat, long)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"lat": Decimal(91), "long": Decimal(0)}, "agents.off_the_earth"),
        ({"lat": Decimal(1)}, "agents.half_a_point"),
        ({"lat": 1.5, "long": Decimal(1)}, "measures.not_exact"),
    ],
)
def test_an_impossible_point_is_refused(actor, values, code):
    with refused(code):
        commands.make_place(actor, {"name": "Nowhere", **values})
    assert not SpatialThing.objects.exists()


def test_half_a_point_cannot_be_erased(actor):
    mill = place(lat=Decimal(1), long=Decimal(2))
    with refused("agents.half_a_point"):
        commands.change_place(actor, mill, mill.revision_id, {"lat": None})
    mill.refresh_from_db()
    assert mill.lat == 1


def test_places_do_not_lie_within_each_other(actor):
    valley = place("Valley")
    farm = place("Farm", within=valley)
    barn = place("Barn", within=str(farm.uid))
    with refused("agents.circle_of_places"):
        commands.change_place(actor, valley, valley.revision_id, {"within": barn})
    with refused("agents.circle_of_places"):
        commands.change_place(actor, valley, valley.revision_id, {"within": valley})
    barn = commands.change_place(actor, barn, barn.revision_id, {"within": valley})
    assert barn.within == valley
    with refused("kit.still_used"):
        commands.delete_place(actor, valley, valley.revision_id)
    commands.delete_place(actor, barn, barn.revision_id)


def test_the_four_standard_roles_are_there():
    kinds = AgentRelationshipRole.every().values_list("kind_of_role", flat=True)
    assert sorted(kinds) == ["member", "part_of", "steward", "supplier"]


def test_the_standard_roles_have_the_same_address_and_words_in_every_house(actor):
    addresses = {role.address for role in AgentRelationshipRole.every()}
    assert addresses == {
        f"https://w3id.org/oce/ns#role/{kind}" for kind in ("member", "part_of", "steward", "supplier")
    }
    member = AgentRelationshipRole.every().get(kind_of_role="member")
    with refused("agents.standard_role"):
        commands.change_role(actor, member, member.revision_id, {"role_label": "belongs to"})
    member.refresh_from_db()
    assert member.role_label == "is a member of"


def test_a_house_has_words_of_its_own_for_relationships(actor):
    mentor = commands.make_role(actor, {"role_label": "mentors", "inverse_role_label": "is mentored by"})
    assert mentor.kind_of_role == "custom"
    mentor = commands.change_role(actor, mentor, mentor.revision_id, {"role_label": "teaches"})
    lesson = commands.relate_agents(
        actor,
        {"subject": person("Ana"), "relationship": mentor, "object": person("Ben"), "in_scope_of": organization()},
    )
    assert str(lesson) == "Ana teaches Ben"
    with refused("kit.still_used"):
        commands.delete_role(actor, mentor, mentor.revision_id)
    commands.delete_relationship(actor, lesson, None)
    commands.delete_role(actor, mentor, mentor.revision_id)


def test_a_relationship_needs_both_ends_and_a_role(actor):
    with refused("kit.missing", "kit.missing"):
        commands.relate_agents(actor, {"subject": person()})
    with refused("kit.unknown_record"):
        commands.relate_agents(actor, {"subject": person(), "object": organization(), "relationship": "nonsense"})


def test_impossible_relationships_are_refused():
    ana, ben, bakery = person("Ana"), person("Ben"), organization()
    with refused("agents.related_to_itself"):
        relate(ana, "supplier", ana)
    with refused("agents.person_is_no_group"):
        relate(ana, "member", ben)
    with refused("agents.person_is_no_part"):
        relate(ana, "part_of", bakery)
    with refused("agents.ends_before_it_begins"):
        relate(ana, "member", bakery, has_beginning=moment("2026-02-01"), has_end=moment("2026-01-01"))
    assert not AgentRelationship.objects.exists()


def test_the_same_relationship_is_written_down_once_for_the_same_time(actor):
    ana, bakery = person(), organization()
    first = relate(ana, "member", bakery, has_end=moment("2025-01-01"))
    with refused("agents.already_related"):
        relate(ana, "member", bakery)
    again = relate(ana, "member", bakery, has_beginning=moment("2025-01-01"))
    with refused("agents.already_related"):
        commands.change_relationship(actor, first, first.revision_id, {"has_end": moment("2025-01-02")})
    again = commands.change_relationship(actor, again, again.revision_id, {"has_end": moment("2026-01-01")})
    assert again.has_end == moment("2026-01-01")


def test_groups_are_not_part_of_each_other_at_the_same_time():
    team, bakery, network = organization("Team"), organization("Bakery"), organization("Network")
    relate(team, "part_of", bakery, has_end=moment("2026-01-01"))
    relate(bakery, "part_of", network)
    with refused("agents.circle_of_groups"):
        relate(network, "part_of", team, has_end=moment("2025-01-01"))
    relate(network, "part_of", team, has_beginning=moment("2026-01-01"))


def test_what_others_changed_meanwhile_is_not_overwritten(actor):
    ana = person()
    seen = ana.revision_id
    commands.change_agent(actor, ana, seen, {"note": "first"})
    with refused("kit.changed_meanwhile"):
        commands.change_agent(actor, ana, seen, {"note": "second"})
    with refused("kit.changed_meanwhile"):
        commands.delete_agent(actor, ana, seen)
    ana.refresh_from_db()
    assert ana.note == "first"


def test_strangers_may_not_write(stranger):
    with refused("kit.not_allowed"):
        commands.make_agent(stranger, {"name": "Mallory", "agent_class": "Person"})
