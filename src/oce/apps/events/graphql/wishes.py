"""What one may wish of the ledger in GraphQL: to record, to record several together, to correct, to undo."""

from __future__ import annotations

from typing import Any

import strawberry
from django.utils.translation import gettext
from strawberry.types.arguments import StrawberryArgument

from oce.apps.events import commands
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.graphql.asking import wished
from oce.kit.graphql.exposed import key_argument, response_type
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.inputs import Extra, create_type, read_sent, sent_values
from oce.kit.graphql.inverses import make_peers
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import ROOTS
from oce.kit.graphql.vocabulary import MeasureInput, action_sent, measure_sent
from oce.kit.records import read_uid
from oce.vf.actions import ACTIONS
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

NEVER_EDITED = gettext_noop(
    "An event is never edited, since others may have built on it. Correct it with correctEconomicEvent, or undo it."
)
NO_ACTION = gettext_noop("The event does not say its action. Name one, such as produce or transfer.")

OWN_ID = Extra(
    "own_id", "id", strawberry.ID, "Its identifier if you gave it one, a UUID or an address: later events can name it."
)
LOT_CODE = Extra("lot_code", "batchLotCode", str, "The code of its lot, which is written down if it is new.")

NEW_TO_SIDE = (
    "The resource that the receiver gets by it, of an action that implies a transfer: produced by one, for another."
)

EventInput = create_type(EconomicEvent)
ResourceInput = create_type(EconomicResource, extras=(OWN_ID, LOT_CODE))
EventType = type_of(EconomicEvent)


@strawberry.input(name="EconomicEventWithResourceParams", description="An event, and the resource it creates.")
class EntryInput:
    """One event of several that are recorded together."""

    event: EventInput = strawberry.field(description="What happened.")  # type: ignore[valid-type]
    new_inventoried_resource: ResourceInput | None = strawberry.field(  # type: ignore[valid-type]
        default=None, description="The resource that the event brings into being."
    )
    new_to_resource: ResourceInput | None = strawberry.field(  # type: ignore[valid-type]
        default=None, description=NEW_TO_SIDE
    )


@strawberry.input(name="EconomicEventUpdateParams", description="Events are never edited.")
class UpdateInput:
    """What older clients send to edit an event."""

    revision_id: strawberry.ID = strawberry.field(description="The version of the event.")
    note: str | None = strawberry.field(default=None, description="A comment.")
    realization_of: strawberry.ID | None = strawberry.field(default=None, description="An agreement.")


@strawberry.type(name="Warning", description="Something that was recorded although it may be a mistake.")
class WarningType:
    """The fields are read from a refusal on which nobody insists."""


replace_fields(
    WarningType.__strawberry_definition__,  # type: ignore[attr-defined]
    [
        read_field("code", str, lambda warning: warning.code, "A stable name for programs."),
        read_field("field", optional(str), lambda warning: warning.field, "The property it is about."),
        read_field("message", str, lambda warning: warning.translated(gettext), "What looks wrong, and the way out."),
    ],
)


def draft_of(event: Any, new_resource: Any = None, new_to_resource: Any = None) -> EventDraft:
    """Return the draft that was sent.

    Raises:
        Refused: `events.no_action`, `actions.unknown`, or `graphql.no_unit`.
    """
    values, refusals = read_sent(event)
    values = {name: value for name, value in values.items() if value is not None}
    try:
        values["action"] = _action(values.get("action"))
    except Refused as refused:
        refusals.extend(refused.refusals)
    refuse_if(refusals)
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return EventDraft(
        **values, new_resource=_resource_draft(new_resource), new_to_resource=_resource_draft(new_to_resource)
    )


def _action(given: str | None) -> str:
    if not given:
        raise Refused(Refusal("events.no_action", NO_ACTION, "action"))
    return action_sent(str(given))


def _resource_draft(sent: Any) -> ResourceDraft | None:
    if sent is None:
        return None
    values = sent_values(sent)
    own, lot_code = values.pop(OWN_ID.name, None), values.pop(LOT_CODE.name, None)
    uid = read_uid(str(own)) if own else None
    return ResourceDraft(values, uid=uid, iri=str(own) if own and uid is None else None, lot_code=lot_code)


def _create(
    _root: None, info: Any, event: Any, new_resource: Any = None, new_to_resource: Any = None, key: str | None = None
) -> dict[str, Any]:
    draft = draft_of(event, new_resource, new_to_resource)
    recorded = wished(info, commands.record_event, draft, key=key)
    return _answer(recorded, has_new_resource=new_resource is not None)


def _drafts_of(events: list[EntryInput]) -> list[EventDraft]:
    """Return the drafts that were sent.

    Raises:
        Refused: with what cannot be read of any of them, at `events.<number>`.
    """
    drafts, refusals = [], []
    for number, entry in enumerate(events):
        try:
            drafts.append(draft_of(entry.event, entry.new_inventoried_resource, entry.new_to_resource))
        except Refused as refused:
            refusals += [each.at(f"events.{number}") for each in refused.refusals]
    refuse_if(refusals)
    return drafts


def _create_several(_root: None, info: Any, events: list[EntryInput], key: str | None = None) -> dict[str, Any]:
    return _answer_several(wished(info, commands.record_events, _drafts_of(events), key=key))


def _create_unplanned(
    _root: None, info: Any, process: Any, events: list[EntryInput], key: str | None = None
) -> dict[str, Any]:
    values = sent_values(process)
    return _answer_several(wished(info, commands.record_unplanned, values, _drafts_of(events), key=key))


