"""Things in GraphQL: what a code means, passports, and the wishes that need more than one event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

import strawberry

from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.things import passports, queries
from oce.apps.things.commands import Receipt, count_thing, move_things, receive_thing
from oce.kit.graphql.asking import seen, wished
from oce.kit.graphql.exposed import key_argument
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.inverses import make_peers
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.scalars import URI
from oce.kit.graphql.schema import ROOTS
from oce.kit.graphql.vocabulary import MeasureInput, measure_sent
from oce.kit.records import read_uid
from oce.kit.values import refuse_unknown
from oce.vf.refusals import Refused

ResourceType, EventType = type_of(EconomicResource), type_of(EconomicEvent)


@strawberry.type(name="Passport", description="What everybody may know of a thing who may see it at all.")
class PassportType:
    """The fields are read from the passport."""


replace_fields(
    PassportType.__strawberry_definition__,  # type: ignore[attr-defined]
    [
        read_field("resource", ResourceType, attrgetter("resource"), "The thing."),
        read_field("address", URI, lambda each: passports.passport_url(each.resource), "Where the passport is."),
        read_field("maker", str, lambda each: str(each.maker), "Who made it: a name, or what such an agent is."),
        read_field("ingredients", many(str), attrgetter("ingredients"), "The kinds of things that it was made from."),
        read_field("steps", many(str), lambda each: [step.name for step in each.steps], "How it was made."),
        read_field(
            "contributors",
            many(str),
            lambda each: [str(name) for name in each.contributors],
            "Who worked on it: names to those who may know them, to others what such an agent is.",
        ),
    ],
)


def _found_by_code(_root: None, info: Any, *, code: str) -> Sequence[EconomicResource]:
    found = queries.found_by_code(info.context.actor, code)
    make_peers(found)
    return found


def _passport(_root: None, info: Any, *, id: str) -> passports.Passport:  # noqa: A002
    return passports.passport_of(info.context.actor, _thing(info, id))


def _receive(_root: None, info: Any, *, key: str | None = None, quantity: Any = None, **told: Any) -> EconomicEvent:
    receipt = Receipt(quantity=measure_sent(quantity), **{name: value for name, value in told.items() if value})
    return wished(info, receive_thing, receipt, key=key)


def _count(
    _root: None,
    info: Any,
    *,
    id: str,  # noqa: A002
    counted: Any,
    note: str | None = None,
    key: str | None = None,
) -> EconomicEvent | None:
    measure = measure_sent(counted)
    assert measure is not None  # noqa: S101 (the argument is required)
    return wished(info, count_thing, _thing(info, id), measure, note=note or "", key=key).event


def _move(
    _root: None,
    info: Any,
    *,
    ids: list[str],
    to_location: str,
    note: str | None = None,
    key: str | None = None,
) -> Sequence[EconomicEvent]:
    things = queries.things_of(info.context.actor, ids)
    known = {each.uid for each in things}
    missing = next((text for text in ids if read_uid(text) not in known), None)
    if missing is not None:
        raise Refused(refuse_unknown(EconomicResource, missing, "ids"))
    events = wished(info, move_things, things, to_location, note=note or "", key=key)
    make_peers(events)
    return events


def _thing(info: Any, reference: str) -> EconomicResource:
    uid = read_uid(reference)
    found = None if uid is None else seen(info, EconomicResource).filter(uid=uid).first()
    if found is None:
        raise Refused(refuse_unknown(EconomicResource, reference, "id"))
    return found


_ID = argument("id", strawberry.ID, "The thing.")
_NOTE = argument("note", optional(str), "What others should know about it.")
for field in (
    asked_field(
        "foundByCode",
        many(ResourceType),
        _found_by_code,
        "The things that a scanned or typed code means: an address or identifier, a serial number, a lot, or a name.",
        [argument("code", str, "What was scanned.")],
    ),
    asked_field("passport", PassportType, _passport, "What everybody may know of a thing who may see it.", [_ID]),
):
    add_field(ROOTS["Query"], field)
for field in (
    asked_field(
        "receiveThing",
        optional(EventType),
        _receive,
        "Write a thing that came in into the inventory, and answer with the event that brought it in.",
        [
            argument("name", str, "What it is, in a word or two."),
            argument("keeper", strawberry.ID, "Whose it is from now on."),
            argument("quantity", optional(MeasureInput), "How much; one where it is left out."),
            argument("kind", optional(strawberry.ID), "Its kind; that of its name where it is left out."),
            argument("lotCode", optional(str), "The code of its lot.", "lot_code"),
            argument("useBy", optional(datetime), "Until when it is good.", "use_by"),
            argument("place", optional(strawberry.ID), "Where it is put."),
            argument("giver", optional(strawberry.ID), "Whom it came from."),
            _NOTE,
            key_argument(),
        ],
    ),
    asked_field(
        "countThing",
        optional(EventType),
        _count,
        "Set the books of a thing right by a count, and answer with the difference; null where they were right.",
        [_ID, argument("counted", MeasureInput, "How much is there."), _NOTE, key_argument()],
    ),
    asked_field(
        "moveThings",
        many(EventType),
        _move,
        "Move several things whole to one place, all or none.",
        [
            argument("ids", many(strawberry.ID), "The things."),
            argument("toLocation", strawberry.ID, "The place.", "to_location"),
            _NOTE,
            key_argument(),
        ],
    ),
):
    add_field(ROOTS["Mutation"], field)
