"""What the page of a group shows about joining it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from oce.apps.agents.models import Agent
from oce.apps.members import joining_queries
from oce.apps.members.joining import Style
from oce.kit.actor import Power
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record


def to_join(request: Asked, group: Record) -> Iterator[tuple[str, str]]:
    """Yield the way into a group for whoever does not belong to it and may ask to."""
    assert isinstance(group, Agent)  # noqa: S101 (plugged to this class alone)
    if group.agent_class == "Person" or group.pk in request.actor.sees or request.actor.sees_everything:
        return
    words = {Style.OPEN: _("Join"), Style.REQUEST: _("Ask to join")}.get(Style(joining_queries.joining_of(group).style))
    if words:
        yield f"/members/join/{group.uid}", words


def to_invite(request: Asked, group: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to invite somebody into a group, for its coordinators."""
    assert isinstance(group, Agent)  # noqa: S101 (plugged to this class alone)
    if group.agent_class != "Person" and request.actor.may(Power.COORDINATE, group.pk):
        yield f"/members/invitations?group={group.uid}", _("Invite")


def joining(request: Asked, group: Record) -> Panel | None:
    """Return how one joins a group, and for its coordinators, the ways to the desk and to invitations."""
    assert isinstance(group, Agent)  # noqa: S101 (plugged to this class alone)
    if group.agent_class == "Person":
        return None
    person = request.actor.agent
    shown = {
        "group": group,
        "joining": joining_queries.joining_of(group),
        "style": Style,
        "is_member": person is not None and joining_queries.is_member_by_key(person, group),
        "coordinates": request.actor.may(Power.COORDINATE, group.pk),
    }
    return Panel(_("Taking part"), "members/joining_panel.html", shown)
