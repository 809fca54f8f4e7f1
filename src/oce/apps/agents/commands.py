"""Wishes about people and groups, their places and relationships."""

from __future__ import annotations

from typing import Any

from oce.apps.agents import entitlement, queries, rules
from oce.apps.agents.models import Agent, AgentRelationship, AgentRelationshipRole, SpatialThing
from oce.kit import locks, writing
from oce.kit.actor import Actor, Power
from oce.kit.commands import command
from oce.kit.writing import Values
from oce.vf.refusals import Refusal, gettext_noop

# Two wishes at the same time, each harmless, could close a circle together: these writers stand in line.
RELATIONSHIPS_LOCK = "agents.relationships"
PLACES_LOCK = "agents.places"


@command(creates=Agent, says=gettext_noop("wrote down {subject}"), entitles=entitlement.refuse_adding)
def make_agent(_actor: Actor, values: Values) -> Agent:
    """Write down a person, an organisation or another agent, who stay what they are."""
    return writing.create(Agent, values)


@command(
    changes=Agent,
    says=gettext_noop("changed what is known of {subject}"),
    needs=Power.READ,
    entitles=entitlement.refuse_describing,
)
def change_agent(_actor: Actor, agent: Agent, revision_id: str | None, values: Values) -> Agent:
    """Change what is known of an agent: of oneself, or of those whom one coordinates."""
    return writing.change(agent, revision_id, values)


@command(deletes=Agent, says=gettext_noop("deleted {subject}"), entitles=entitlement.refuse_describing)
def delete_agent(_actor: Actor, agent: Agent, revision_id: str | None) -> None:
    """Delete an agent to whom nothing refers."""
    writing.delete(agent, revision_id)


@command(creates=SpatialThing, says=gettext_noop("wrote down the place {subject}"))
def make_place(_actor: Actor, values: Values) -> SpatialThing:
    """Write down a place."""
    return writing.create(SpatialThing, values, _refuse_point)


@command(changes=SpatialThing, says=gettext_noop("changed the place {subject}"))
def change_place(_actor: Actor, place: SpatialThing, revision_id: str | None, values: Values) -> SpatialThing:
    """Change a place."""

    def refuse_circle(after: Values) -> list[Refusal]:
        larger = after["within"]
        if larger is None:
            return []
        return rules.refuse_circle_of_places(place, larger, queries.places_around(larger))

    locks.alone(PLACES_LOCK)
    return writing.change(place, revision_id, values, _refuse_point, refuse_circle)


@command(deletes=SpatialThing, says=gettext_noop("deleted the place {subject}"))
def delete_place(_actor: Actor, place: SpatialThing, revision_id: str | None) -> None:
    """Delete a place that nothing refers to."""
    writing.delete(place, revision_id)


@command(creates=AgentRelationshipRole, says=gettext_noop("added the role “{subject}”"))
def make_role(_actor: Actor, values: Values) -> AgentRelationshipRole:
    """Add words for what one agent may be to another."""
    return writing.create(AgentRelationshipRole, values)


@command(changes=AgentRelationshipRole, says=gettext_noop("changed the role “{subject}”"))
def change_role(
    _actor: Actor, role: AgentRelationshipRole, revision_id: str | None, values: Values
) -> AgentRelationshipRole:
    """Change the words of a role of this house; its meaning stays."""
    words = (role.role_label, role.inverse_role_label, role.note)

    def refuse(after: Values) -> list[Refusal]:
        reworded = (after["role_label"], after["inverse_role_label"], after["note"]) != words
        return rules.refuse_rewording(role, role.address) if reworded else []

    return writing.change(role, revision_id, values, refuse)


@command(deletes=AgentRelationshipRole, says=gettext_noop("deleted the role “{subject}”"))
def delete_role(_actor: Actor, role: AgentRelationshipRole, revision_id: str | None) -> None:
    """Delete a role that no relationship uses."""
    writing.delete(role, revision_id)


@command(
    creates=AgentRelationship, says=gettext_noop("wrote down that {subject}"), entitles=entitlement.refuse_relating
)
def relate_agents(_actor: Actor, values: Values) -> AgentRelationship:
    """Write down what one agent is to another."""
    locks.alone(RELATIONSHIPS_LOCK)
    return writing.create(AgentRelationship, values, _refuse_relationship)


@command(
    changes=AgentRelationship,
    says=gettext_noop("changed since when or until when {subject}"),
    entitles=entitlement.refuse_relating,
)
def change_relationship(
    _actor: Actor, relationship: AgentRelationship, revision_id: str | None, values: Values
) -> AgentRelationship:
    """Change the dates or the note of a relationship, for instance to end it."""

    def refuse(after: Values) -> list[Refusal]:
        return _refuse_relationship(after, but=relationship.pk)

    locks.alone(RELATIONSHIPS_LOCK)
    return writing.change(relationship, revision_id, values, refuse)


@command(deletes=AgentRelationship, says=gettext_noop("deleted that {subject}"), entitles=entitlement.refuse_relating)
def delete_relationship(_actor: Actor, relationship: AgentRelationship, revision_id: str | None) -> None:
    """Delete a relationship that should never have been written down; one that is over is ended instead."""
    writing.delete(relationship, revision_id)


def _refuse_point(values: Values) -> list[Refusal]:
    lat, long = values.get("lat"), values.get("long")
    return rules.refuse_half_point(lat, long) + rules.refuse_off_the_earth(lat, long)


def _refuse_relationship(values: Values, but: int | None = None) -> list[Refusal]:
    """Return what the rules say to a relationship; where an end or the role is missing, that was refused before."""
    subject, role, other = (values.get(name) for name in ("subject", "relationship", "object"))
    beginning, end = values.get("has_beginning"), values.get("has_end")
    refusals = rules.refuse_backwards(beginning, end)
    if subject is None or role is None or other is None or refusals:
        return refusals
    refusals = rules.refuse_oneself(subject, other)
    refusals += rules.refuse_person_as_group(role.kind_of_role, subject.agent_class, other.agent_class)
    return refusals or _refuse_tangle(subject, role, other, queries.Lasting(beginning, end), but)


def _refuse_tangle(subject: Any, role: Any, other: Any, during: queries.Lasting, but: int | None) -> list[Refusal]:
    is_known = queries.is_related(subject, role, other, during, but)
    groups = queries.wholes_of(other, during) if role.kind_of_role == "part_of" else ()
    return rules.refuse_repetition(subject, role, other, is_known=is_known) + rules.refuse_circle_of_groups(
        role.kind_of_role, subject, other, groups
    )
