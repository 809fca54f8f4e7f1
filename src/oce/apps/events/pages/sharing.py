"""Who may see an event: said on its page, and decided there by who may correct it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oce.apps.events.commands import share_event
from oce.apps.events.entitlement import may_correct
from oce.apps.events.models import EconomicEvent
from oce.kit.pages.answers import sentences
from oce.kit.pages.navigation import record_url
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record
from oce.kit.visibility import Visibility
from oce.vf.refusals import Refused


def of_event(request: Asked, event: Record) -> Panel | None:
    """Return the form that decides who may see an event; nothing for who may not decide it."""
    assert isinstance(event, EconomicEvent)  # noqa: S101 (plugged to this class alone)
    told = event.corrects if event.corrects is not None else event
    if not may_correct(request.actor, told):
        return None
    choices = [(value, label, value == event.visibility) for value, label in Visibility.choices]
    return Panel(_("Who may see it"), "events/sharing.html", {"event": event, "visibilities": choices})


@require_POST
def share(request: Asked, event: Record) -> HttpResponse:
    """Keep who may see an event, and show it."""
    assert isinstance(event, EconomicEvent)  # noqa: S101 (plugged to this class alone)
    try:
        shared = share_event(request.actor, event, request.POST.get("visibility", ""))
    except Refused as refused:
        for sentence in sentences(refused.refusals):
            messages.error(request, sentence)
    else:
        whom = Visibility(shared.visibility).label
        messages.success(request, _("From now on this may be seen by: {whom}.").format(whom=whom))
    return HttpResponseRedirect(record_url(event))
