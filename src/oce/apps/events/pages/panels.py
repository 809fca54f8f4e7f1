"""What the ledger shows on the pages of resources, processes and events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from oce.apps.commitments.models import Flow
from oce.apps.events import queries
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.quick import LOG_URL
from oce.apps.events.pages.views import RECORD_URL
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import Power
from oce.kit.measures import in_words
from oce.kit.pages.navigation import list_url, record_url
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record
from oce.vf.decimals import plain

MOVES_SHOWN = 20
FLOWS_SHOWN = 20
# What the form of an event asks for, and where a promise says the same.
_SAME_IN_PROMISE = {
    "provider": ("provider",),
    "receiver": ("receiver",),
    "process": ("input_of", "output_of"),
    "events.0.resourceInventoriedAs": ("resource_inventoried_as",),
    "events.0.resourceConformsTo": ("resource_conforms_to",),
}


def moves(request: Asked, resource: Record) -> Panel | None:
    """Return the last events of a resource, with what was owned and there after each."""
    assert isinstance(resource, EconomicResource)  # noqa: S101 (plugged to this class alone)
    found = queries.moves_of(request.actor, resource, limit=MOVES_SHOWN + 1)
    if not found:
        return None
    shown = {
        "moves": found[:MOVES_SHOWN],
        "more": f"{list_url(EconomicEvent)}?resourceInventoriedAs={resource.uid}" if len(found) > MOVES_SHOWN else "",
    }
    return Panel(_("What happened to it"), "events/moves.html", shown)


def flows(request: Asked, process: Record) -> Panel | None:
    """Return what went into a process and what came out of it."""
    assert isinstance(process, Process)  # noqa: S101 (plugged to this class alone)
    found = queries.flows_of(request.actor, process, limit=FLOWS_SHOWN)
    if not found.inputs and not found.outputs:
        return None
    return Panel(_("In and out"), "events/flows.html", {"flows": found})


def done(name: str) -> Callable[[Asked, Record], Panel | None]:
    """Return what makes the panel of a promise that events answer by `name`: what was done, and what is left of it."""

    def panel(request: Asked, promise: Record) -> Panel | None:
        assert isinstance(promise, Flow)  # noqa: S101 (plugged to promises alone)
        found = queries.answered(request.actor, promise, name)
        if not found.events:
            return None
        left = [in_words(each) for each in (found.resource_quantity, found.effort_quantity) if each is not None]
        return Panel(_("What was done for it"), "events/done.html", {"events": found.events, "left": left})

    return panel


def answering(name: str) -> Callable[[Asked, Record], Iterator[tuple[str, str]]]:
    """Return what makes the button of a promise that leads to the form of an event which answers it by `name`."""

    def button(request: Asked, promise: Record) -> Iterator[tuple[str, str]]:
        assert isinstance(promise, Flow)  # noqa: S101 (plugged to promises alone)
        if request.actor.may(Power.RECORD) and promise.is_described:
            yield f"{RECORD_URL}?{urlencode(dict(_told_by(promise, name)))}", _("Record what was done for it")

    return button


def _told_by(promise: Flow, name: str) -> Iterator[tuple[str, str]]:
    """Yield what the form of an event already knows from the promise that it answers."""
    yield "action", promise.action
    yield f"events.0.{name}", str(promise.uid)
    for asked, own in _SAME_IN_PROMISE.items():
        record = next((found for word in own if (found := getattr(promise, word, None)) is not None), None)
        if record is not None:
            yield asked, str(record.uid)
    for word, amount in (("resourceQuantity", promise.resource_quantity), ("effortQuantity", promise.effort_quantity)):
        if amount is not None:
            yield f"events.0.{word}", plain(amount.value)
            yield f"events.0.{word}.unit", amount.unit


def of_event(request: Asked, event: Record) -> Iterator[tuple[str, str]]:
    """Yield the ways to log it again, to change it and to correct it; a correction is not corrected itself."""
    assert isinstance(event, EconomicEvent)  # noqa: S101 (plugged to this class alone)
    if not event.is_correction and request.actor.may(Power.RECORD, event.provider_id, event.receiver_id):
        yield f"{LOG_URL}?again={event.uid}", _("Log again")
        yield f"{LOG_URL}?instead={event.uid}", _("Change")
        yield f"{record_url(event)}/correct", _("Correct or undo")


def of_resource(request: Asked, resource: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to record something that happened to a resource."""
    if request.actor.may(Power.RECORD):
        yield f"{LOG_URL}?action=use&events.0.resourceInventoriedAs={resource.uid}", _("Log what happened")


def of_process(request: Asked, process: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to record an input or output of a process."""
    if request.actor.may(Power.RECORD):
        yield f"{LOG_URL}?process={process.uid}", _("Log what happened")


def of_agent(request: Asked, agent: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to record something that an agent did or gave."""
    if request.actor.may(Power.RECORD):
        yield f"{RECORD_URL}?provider={agent.uid}", _("Record what happened")