def _replace(
    _root: None, info: Any, wrong: list[str], events: list[EntryInput], note: str | None = None, key: str | None = None
) -> dict[str, Any]:
    references = [str(each) for each in wrong]
    drafts = _drafts_of(events)
    return _answer_several(wished(info, commands.record_instead, references, drafts, note=note or "", key=key))


def _undo_several(
    _root: None, info: Any, events: list[str], note: str | None = None, key: str | None = None
) -> dict[str, Any]:
    references = [str(each) for each in events]
    return _answer_several(wished(info, commands.undo_events, references, note=note or "", key=key))


def _answer_several(recorded: list[EconomicEvent]) -> dict[str, Any]:
    make_peers(recorded)
    warnings = [each.at(f"events.{number}") for number, event in enumerate(recorded) for each in event.warnings]
    return {"economicEvents": recorded, "warnings": warnings}


def _correct(
    _root: None,
    info: Any,
    event: str,
    resource_quantity: MeasureInput | None = None,
    effort_quantity: MeasureInput | None = None,
    note: str | None = None,
    key: str | None = None,
) -> dict[str, Any]:
    correction = wished(
        info,
        commands.correct_event,
        str(event),
        resource_quantity=measure_sent(resource_quantity),
        effort_quantity=measure_sent(effort_quantity),
        note=note or "",
        key=key,
    )
    return _answer(correction)


def _undo(_root: None, info: Any, event: str, note: str | None = None, key: str | None = None) -> dict[str, Any]:
    return _answer(wished(info, commands.undo_event, str(event), note=note or "", key=key))


def _share(_root: None, info: Any, *, event: str, visibility: str, key: str | None = None) -> EconomicEvent:
    return wished(info, commands.share_event, str(event), visibility, key=key)


def _never_edited(_root: None, _info: Any, event: Any) -> None:
    raise Refused(Refusal("events.never_edited", NEVER_EDITED, "event", event=event))


def _answer(event: EconomicEvent, *, has_new_resource: bool = False) -> dict[str, Any]:
    new = None
    if has_new_resource:
        is_to_side = ACTIONS[event.action].create_resource == "optionalTo"
        new = event.to_resource_inventoried_as if is_to_side else event.resource_inventoried_as
    return {"economicEvent": event, "economicResource": new, "warnings": getattr(event, "warnings", ())}


WARNINGS = many(WarningType)
RESPONSE = response_type(
    "EconomicEvent", economicEvent=EventType, economicResource=optional(type_of(EconomicResource)), warnings=WARNINGS
)
BATCH_RESPONSE = response_type("EconomicEvents", economicEvents=many(EventType), warnings=WARNINGS)
ORIGINAL = argument("event", strawberry.ID, "The event that was recorded wrongly.")
NOTE = argument("note", optional(str), "Why.")


def _measure_argument(name: str, python_name: str) -> StrawberryArgument:
    return argument(name, optional(MeasureInput), "What is added; negative where there was less.", python_name)


def _add_wishes() -> None:
    mutation = ROOTS["Mutation"]
    event = argument("event", EventInput, "What happened.")
    resource = argument(
        "newInventoriedResource", optional(ResourceInput), "The resource it brings into being.", "new_resource"
    )
    to_side = argument("newToResource", optional(ResourceInput), NEW_TO_SIDE, "new_to_resource")
    entries = argument("events", many(EntryInput), "What happened, in order.")
    quantity = _measure_argument("resourceQuantity", "resource_quantity")
    effort = _measure_argument("effortQuantity", "effort_quantity")
    key = key_argument()
    for name, response, resolve, description, arguments in (
        ("createEconomicEvent", RESPONSE, _create, "Record what happened.", [event, resource, to_side, key]),
        (
            "createEconomicEvents",
            BATCH_RESPONSE,
            _create_several,
            "Record several events, all or none.",
            [entries, key],
        ),
        (
            "correctEconomicEvent",
            RESPONSE,
            _correct,
            "Correct by a difference.",
            [ORIGINAL, quantity, effort, NOTE, key],
        ),
        ("undoEconomicEvent", RESPONSE, _undo, "Take an event back as a whole.", [ORIGINAL, NOTE, key]),
        (
            "createUnplannedEvents",
            BATCH_RESPONSE,
            _create_unplanned,
            "Begin a process that nobody had planned, and record what happened in it, all or none.",
            [argument("process", create_type(Process), "The process."), entries, key],
        ),
        (
            "replaceEconomicEvents",
            BATCH_RESPONSE,
            _replace,
            "Take events back that were wrong, and record what did happen, all or none.",
            [argument("wrong", many(strawberry.ID), "The events that were recorded wrongly."), entries, NOTE, key],
        ),
        (
            "undoEconomicEvents",
            BATCH_RESPONSE,
            _undo_several,
            "Take several events back as a whole, all or none.",
            [argument("events", many(strawberry.ID), "The events that were recorded wrongly."), NOTE, key],
        ),
    ):
        add_field(mutation, asked_field(name, optional(response), resolve, description, arguments))
    whom = argument("visibility", str, "Those whom it concerns: `group`; or `network`, or `public`.")
    shared = "Decide who may see an event, with its corrections; what happened stays as it is told."
    about = argument("event", strawberry.ID, "The event.")
    add_field(mutation, asked_field("shareEconomicEvent", optional(EventType), _share, shared, [about, whom, key]))
    edited = argument("event", UpdateInput, "The event.")
    older = asked_field(
        "updateEconomicEvent",
        optional(RESPONSE),
        _never_edited,
        "Always refused.",
        [edited],
        deprecated="Use `correctEconomicEvent`.",
    )
    add_field(mutation, older, compatible=True)


_add_wishes()
