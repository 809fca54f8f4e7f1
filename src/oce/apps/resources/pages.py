"""The screens of the inventory: its place in the menu, and what a group decides about shortages of its stock."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.resources import queries
from oce.apps.resources.commands import set_stock_policy
from oce.apps.resources.models import EconomicResource, Shortage
from oce.kit.actor import Power
from oce.kit.pages.navigation import Entry, list_url, record_url
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record


def shortages(request: Asked, agent: Record) -> Panel | None:
    """Return what an agent decided about events that take more than is there, with the form to decide otherwise."""
    assert isinstance(agent, Agent)  # noqa: S101 (plugged to this class alone)
    decided = Shortage.REFUSE if queries.refuses_shortages(agent) else Shortage.WARN
    shown = {
        "address": f"{record_url(agent)}/shortage",
        "choices": [(value, label, value == decided) for value, label in Shortage.choices],
        "decided": decided.label,
        "may_decide": request.actor.may(Power.RECORD),
    }
    return Panel(_("When more is taken from its stock than there is"), "resources/shortages.html", shown)


def stock_here(request: Asked, place: Record) -> Panel | None:
    """Return what is at a place and in the places inside it, summed by kind."""
    assert isinstance(place, SpatialThing)  # noqa: S101 (plugged to this class alone)
    found = queries.stock_at(request.actor, {place.pk}).get(place.pk)
    return (
        Panel(_("What is here and in the places inside"), "resources/stock.html", {"stock": found}) if found else None
    )


@require_POST
def decide_shortage(request: Asked, agent: Record) -> HttpResponse:
    """Keep what an agent decided, and show the agent."""
    assert isinstance(agent, Agent)  # noqa: S101 (plugged to this class alone)
    policy = set_stock_policy(request.actor, agent, request.POST.get("shortage", ""))
    messages.success(request, _("From now on: {decision}.").format(decision=policy.get_shortage_display()))
    return HttpResponseRedirect(record_url(agent))


urls: list[URLPattern] = []
menu = (Entry(gettext_lazy("All things"), list_url(EconomicResource), "things", "list"),)
panels = {Agent: (shortages,), SpatialThing: (stock_here,)}
views = {Agent: {"shortage": decide_shortage}}
