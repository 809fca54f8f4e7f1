"""The passport of a thing: what everybody may know who holds it in their hands.

It says what the thing is, from what and by which steps it was made, and what is attached for everybody. It never says
how much of anything there is, nor where it lies. Groups and people are named only to those who may see them, which
strangers may where these made themselves public; all others are told what such an agent is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent, AgentClass
from oce.apps.documents.models import Attachment
from oce.apps.documents.queries import attachments_of
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.things import queries
from oce.kit.actor import STRANGER, SYSTEM, Actor, is_seen_by, looking_as
from oce.kit.addresses import house_address
from oce.kit.jsonld import context
from oce.kit.jsonld.documents import moment

A_PERSON, A_GROUP, NATURE = _("a person"), _("a group of this network"), _("nature")
_ROLES: dict[str, Promise] = {AgentClass.PERSON: A_PERSON, AgentClass.ECOLOGICAL_AGENT: NATURE}


class Step(NamedTuple):
    """A step by which a thing was made: its kind, and when it was over."""

    name: str
    at: datetime


class Passport(NamedTuple):
    """What everybody may know of a thing."""

    resource: EconomicResource
    kind: str
    maker: str | Promise
    ingredients: tuple[str, ...]
    steps: tuple[Step, ...]
    contributors: tuple[str | Promise, ...]
    pictures: tuple[Attachment, ...]
    papers: tuple[Attachment, ...]


def passport_url(resource: EconomicResource) -> str:
    """Return the address of a thing's passport, as labels carry it: the same as long as the thing is."""
    return f"{house_address()}/{resource.kind()}/{resource.uid}/passport"


def passport_of(actor: Actor, resource: EconomicResource) -> Passport:
    """Return the passport of a thing that the actor sees, with the names that the actor may know."""
    # What it was made of is asked of the whole ledger, and told without amounts, places and names.
    with looking_as(SYSTEM):
        return _told(actor, resource)


def _told(actor: Actor, resource: EconomicResource) -> Passport:
    events = queries.events_of(SYSTEM, resource)
    gone = queries.undone(events)
    lasting = [event for event in events if event.pk not in gone]
    around = queries.surroundings_of(SYSTEM, resource, lasting)
    made = [event for event in lasting if event.output_of_id is not None]
    agents = {event.provider_id: event.provider for event in (*made, *around.before)}
    attached = attachments_of(STRANGER, resource)
    return Passport(
        resource,
        str(resource.conforms_to or ""),
        name_for(actor, made[-1].receiver) if made else _maker(actor, resource),
        tuple(_kinds(around.before)),
        tuple(_steps(made)),
        tuple(dict.fromkeys(name_for(actor, agent) for agent in agents.values())),
        tuple(each for each in attached if each.is_picture),
        tuple(each for each in attached if not each.is_picture),
    )


def name_for(actor: Actor, agent: Agent) -> str | Promise:
    """Return the name of an agent to those who may see it, and to others what it is."""
    return str(agent) if is_seen_by(actor, agent) else _ROLES.get(agent.agent_class, A_GROUP)


def document_of(passport: Passport) -> dict[str, Any]:
    """Return a passport as a document for programs."""
    resource = passport.resource
    told: dict[str, Any] = {
        "@context": context.address(),
        "@id": resource.address,
        "@type": resource.vf_class,
        "name": str(resource),
        "note": resource.note,
        "trackingIdentifier": resource.tracking_identifier,
        "primaryAccountable": {"@type": "Agent", "name": str(passport.maker)} if passport.maker else None,
        "conformsTo": {"@type": "ResourceSpecification", "name": passport.kind} if passport.kind else None,
        "image": f"{house_address()}{passport.pictures[0].url}" if passport.pictures else "",
    }
    lot = resource.of_batch_lot
    if lot is not None:
        told["ofBatchLot"] = {"@id": lot.address, "@type": "BatchLotRecord", "batchLotCode": lot.batch_lot_code}
        if lot.expiration_date is not None:
            told["ofBatchLot"]["expirationDate"] = moment(lot.expiration_date)
    return {name: value for name, value in told.items() if value}


def _maker(actor: Actor, resource: EconomicResource) -> str | Promise:
    return name_for(actor, resource.primary_accountable) if resource.primary_accountable else ""


def _kinds(inputs: Iterable[EconomicEvent]) -> Iterable[str]:
    """Yield the names of the kinds of things that went in, each once; work and tools are no ingredients."""
    names: dict[str, None] = {}
    for event in inputs:
        thing = event.resource_inventoried_as
        kind = event.resource_conforms_to or (thing.conforms_to if thing else None)
        if event.action == "consume" and kind is not None:
            names.setdefault(str(kind))
    return names


def _steps(made: Iterable[EconomicEvent]) -> Iterable[Step]:
    """Yield the steps by which a thing was made, the first first, each once."""
    steps: dict[str, Step] = {}
    for event in sorted(made, key=lambda each: each.occurred_at):
        process = event.output_of
        if process is not None and process.based_on is not None:
            name = str(process.based_on)
            steps[name] = Step(name, event.occurred_at)
    return steps.values()
