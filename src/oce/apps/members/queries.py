"""Questions about roles and memberships: who may do what, for whom, at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.agents import queries as agents
from oce.apps.agents.models import Agent, AgentRelationship
from oce.apps.members.models import Membership, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet


def standard_role(address: str) -> Role:
    """Return one of the three roles that every house has, by its address."""
    return Role.objects.get(iri=address)


def memberships_during(
    member: Agent, group: Agent, during: agents.Lasting, but: int | None = None
) -> QuerySet[Membership]:
    """Return the memberships of somebody in a group, but the one of a key, that last at some time of a stretch."""
    others = Membership.every() if but is None else Membership.every().exclude(pk=but)
    return others.filter(agents.lasting(during), member=member, group=group)


def unkept_relationship(member: Agent, group: Agent, during: agents.Lasting) -> AgentRelationship | None:
    """Return the relationship saying that somebody is a member during a stretch, which no membership keeps yet, or None."""
    said = AgentRelationship.every().filter(
        agents.lasting(during),
        subject=member,
        object=group,
        relationship__kind_of_role="member",
        membership=None,
    )
    return said.first()
