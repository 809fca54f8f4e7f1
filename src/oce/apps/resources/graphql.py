"""The inventory in GraphQL: resources are born from events, and only described here."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import strawberry

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources import queries
from oce.apps.resources.commands import set_stock_policy
from oce.apps.resources.models import BatchLotRecord, EconomicResource, Shortage, StockPolicy
from oce.kit.graphql.asking import wished
from oce.kit.graphql.exposed import Exposed, key_argument, response_type
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.inverses import for_level, make_peers
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import ROOTS
from oce.kit.graphql.vocabulary import MeasureType
from oce.kit.writing import find

records = (
    Exposed(
        EconomicResource,
        argument="resource",
        answer="economicResource",
        inverses={"resources_here": "economicResources"},
    ),
    BatchLotRecord,
)


@strawberry.type(name="KindStock", description="How much of one kind there is, in one unit.")
class KindStockType:
    """The fields are read from what is summed."""


replace_fields(
    KindStockType.__strawberry_definition__,  # type: ignore[attr-defined]
    [
        read_field("resourceConformsTo", type_of(ResourceSpecification), attrgetter("kind"), "The kind."),
        read_field("accountingQuantity", MeasureType, attrgetter("accounting"), "How much is owned."),
        read_field("onhandQuantity", MeasureType, attrgetter("onhand"), "How much is there."),
    ],
)


def _stock_here(place: SpatialThing, info: Any) -> list[queries.KindStock]:
    def read(keys: set[int]) -> dict[int, list[queries.KindStock]]:
        found = queries.stock_at(info.context.actor, keys)
        make_peers(each.kind for some in found.values() for each in some)
        return found

    return for_level(place, "stock", read, [])


def shortage(agent: Agent, info: strawberry.Info) -> str:  # noqa: ARG001 (the inventory of whoever is seen may be asked)
    """What happens when an event takes more of the agent's stock than there is: `warn` or `refuse`."""

    def read(keys: set[int]) -> dict[int, str]:
        return dict(StockPolicy.objects.filter(agent__in=keys).values_list("agent", "shortage"))

    return for_level(agent, StockPolicy, read, Shortage.WARN.value)


def _decide(_root: None, info: Any, agent: str, shortage: str, key: str | None = None) -> dict[str, Any]:
    policy = wished(info, set_stock_policy, find(Agent, agent, "agent"), shortage, key=key)
    return {"agent": policy.agent}


add_field(Agent, shortage)
add_field(
    SpatialThing,
    asked_field(
        "stock", many(KindStockType), _stock_here, "What is here and in the places inside, summed by kind and unit."
    ),
)
add_field(
    ROOTS["Mutation"],
    asked_field(
        "setStockPolicy",
        optional(response_type("StockPolicy", agent=type_of(Agent))),
        _decide,
        "Let an agent be warned of events that take more of its stock than there is, or have them refused.",
        [
            argument("agent", strawberry.ID, "The agent who is accountable for the stock."),
            argument("shortage", str, "`warn`, so that it is recorded with a warning, or `refuse`."),
            key_argument(),
        ],
    ),
)
