"""Questions about the ledger that pages and programs ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Q

from oce.apps.commitments.models import Flow
from oce.apps.commitments.rules import remaining
from oce.apps.events.legs import LEGS
from oce.apps.events.models import EconomicEvent
from oce.apps.events.sequence import horizon
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import Actor, seen_by
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure


class Move(NamedTuple):
    """One event as one resource saw it: what it added, and how much was owned and was there after it."""

    event: EconomicEvent
    accounting: Measure | None
    onhand: Measure | None
    accounting_after: Measure | None
    onhand_after: Measure | None


def moves_of(actor: Actor, resource: EconomicResource, *, limit: int) -> list[Move]:
    """Return the last events that touched a resource, the latest first, with the quantities after each."""
    touching = Q(resource_inventoried_as=resource.pk) | Q(to_resource_inventoried_as=resource.pk)
    events = list(EconomicEvent.every().filter(touching).order_by("-id")[:limit])
    # The running quantities need every event; those that the actor may not see are only left out of the answer.
    keys = [event.pk for event in events]
    visible = set(seen_by(actor, EconomicEvent.every()).filter(pk__in=keys).values_list("pk", flat=True))
    return [move for move in _backwards(resource, events) if move.event.pk in visible]


def _backwards(resource: Any, events: list[Any]) -> Iterator[Move]:
    """Yield the moves from the quantities of now back to those before the earliest event given."""
    accounting: Measure | None = resource.accounting_quantity
    onhand: Measure | None = resource.onhand_quantity
    for event in events:
        signs = _signs(resource, event)
        owned, there = (_times(event.resource_quantity, sign) for sign in signs)
        yield Move(event, owned, there, accounting, onhand)
        accounting, onhand = _less(accounting, owned), _less(onhand, there)


def _signs(resource: EconomicResource, event: EconomicEvent) -> tuple[int, int]:
    legs = LEGS[event.effect]
    accounting = onhand = 0
    if event.resource_inventoried_as_id == resource.pk:
        accounting, onhand = legs.from_accounting, legs.from_onhand
    if event.to_resource_inventoried_as_id == resource.pk:
        accounting, onhand = accounting + legs.to_accounting, onhand + legs.to_onhand
    return accounting, onhand


def _times(quantity: Measure | None, sign: int) -> Measure | None:
    return None if quantity is None or not sign else Measure(EXACT.multiply(quantity.value, sign), quantity.unit)


def _less(quantity: Measure | None, part: Measure | None) -> Measure | None:
    if quantity is None or part is None:
        return quantity
    return Measure(EXACT.subtract(quantity.value, part.value), quantity.unit)


class Flows(NamedTuple):
    """What went into a process and what came out of it, the latest first, as far as the bound."""

    inputs: list[EconomicEvent]
    outputs: list[EconomicEvent]


def flows_of(actor: Actor, process: Process, *, limit: int) -> Flows:
    """Return the last inputs and outputs of a process."""
    events = seen_by(actor, EconomicEvent.every()).order_by("-id")
    return Flows(list(events.filter(input_of=process.pk)[:limit]), list(events.filter(output_of=process.pk)[:limit]))


def corrections_of(actor: Actor, event: EconomicEvent) -> list[EconomicEvent]:
    """Return the corrections of an event, the earliest first."""
    return list(seen_by(actor, EconomicEvent.every()).filter(corrects=event.pk).order_by("id"))


class Answered(NamedTuple):
    """What was done towards a promise, in the order of the ledger, and how much of it is left to do."""

    events: list[EconomicEvent]
    resource_quantity: Measure | None
    effort_quantity: Measure | None


def answered(actor: Actor, promise: Flow, name: str) -> Answered:
    """Return what was done towards a commitment, an intent or a claim by events that name it as `name` (`fulfills` ...).

    Each event counts whole, corrections with their sign, and never is anything finished by it (D30).
    """
    events = list(EconomicEvent.every().filter(**{name: promise.pk}))
    left = {
        measure: remaining(getattr(promise, measure), [done for each in events if (done := getattr(each, measure))])
        for measure in ("resource_quantity", "effort_quantity")
    }
    # What is left needs every event; those that the actor may not see are only left out of the answer.
    visible = set(seen_by(actor, EconomicEvent.every()).filter(**{name: promise.pk}).values_list("pk", flat=True))
    return Answered([event for event in events if event.pk in visible], **left)


class News(NamedTuple):
    """What is new in the ledger, in its order, and the place from which to ask next."""

    events: list[EconomicEvent]
    until: int


def events_since(actor: Actor, place: int, *, limit: int) -> News:
    """Return what was written after `place`, at most `limit` events; whoever goes on from `until` never misses one.

    Events that are still being written are left for the next time, together with all that come after them.
    """
    settled = horizon()
    new = seen_by(actor, EconomicEvent.every()).filter(pk__gt=place, pk__lte=settled).order_by("id")
    events = list(new[:limit])
    return News(events, events[-1].pk if events and len(events) == limit else max(place, settled))
