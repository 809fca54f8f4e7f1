"""A thing comes in: a name and whose it is are enough, a photo and a label make it easy to find again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from oce.apps.agents.models import Agent
from oce.apps.documents.arrivals import Arrived, arrived
from oce.apps.documents.commands import attach_document
from oce.apps.documents.models import Attachment
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.things.commands import Receipt, receive_thing
from oce.apps.things.pages.acting import UNDO_URL
from oce.apps.things.pages.asking import asked, form_of, granted
from oce.kit.commands import KEY_LENGTH_MAX
from oce.kit.pages import undoing
from oce.kit.pages.forms import KEY, fresh_key
from oce.kit.pages.listing import FIND
from oce.kit.pages.navigation import record_url
from oce.kit.pages.records import SHOW
from oce.kit.pages.requests import Asked
from oce.vf.refusals import Refusal, Refused

RECEIVE_URL = "/things/receive"
PLACES = {"quantity": "resourceQuantity"}
FIRST = (
    asked(
        EconomicResource,
        "name",
        gettext_lazy("What is it?"),
        gloss=gettext_lazy("A word or two: jam, cordless drill, flour type 550."),
        is_required=True,
    ),
    asked(
        EconomicEvent,
        "resource_quantity",
        gettext_lazy("How much"),
        gloss=gettext_lazy("One piece, if you leave this out."),
    ),
    asked(
        EconomicEvent,
        "to_location",
        gettext_lazy("Where it is put"),
        gloss=gettext_lazy("The shelf, room or building."),
    ),
    asked(
        EconomicEvent,
        "receiver",
        gettext_lazy("Whose it is"),
        gloss=gettext_lazy("The group or person who looks after it."),
        is_required=True,
    ),
)
MORE = (
    asked(
        EconomicEvent,
        "resource_conforms_to",
        gettext_lazy("Kind"),
        gloss=gettext_lazy("The kind of its name, if you leave this out."),
    ),
    asked(
        BatchLotRecord,
        "batch_lot_code",
        gettext_lazy("Lot"),
        gloss=gettext_lazy("What was made or bought together carries one code."),
    ),
    asked(BatchLotRecord, "expiration_date", gettext_lazy("Use by"), gloss=gettext_lazy("The last day it is good.")),
    asked(
        EconomicEvent,
        "provider",
        gettext_lazy("From whom"),
        gloss=gettext_lazy("Who gave or sold it; nobody, if it was always here."),
    ),
    asked(EconomicEvent, "note", gettext_lazy("Note"), gloss=gettext_lazy("What others should know about it.")),
)


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: Asked) -> HttpResponse:
    """Show the form of a thing that comes in, or write it down and show it."""
    form = form_of(request, EconomicEvent, (*FIRST, *MORE), {"receiver": _keeper(request)})
    if request.method == "POST" and not {FIND, SHOW} & set(request.POST):
        event = granted(form, lambda values: _received(request, values), PLACES)
        if event is not None:
            resource = event.to_resource_inventoried_as or event.resource_inventoried_as
            undoing.offer(
                request,
                _("{name} is in the inventory.").format(name=str(resource)),
                undo=UNDO_URL,
                sends={"events": str(event.uid), "next": "/things/", KEY: fresh_key()},
                link=(f"{record_url(resource)}/label", _("Print its label")),
            )
            return HttpResponseRedirect(RECEIVE_URL if "_another" in request.POST else record_url(resource))
    shown = {
        "form": form,
        "first": form.fields[: len(FIRST)],
        "more": form.fields[len(FIRST) :],
        "is_more_open": any(not one.typed.is_blank or one.faults for one in form.fields[len(FIRST) :]),
        "key": fresh_key() if form.is_used else request.POST.get(KEY) or fresh_key(),
    }
    return render(request, "things/receive.html", shown, status=form.status)


def _received(request: Asked, values: dict[str, Any]) -> EconomicEvent:
    """Return the event that brought a thing in, its photo attached.

    Raises:
        Refused: what is wrong with the thing, or with the photo; then neither is kept.
    """
    photo = _photo(request)
    receipt = Receipt(
        name=values.get("name") or "",
        keeper=values.get("receiver") or "",
        quantity=values.get("resource_quantity"),
        kind=values.get("resource_conforms_to"),
        lot_code=values.get("batch_lot_code") or "",
        use_by=values.get("expiration_date"),
        place=values.get("to_location"),
        giver=values.get("provider"),
        note=values.get("note") or "",
    )
    wish: Callable[..., EconomicEvent] = receive_thing
    key = request.POST.get(KEY) or None
    event = wish(request.actor, receipt, key=key)
    resource = event.to_resource_inventoried_as or event.resource_inventoried_as
    if photo is not None and resource is not None:
        to_attach: Callable[..., Attachment] = attach_document
        to_attach(request.actor, resource, photo, key=f"{key} photo"[-KEY_LENGTH_MAX:] if key else None)
    return event


def _photo(request: Asked) -> Arrived | None:
    file = request.FILES.get("photo")
    if file is None:
        return None
    try:
        return arrived(file.name or "", file)
    except Refused as refused:
        messages.warning(request, _("The photo is to be chosen once more."))
        raise Refused(
            Refusal(each.code, each.template, "photo", **each.values) for each in refused.refusals
        ) from refused


def _keeper(request: Asked) -> Agent | None:
    """Return whose a thing most likely is: the chosen group's, the first of one's groups', or one's own."""
    groups = [request.scope.group] if request.scope.group else list(request.scope.groups[:1])
    key = groups[0].pk if groups and groups[0] else request.actor.agent
    return None if key is None else Agent.every().filter(pk=key).first()
