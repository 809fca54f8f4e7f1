"""Trace and track in GraphQL: one step back or on, and whole walks with a bound that is said when it cuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import strawberry
from django.conf import settings

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.trace import queries
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.inverses import make_peers, peers_of
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import ROOTS
from oce.kit.graphql.unions import union
from oce.vf.refusals import Refusal, Refused, gettext_noop

TOO_FAR = gettext_noop(
    "The walk holds {more} records beyond the first {most}. Ask for `first` of them, or follow it with `walk`."
)
WALK_SIZE = gettext_noop("A walk holds between 0 and {most} records; {asked} were asked for. Ask for fewer.")

TRACE_ITEM = union("TrackTraceItem", "What a walk leads past.", Process, EconomicResource, EconomicEvent)
FLOW_ITEM = union("ProductionFlowItem", "What lies next to an event in a flow.", Process, EconomicResource)


@strawberry.type(name="WalkStep", description="One record that a walk led past.")
class WalkStepType:
    """The fields are read from a step."""


@strawberry.type(name="Walk", description="Where something came from or went, in the order of the walk.")
class WalkType:
    """The fields are read from a walk."""


@strawberry.type(name="Provenance", description="A walk backwards, with whom and what it led past.")
class ProvenanceType:
    """The fields are read from a provenance."""


_FIELDS: dict[Any, list[Any]] = {
    WalkStepType: [
        read_field("item", TRACE_ITEM, attrgetter("record"), "The record."),
        read_field("depth", int, attrgetter("depth"), "How many steps it is from the start."),
        read_field("parent", optional(TRACE_ITEM), attrgetter("parent"), "From which record it was reached."),
    ],
    WalkType: [
        read_field("steps", many(WalkStepType), attrgetter("steps"), "The records of the walk."),
        read_field("more", int, attrgetter("more"), "How many lie beyond the bound."),
        read_field("hidden", int, attrgetter("hidden"), "How many you may not see."),
    ],
    ProvenanceType: [
        read_field("walk", WalkType, attrgetter("walk"), "The walk itself."),
        read_field("agents", many(type_of(Agent)), attrgetter("agents"), "Who gave, received or was accountable."),
        read_field("places", many(type_of(SpatialThing)), attrgetter("places"), "Where it was."),
        read_field("lots", many(type_of(BatchLotRecord)), attrgetter("lots"), "The lots it was of."),
    ],
}
for described, fields in _FIELDS.items():
    replace_fields(described.__strawberry_definition__, fields)

Walking = Callable[..., queries.Walk]
FIRST = argument("first", optional(int), "How many records at most.")
DEPTH = argument("depth", optional(int), "How many steps at most.")
LOT_CODE = argument("lotCode", str, "The code of the lot.", "lot_code")


def _neighbours(name: str, of_type: Any, description: str, *, onward: bool) -> Any:
    """Return the field of one step back or on, read for all records of a level at once."""

    def resolve(record: Any, info: Any) -> Sequence[queries.Passed]:
        shelf = info.context.shelf.setdefault((name, type(record)), {})
        if record.pk not in shelf:
            shelf.update(queries.neighbours(info.context.actor, peers_of(record), onward=onward))
        found: Sequence[queries.Passed] = shelf[record.pk]
        return found

    return asked_field(name, many(of_type), resolve, description)


def _bound(first: int | None) -> int:
    most = settings.OCE_PAGE_SIZE_MAX
    asked = most if first is None else first
    if not 0 <= asked <= most:
        raise Refused(Refusal("trace.walk_size", WALK_SIZE, "first", most=most, asked=asked))
    return int(asked)


def _walked(walking: Walking, info: Any, starts: Any, first: int | None, depth: int | None) -> queries.Walk:
    walk = walking(info.context.actor, starts, depth=depth, limit=_bound(first))
    for model in queries.MODELS.values():
        make_peers(each for each in walk.records if isinstance(each, model))
    return walk


def _list(walking: Walking) -> Callable[..., list[Any]]:
    """Return the resolver of a plain list; it is only cut where the client says at how many."""

    def resolve(record: Any, info: Any, first: int | None = None, depth: int | None = None) -> list[Any]:
        walk = _walked(walking, info, [record], first, depth)
        if walk.more and first is None:
            raise Refused(Refusal("trace.too_far", TOO_FAR, info.field_name, more=walk.more, most=_bound(None)))
        return walk.records

    return resolve


def _walk(walking: Walking) -> Callable[..., queries.Walk]:
    def resolve(record: Any, info: Any, first: int | None = None, depth: int | None = None) -> queries.Walk:
        return _walked(walking, info, [record], first, depth)

    return resolve


def _provenance(record: Any, info: Any, first: int | None = None) -> queries.Provenance:
    return queries.provenance(info.context.actor, [record], limit=_bound(first))


def _recall(_root: None, info: Any, lot_code: str, first: int | None = None, depth: int | None = None) -> queries.Walk:
    return _walked(queries.track, info, queries.of_lot(info.context.actor, lot_code), first, depth)


def _trace_lot(
    _root: None, info: Any, lot_code: str, first: int | None = None, depth: int | None = None
) -> queries.Walk:
    return _walked(queries.trace, info, queries.of_lot(info.context.actor, lot_code), first, depth)


def _add_fields() -> None:
    for model in (EconomicEvent, EconomicResource, Process):
        near = FLOW_ITEM if model is EconomicEvent else type_of(EconomicEvent)
        for name, onward, description in (
            ("previous", False, "What lies one step back in the flow."),
            ("next", True, "What lies one step on in the flow."),
        ):
            add_field(model, _neighbours(name, near, description, onward=onward))
        for name, walking, description in (
            ("trace", queries.trace, "Everything it came from, the latest first."),
            ("track", queries.track, "Everything it went into, the earliest first."),
        ):
            add_field(model, asked_field(name, many(TRACE_ITEM), _list(walking), description, [FIRST, DEPTH]))
            walk = asked_field(
                f"{name}Walk", WalkType, _walk(walking), f"{description} With its bounds.", [FIRST, DEPTH]
            )
            add_field(model, walk)
        told = "Everything it came from, with the agents, places and lots."
        add_field(model, asked_field("provenance", ProvenanceType, _provenance, told, [FIRST]))
    query = ROOTS["Query"]
    arguments = [LOT_CODE, FIRST, DEPTH]
    called_back = "Everything that went out of any resource of a lot: what to call back."
    add_field(query, asked_field("recall", WalkType, _recall, called_back, arguments))
    add_field(query, asked_field("originOfLot", WalkType, _trace_lot, "Everything a lot came from.", arguments))


_add_fields()
