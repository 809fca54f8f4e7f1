"""The recall list of a lot in GraphQL."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import strawberry

from oce.apps.agents.models import Agent
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.trace.recalls import RecallList, recall_list
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import ROOTS


@strawberry.type(name="RecallHolding", description="A thing of a lot, or made of it, that somebody has now.")
class HoldingType:
    """The fields are read from a holding."""


@strawberry.type(name="RecallGone", description="What went to somebody who keeps no records of it here.")
class GoneType:
    """The fields are read from what is gone."""


@strawberry.type(name="RecallList", description="Who has what of a lot now, and whom to ask.")
class RecallListType:
    """The fields are read from a recall list."""


_FIELDS: dict[Any, list[Any]] = {
    HoldingType: [
        read_field("resource", type_of(EconomicResource), attrgetter("resource"), "The thing."),
        read_field("amount", str, attrgetter("amount"), "How much of it is there."),
        read_field("holder", optional(type_of(Agent)), attrgetter("holder"), "Who has it."),
        read_field("contacts", many(type_of(Agent)), attrgetter("contacts"), "Members of the group that has it."),
        read_field("isOfTheLot", bool, attrgetter("is_itself"), "Whether it is of the lot, and not made of it."),
    ],
    GoneType: [
        read_field("event", type_of(EconomicEvent), attrgetter("event"), "The entry by which it went."),
        read_field("thing", str, attrgetter("thing"), "What went."),
        read_field("amount", str, attrgetter("amount"), "How much."),
        read_field("receiver", optional(type_of(Agent)), attrgetter("taker"), "Who got it."),
    ],
    RecallListType: [
        read_field("holdings", many(HoldingType), attrgetter("holdings"), "What is still somewhere."),
        read_field("gone", many(GoneType), attrgetter("gone"), "What went to people outside of these records."),
        read_field("hidden", int, attrgetter("hidden"), "How many records on the way you may not see."),
        read_field("more", int, attrgetter("more"), "How many lie beyond the bounds."),
    ],
}
for described, fields in _FIELDS.items():
    replace_fields(described.__strawberry_definition__, fields)


def _list(_root: None, info: Any, lot_code: str) -> RecallList:
    return recall_list(info.context.actor, lot_code)


add_field(
    ROOTS["Query"],
    asked_field(
        "recallList",
        RecallListType,
        _list,
        "Who has what of a lot now, or of what was made of it.",
        [argument("lotCode", str, "The code of the lot.", "lot_code")],
    ),
)
