"""Claims in GraphQL; what an event settles is a field of the event, since this app lends it the list."""

from __future__ import annotations

from oce.apps.agents.models import Agent
from oce.apps.claims.models import Claim
from oce.apps.events.models import EconomicEvent
from oce.kit.graphql.fields import add_field
from oce.kit.graphql.inverses import Inverse
from oce.kit.graphql.schema import connection, plain_list

records = (Claim,)

OF_AGENT = Inverse(Claim, ("provider", "receiver"))

add_field(Claim, plain_list("settledBy", Inverse(EconomicEvent, ("settles",)), "The events that settle the claim."))
add_field(Agent, connection("claims", OF_AGENT, "The claims of the agent and against it."))
