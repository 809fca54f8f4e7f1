"""Agreements at a glance: between whom, and how far each is; and what is still open of one agent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oce.apps.agents.models import Agent
from oce.apps.agreements.models import Agreement
from oce.apps.exchange import queries
from oce.apps.exchange.pages.words import Badge, badge
from oce.apps.exchange.rules import state_of
from oce.kit import clock
from oce.kit.actor import Power
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record

SHOWN_MAX = 30
OPEN_SHOWN = 8
SOUGHT_LENGTH_MAX = 200


class Row(NamedTuple):
    """An agreement as the list shows it: between whom, how far, and how many of its promises are kept."""

    agreement: Agreement
    parties: Sequence[Agent]
    state: Badge
    kept: int
    promises: int


@require_safe
def agreements(request: Asked) -> HttpResponse:
    """Show the newest agreements of the network or of a group, each with its parties and how far it is."""
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:SOUGHT_LENGTH_MAX]
    found = list(queries.agreements(request.actor, sought, request.scope.agents)[: SHOWN_MAX + 1])
    shown = found[:SHOWN_MAX]
    within = queries.commitments_in(request.actor, shown)
    promises = queries.promises_of(each for own in within.values() for each in own)
    ends = queries.ends_of(request.actor, shown)
    agents = queries.agents(request.actor, {key for keys in ends.values() for key in keys})
    rows = []
    for each in shown:
        own = [promises[one.pk] for one in within.get(each.pk, ())]
        keys = ends.get(each.pk, ())
        parties = list(each.parties.all()) or [agents[key] for key in keys if key in agents]
        state = badge(state_of(own, clock.now(), is_used=bool(keys)))
        rows.append(Row(each, parties, state, sum(one.is_kept for one in own), len(own)))
    context = {
        "rows": rows,
        "sought": sought,
        "has_more": len(found) > SHOWN_MAX,
        "shown_max": SHOWN_MAX,
        "may_agree": request.actor.may(Power.RECORD),
    }
    return render(request, "exchange/agreements.html", context)


def still_open(request: Asked, agent: Record) -> Panel | None:
    """Return what is promised or claimed by or from an agent and not finished; None where nothing is."""
    assert isinstance(agent, Agent)  # noqa: S101 (plugged to this class alone)
    promised, claimed = queries.still_open(request.actor, agent, OPEN_SHOWN)
    if not promised and not claimed:
        return None
    return Panel(_("Still open"), "exchange/open.html", {"promised": promised, "claimed": claimed, "now": clock.now()})
