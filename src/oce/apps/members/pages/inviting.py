"""Invitations as coordinators see them: those there are, a new one with its link and poster, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from oce.apps.agents.models import Agent
from oce.apps.members import joining_queries, queries
from oce.apps.members.invitations import Invited, invite, refuse_unusable, revoke_invitation
from oce.apps.members.models import Role
from oce.kit import clock
from oce.kit.addresses import house_address
from oce.kit.pages import undoing
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.requests import Asked
from oce.kit.writing import find
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from uuid import UUID

INVITATIONS = "/members/invitations"
DAYS = (1, 7, 14, 30, 90)
SHOWN_MAX = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: Asked) -> HttpResponse:
    """Show the invitations to the reader's groups, and make one, whose link and code are shown this once."""
    faults: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            return _poster(request, _made(request))
        except Refused as refused:
            faults, status = sentences(refused.refusals), status_of(refused.refusals)
    found = joining_queries.invitations_by(request.actor)[:SHOWN_MAX]
    shown = {
        "invitations": [(each, not refuse_unusable(each)) for each in found],
        "groups": joining_queries.coordinated_by(request.actor)[:SHOWN_MAX],
        "roles": queries.roles_everywhere(),
        "days": DAYS,
        "chosen": request.POST.get("group") or request.GET.get("group", ""),
        "faults": faults,
        "now": clock.now(),
        "typed": request.POST,
    }
    return render(request, "members/invitations.html", shown, status=status)


@require_POST
def revoke(request: Asked, uid: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = joining_queries.invitations_by(request.actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    revoke_invitation(request.actor, found)
    undoing.offer(request, _("The invitation to {group} takes nobody in any more.").format(group=found.group))
    return HttpResponseRedirect(INVITATIONS)


def _made(request: Asked) -> Invited:
    given: Any = request.POST
    group, role = find(Agent, given.get("group", ""), "group"), find(Role, given.get("role", ""), "role")
    days, uses = (int(text) if (text := given.get(name, "")).isdecimal() else 0 for name in ("days", "uses"))
    return invite(request.actor, group, role, days=days, uses=uses, note=given.get("note", ""))


def _poster(request: Asked, invited: Invited) -> HttpResponse:
    address = f"{house_address()}/members/i/{invited.code}"
    drawn = segno.make(address, error="m").svg_inline(scale=8, border=2, omitsize=True, svgclass="code", lineclass=None)
    shown = {"invitation": invited.invitation, "address": address, "drawn": drawn, "house_name": queries.house_name()}
    return render(request, "members/poster.html", shown)
