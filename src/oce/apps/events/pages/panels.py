"""What the ledger shows on the pages of resources, processes and events."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from oce.apps.events import queries
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.views import RECORD_URL
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import Power
from oce.kit.pages.navigation import list_url, record_url
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record

MOVES_SHOWN = 20
FLOWS_SHOWN = 20


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


def of_event(request: Asked, event: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to correct an event; a correction is not corrected itself."""
    assert isinstance(event, EconomicEvent)  # noqa: S101 (plugged to this class alone)
    if event.corrects_id is None and request.actor.may(Power.RECORD):
        yield f"{record_url(event)}/correct", _("Correct or undo")


def of_resource(request: Asked, resource: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to record something that happened to a resource."""
    if request.actor.may(Power.RECORD):
        yield f"{RECORD_URL}?events.0.resourceInventoriedAs={resource.uid}", _("Record what happened")


def of_process(request: Asked, process: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to record an input or output of a process."""
    if request.actor.may(Power.RECORD):
        yield f"{RECORD_URL}?process={process.uid}", _("Record what happened")


def of_agent(request: Asked, agent: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to record something that an agent did or gave."""
    if request.actor.may(Power.RECORD):
        yield f"{RECORD_URL}?provider={agent.uid}", _("Record what happened")
