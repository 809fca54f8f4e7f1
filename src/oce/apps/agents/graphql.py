"""People and groups in GraphQL: one interface, an object type for each class, and their mutations by class."""

from __future__ import annotations

import strawberry
from django.db.models import Q

from oce.apps.agents.models import Agent, AgentClass, AgentRelationship, AgentRelationshipRole, SpatialThing
from oce.kit.graphql.asking import seen
from oce.kit.graphql.exposed import Exposed, list_field
from oce.kit.graphql.fields import add_field
from oce.kit.graphql.inverses import Inverse
from oce.kit.graphql.registry import split, type_of, variants_of
from oce.kit.graphql.schema import ROOTS, connection
from oce.vf.refusals import gettext_noop

NAMES = {
    AgentClass.PERSON.value: "Person",
    AgentClass.ORGANIZATION.value: "Organization",
    AgentClass.ECOLOGICAL_AGENT.value: "EcologicalAgent",
    # Of an agent of another house only the address may be known; an interface cannot be its own object type.
    AgentClass.AGENT.value: "OtherAgent",
}
split(Agent, NAMES)


def _of_class(agent_class: AgentClass, inputs: str = "", without: tuple[str, ...] = ()) -> Exposed:
    return Exposed(
        Agent,
        name=NAMES[agent_class.value],
        node=variants_of(Agent)[agent_class.value],
        only=Q(agent_class=agent_class),
        given=(("agent_class", agent_class.value),),
        answer="agent",
        inputs=inputs,
        without=without,
    )


# In vf-graphql people share the inputs named after agents; only groups and ecosystems are classified.
PERSONS = _of_class(AgentClass.PERSON, inputs="Agent", without=("classified_as",))

records = (
    Exposed(Agent, hidden=("agent_class",), without=("agent_class",), writes=False),
    PERSONS,
    _of_class(AgentClass.ORGANIZATION),
    _of_class(AgentClass.ECOLOGICAL_AGENT),
    Exposed(AgentRelationship, argument="relationship", answer="agentRelationship"),
    AgentRelationshipRole,
    SpatialThing,
)

AgentType = type_of(Agent)


@strawberry.type
class Query:
    """Root fields of this app beyond those of its records."""

    @strawberry.field(description="The agent for whom you act; null where you act for none.")  # type: ignore[untyped-decorator]
    def my_agent(self, info: strawberry.Info) -> AgentType | None:  # type: ignore[valid-type]
        """Return the agent of the actor."""
        agent = info.context.actor.agent
        return None if agent is None else seen(info, Agent).filter(pk=agent).first()


def _relationships() -> Inverse:
    return Inverse(AgentRelationship, ("subject", "object"))


add_field(Agent, connection("relationships", _relationships(), "The relationships that the agent is an end of."))
add_field(ROOTS["Query"], list_field(PERSONS, "people", deprecated=gettext_noop("Use `persons`.")), compatible=True)
