"""Questions about things: which a code means, whose they are, what happened to them, and what they were made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet

from oce.apps.agents.models import Agent
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.kit.actor import Actor, seen_by
from oce.kit.records import read_uid

FOUND_MAX = 20
CODE_LENGTH_MAX = 400
LIFE_MAX = 60
FLOWS_MAX = 300
# What stands behind the address of a thing where a label or passport was scanned.
VIEWS = ("/passport", "/label")


def kind_called(actor: Actor, name: str) -> ResourceSpecification | None:
    """Return the kind of things of a name, or None."""
    found = seen_by(actor, ResourceSpecification.every()).filter(name__iexact=name.strip()).first()
    return None if found is None else found.meant


def found_by_code(actor: Actor, code: str) -> list[EconomicResource]:
    """Return the things that a scanned or typed code means: an address or identifier, else a serial number, lot or name.

    Nothing where it means none that the actor sees.
    """
    text = code.strip()[:CODE_LENGTH_MAX].replace("\x00", "")
    for view in VIEWS:
        text = text.removesuffix(view)
    things = seen_by(actor, EconomicResource.every()).select_related("conforms_to", "current_location", "of_batch_lot")
    uid = read_uid(text)
    if uid is not None:
        lot = BatchLotRecord.objects.filter(uid=uid).values("pk")
        return list(things.filter(Q(uid=uid) | Q(of_batch_lot__in=lot))[:FOUND_MAX])
    if not text:
        return []
    for condition in (
        Q(iri=text),
        Q(tracking_identifier=text),
        Q(of_batch_lot__in=BatchLotRecord.objects.filter(batch_lot_code=text).values("pk")),
        Q(name=text),
    ):
        found = list(things.filter(condition)[:FOUND_MAX])
        if found:
            return found
    return []


def things_of(actor: Actor, references: Iterable[str]) -> list[EconomicResource]:
    """Return the things of some identifiers that the actor sees, in the order given."""
    uids = [uid for each in references if (uid := read_uid(each)) is not None]
    found = seen_by(actor, EconomicResource.every()).select_related("conforms_to", "current_location", "of_batch_lot")
    by_uid = {each.uid: each for each in found.filter(uid__in=uids)}
    return [by_uid[uid] for uid in dict.fromkeys(uids) if uid in by_uid]


def holder_of(resource: EconomicResource) -> Agent | None:
    """Return who is accountable for a thing, or who keeps it for somebody else: the taker in its last event."""
    holder: Agent | None = resource.primary_accountable
    if holder is not None:
        return holder
    last = EconomicEvent.every().filter(pk=resource.last_event).first() if resource.last_event else None
    taker: Agent | None = last.receiver if last else None
    return taker


def events_of(actor: Actor, resource: EconomicResource, *, limit: int = LIFE_MAX) -> list[EconomicEvent]:
    """Return the last events that touched a thing, the latest first, with all that a sentence about them names."""
    touching = Q(resource_inventoried_as=resource.pk) | Q(to_resource_inventoried_as=resource.pk)
    return list(_with_names(seen_by(actor, EconomicEvent.every()).filter(touching)).order_by("-id")[:limit])


class Surroundings(NamedTuple):
    """What happened in the processes that made a thing, and in those that took it: the events of either."""

    before: list[EconomicEvent]
    after: list[EconomicEvent]


def surroundings_of(actor: Actor, resource: EconomicResource, events: Iterable[EconomicEvent]) -> Surroundings:
    """Return what else happened in the processes through which a thing came and went, by one statement."""
    made_in = {each.output_of_id for each in events if _is_made_by(each, resource)} - {None}
    went_into = {each.input_of_id for each in events if each.resource_inventoried_as_id == resource.pk} - {None}
    if not made_in and not went_into:
        return Surroundings([], [])
    around = Q(input_of__in=made_in) | Q(output_of__in=went_into)
    found = list(_with_names(seen_by(actor, EconomicEvent.every()).filter(around)).order_by("id")[:FLOWS_MAX])
    return Surroundings(
        [each for each in found if each.input_of_id in made_in],
        [each for each in found if each.output_of_id in went_into],
    )


def _is_made_by(event: EconomicEvent, resource: EconomicResource) -> bool:
    return resource.pk in {event.resource_inventoried_as_id, event.to_resource_inventoried_as_id}


def _with_names(events: QuerySet[EconomicEvent]) -> QuerySet[EconomicEvent]:
    return events.filter(corrects=None).select_related(
        "provider",
        "receiver",
        "resource_conforms_to",
        "resource_inventoried_as__conforms_to",
        "to_resource_inventoried_as__conforms_to",
        "to_location",
        "input_of__based_on",
        "output_of__based_on",
    )


def undone(events: Iterable[EconomicEvent]) -> set[int]:
    """Return the keys of those events of which corrections have left nothing."""
    by_key = {each.pk: each for each in events}
    corrections: dict[int, list[EconomicEvent]] = {}
    for each in EconomicEvent.every().filter(corrects__in=by_key):
        corrections.setdefault(int(each.corrects_id), []).append(each)
    return {key for key, found in corrections.items() if _is_nothing(by_key[key], found)}


def _is_nothing(event: EconomicEvent, corrections: list[EconomicEvent]) -> bool:
    """Return whether corrections take back all of an event."""
    for name in ("resource_quantity", "effort_quantity"):
        left = getattr(event, name)
        for each in corrections:
            part = getattr(each, name)
            left = left if left is None or part is None else left + part
        if left is not None and left.value:
            return False
    return True
