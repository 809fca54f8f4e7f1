"""What there was of resources at a moment, and what is new in the ledger since one looked last."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

import strawberry

from oce.apps.events import queries
from oce.apps.events.balances import balances_at
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.kit.graphql.connections import read_size
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.inverses import for_level
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import ROOTS
from oce.kit.graphql.vocabulary import MeasureType
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, Refused, gettext_noop

UNKNOWN_PLACE = gettext_noop(
    "{since} is no place in the ledger. Send the `until` of an earlier answer, or leave it out to begin."
)
# More digits than any place has, and fewer than would be a burden.
PLACE_DIGITS_MAX = 18


@strawberry.type(name="ResourceQuantities", description="How much of a resource was owned and was there.")
class QuantitiesType:
    """The fields are read from two measures."""


@strawberry.type(name="LedgerNews", description="What is new in the ledger, in its order.")
class NewsType:
    """The fields are read from the news."""


class Quantities(NamedTuple):
    """What was owned of a resource and what was there; None where nothing was ever counted."""

    accounting: Measure | None
    onhand: Measure | None


_MEASURE = optional(MeasureType)
_FIELDS: dict[Any, list[Any]] = {
    QuantitiesType: [
        read_field("accountingQuantity", _MEASURE, attrgetter("accounting"), "How much was owned."),
        read_field("onhandQuantity", _MEASURE, attrgetter("onhand"), "How much was there."),
    ],
    NewsType: [
        read_field("economicEvents", many(type_of(EconomicEvent)), attrgetter("events"), "The events."),
        read_field("until", str, lambda news: str(news.until), "What to send as `since` to go on from here."),
    ],
}
for described, fields in _FIELDS.items():
    replace_fields(described.__strawberry_definition__, fields)


def _quantities_at(resource: EconomicResource, info: Any, moment: datetime) -> Quantities:  # noqa: ARG001 (who sees it may ask)
    def read(keys: set[int]) -> dict[int, Quantities]:
        units = dict(EconomicResource.objects.filter(pk__in=keys).values_list("pk", "accounting_quantity_unit"))
        return {
            key: Quantities(*(Measure(value, units[key]) for value in balance))
            for key, balance in balances_at([key for key in keys if units.get(key)], moment).items()
        }

    return for_level(resource, ("quantities at", moment), read, Quantities(None, None))


def _news(_root: None, info: Any, since: str | None = None, first: int | None = None) -> queries.News:
    place = since or "0"
    if not place.isdecimal() or len(place) > PLACE_DIGITS_MAX:
        raise Refused(Refusal("events.unknown_place", UNKNOWN_PLACE, "since", since=place[:100]))
    return queries.events_since(info.context.actor, int(place), limit=read_size(first, None))


add_field(
    EconomicResource,
    asked_field(
        "quantitiesAt",
        QuantitiesType,
        _quantities_at,
        "How much there was after all that had happened by a moment, whenever it was written down.",
        [argument("moment", datetime, "The moment.")],
    ),
)
add_field(
    ROOTS["Query"],
    asked_field(
        "ledgerNews",
        NewsType,
        _news,
        "What was written into the ledger since: whoever goes on from `until` misses nothing and gets nothing twice.",
        [
            argument("since", optional(str), "The `until` of an earlier answer."),
            argument("first", optional(int), "How many events at most."),
        ],
    ),
)
