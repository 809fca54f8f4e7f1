"""Wishes about things that need several events, or a look at what is there first: to receive, to count, to move together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from oce.apps.agents.models import Agent
from oce.apps.events.commands import record_event, record_events
from oce.apps.events.drafts import EventDraft, Reference, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.commands import make_resource_specification
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.things import drafts, queries, rules
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.kit.measures import PIECES
from oce.kit.records import Record
from oce.kit.writing import find
from oce.vf.measures import Measure
from oce.vf.refusals import gettext_noop, refuse_if

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came in, as far as somebody said: a name and a keeper are enough.

    Attributes:
        keeper: whose it is from now on.
        quantity: how much; one where nobody says.
        kind: what kind of thing it is; the kind of its name where nobody says, written down where there is none.
        giver: whom it came from; nobody where it is only written down.
    """

    name: str
    keeper: Reference
    quantity: Measure | None = None
    kind: Reference | None = None
    lot_code: str = ""
    use_by: datetime | None = None
    place: Reference | None = None
    giver: Reference | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What came of a count: the event that set the books right, or None where they were right."""

    event: EconomicEvent | None
    known: Measure | None
    counted: Measure


@command(says=gettext_noop("received {subject}"))
def receive_thing(actor: Actor, receipt: Receipt) -> EconomicEvent:
    """Write a thing that came in into the inventory, and return the event that brought it in."""
    refuse_if(rules.refuse_name(receipt.name), rules.refuse_note(receipt.note))
    refuse_if([] if receipt.quantity is None else rules.refuse_no_amount(receipt.quantity))
    kind = _kind_of(actor, receipt)
    quantity = receipt.quantity or Measure(Decimal(1), kind.default_unit_of_resource or PIECES)
    new = ResourceDraft({"name": receipt.name.strip()}, lot_code=receipt.lot_code.strip() or None)
    keeper = _reference(Agent, receipt.keeper, "provider")
    came = EventDraft(
        action="raise" if receipt.giver is None else "transfer",
        provider=receipt.giver or keeper,
        receiver=keeper,
        resource_conforms_to=kind,
        resource_quantity=quantity,
        to_location=None if receipt.giver is None else receipt.place,
        note=receipt.note.strip(),
        new_resource=new,
    )
    event = record_event(actor, came)
    resource = event.to_resource_inventoried_as or event.resource_inventoried_as
    assert resource is not None  # noqa: S101 (both actions bring one into being)
    if receipt.use_by is not None and resource.of_batch_lot is not None:
        _say_use_by(resource.of_batch_lot, receipt.use_by)
    if receipt.giver is None and receipt.place is not None:
        # What is only written down is at no place yet: the standard lets no count say one.
        record_event(actor, drafts.move_draft(resource, receipt.place, holder=keeper, quantity=quantity))
    tell(resource.address, subject=receipt.name.strip())
    return event


@command(says=gettext_noop("counted {subject}: {counted}"))
def count_thing(actor: Actor, resource: EconomicResource, counted: Measure, *, note: str = "") -> Count:
    """Set the books of a thing right by what somebody counted: the difference is an event, and nothing is overwritten."""
    held = EconomicResource.objects.select_for_update().get(pk=resource.pk)
    known = held.onhand_quantity
    refuse_if(rules.refuse_count(str(held), counted, known.unit if known else ""), rules.refuse_note(note))
    tell(held.address, subject=str(held), counted=counted)
    difference = rules.difference(counted, known)
    if not difference.value:
        return Count(None, known, counted)
    return Count(record_event(actor, drafts.difference_draft(held, difference, note.strip())), known, counted)


@command(says=gettext_noop("moved {count} things, the first of them {subject}"))
def move_things(
    actor: Actor, resources: Sequence[EconomicResource], place: Reference, *, note: str = ""
) -> list[EconomicEvent]:
    """Move several things whole to one place, all or none, and return the events."""
    refuse_if(rules.refuse_together(len(resources)), rules.refuse_no_place(place), rules.refuse_note(note))
    moves = [drafts.move_draft(each, place, note=note.strip()) for each in resources]
    tell(*(each.address for each in resources), subject=str(resources[0]), count=len(resources))
    return record_events(actor, moves)


def _kind_of(actor: Actor, receipt: Receipt) -> ResourceSpecification:
    """Return the kind that was said, or the one of the thing's name, written down where nobody has yet."""
    if receipt.kind is not None:
        return _reference(ResourceSpecification, receipt.kind, "resourceConformsTo")
    known = queries.kind_called(actor, receipt.name)
    if known is not None:
        return known
    name = receipt.name.strip()
    refuse_if(rules.refuse_new_kind(name, may_add=actor.may(Power.COORDINATE)))
    unit = PIECES if receipt.quantity is None else receipt.quantity.unit
    return make_resource_specification(actor, {"name": name, "default_unit_of_resource": unit})


def _reference(model: type[R], reference: Reference, field: str) -> R:
    return reference if isinstance(reference, model) else find(model, str(reference), field)


def _say_use_by(lot: BatchLotRecord, use_by: datetime) -> None:
    """Write until when a lot can be used, where nobody has said it yet."""
    BatchLotRecord.objects.filter(pk=lot.pk, expiration_date=None).update(
        expiration_date=use_by, revision=lot.revision + 1
    )
