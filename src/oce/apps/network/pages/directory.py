"""Who is in the network and where: people to search among, and places with what is there."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oce.apps.agents.models import Agent
from oce.apps.network import queries
from oce.kit import clock
from oce.kit.actor import Power
from oce.kit.pages.portraits import portraits_of
from oce.kit.pages.records import new_url
from oce.kit.pages.requests import Asked

PEOPLE_SHOWN = 60
SOUGHT_LENGTH_MAX = 200


@require_safe
def people(request: Asked) -> HttpResponse:
    """Show the people of the network or of a group, with the groups they belong to; those whose names hold some words."""
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:SOUGHT_LENGTH_MAX]
    group = request.scope.group
    found = queries.people(request.actor, sought, group.pk if group else None, clock.now(), PEOPLE_SHOWN + 1)
    groups = queries.groups_by_member(request.actor, found[:PEOPLE_SHOWN], clock.now())
    shown = {
        "sought": sought,
        "people": [(each, groups.get(each.pk, [])) for each in found[:PEOPLE_SHOWN]],
        "portraits": portraits_of(found[:PEOPLE_SHOWN]),
        "has_more": len(found) > PEOPLE_SHOWN,
        "shown_max": PEOPLE_SHOWN,
        "new_url": new_url(Agent) if request.actor.may(Power.RECORD) else "",
    }
    return render(request, "network/people.html", shown)


@require_safe
def places(request: Asked) -> HttpResponse:
    """Show the places of the network within one another, with who is there and where they lie on the earth."""
    branches, is_cut = queries.places(request.actor)
    return render(request, "network/places.html", {"branches": branches, "is_cut": is_cut})
