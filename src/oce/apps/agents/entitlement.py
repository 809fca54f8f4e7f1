"""Who may write about agents: oneself, who coordinates them, and for those whom nobody leads, any coordinator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.agents.models import Agent, AgentClass, AgentRelationship, RoleKind
from oce.kit.access import is_led, refuse_unentitled, refuse_writing
from oce.kit.actor import Actor, Power

if TYPE_CHECKING:
    from oce.vf.refusals import Refusal


def refuse_adding(_actor: Actor, _agent: Agent) -> list[Refusal]:
    """Whoever coordinates anything may write down an agent: nobody leads a new one."""
    return []


def refuse_describing(actor: Actor, agent: Agent) -> list[Refusal]:
    """Somebody describes themselves; a group is described by who coordinates it, everybody else by any coordinator."""
    if agent.pk == actor.agent or actor.may(Power.COORDINATE, agent.pk):
        return []
    is_anybodys = agent.agent_class == AgentClass.PERSON or not is_led(agent.pk)
    return refuse_unentitled(actor, Power.COORDINATE, () if is_anybodys else (agent.pk,))


def refuse_relating(actor: Actor, relationship: AgentRelationship) -> list[Refusal]:
    """As for other records; and a group that somebody leads becomes part of another only where they agree.

    Whoever coordinates a group coordinates its parts: so nobody takes over a group by calling it a part of theirs.
    """
    refusals = refuse_writing(actor, relationship)
    part, whole = relationship.subject_id, relationship.object_id
    if refusals or relationship.relationship.kind_of_role != RoleKind.PART_OF or not is_led(part, whole):
        return refusals
    return refuse_unentitled(actor, Power.COORDINATE, (part,))
