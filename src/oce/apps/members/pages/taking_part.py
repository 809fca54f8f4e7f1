"""What the page of a group shows about joining it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oce.apps.agents.models import Agent
from oce.apps.members import joining_queries
from oce.apps.members.joining import Style
from oce.kit.actor import Power
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record


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
