"""The screens of members: joining, the desk, invitations, one's own account, the set-up, and accounts for administrators."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.apps.members import joining_queries
from oce.apps.members.joining import State
from oce.apps.members.pages import desk, inviting, joining, me, people, setting_up, taking_part
from oce.apps.members.queries import house_name
from oce.kit.actor import Power
from oce.kit.pages.navigation import Entry
from oce.kit.pages.waiting import Waiting

__all__ = ["buttons", "house_name", "menu", "panels", "section", "urls", "waiting"]

section = "network"
urls = [
    path("groups", joining.groups, name="groups"),
    path("join/<uuid:uid>", joining.join, name="join"),
    path("joining/<uuid:uid>", joining.decide, name="decide-joining"),
    path("i/<str:code>", joining.invitation, name="invitation"),
    path("desk", desk.desk, name="desk"),
    path("requests/<uuid:uid>", desk.show, name="request"),
    path("requests/<uuid:uid>/<slug:word>", desk.act, name="request-act"),
    path("invitations", inviting.invitations, name="invitations"),
    path("invitations/<uuid:uid>/revoke", inviting.revoke, name="revoke-invitation"),
    path("me/", me.me, name="me"),
    path("me/tokens", me.tokens, name="tokens"),
    path("me/tokens/<uuid:uid>/revoke", me.revoke, name="revoke-token"),
    path("me/end-sessions", me.end_sessions, name="end-sessions"),
    path("me/export", me.export, name="export"),
    path("me/erase", me.erase, name="erase"),
    path("accounts", people.accounts, name="accounts"),
    path("accounts/<uuid:uid>/<slug:word>", people.act, name="account-act"),
    path("set-up/", setting_up.begin, name="set-up"),
    path("set-up/<slug:name>", setting_up.step, name="set-up-step"),
]
menu = (
    Entry(_("Join a group"), "/members/groups", icon="user-plus"),
    Entry(_("Requests to join"), desk.DESK, icon="inbox", needs=Power.COORDINATE),
    Entry(_("Invitations"), inviting.INVITATIONS, icon="qr-code", needs=Power.COORDINATE),
    Entry(_("Accounts"), people.ACCOUNTS, section="node", icon="id-card", needs=Power.ADMINISTER),
    Entry(_("Set-up"), setting_up.SET_UP, section="node", icon="sliders-horizontal", needs=Power.ADMINISTER),
    Entry(_("My account"), me.ME, section="account", icon="circle-user-round"),
)
panels = {Agent: (taking_part.joining,)}
buttons = {Agent: (taking_part.to_join, taking_part.to_invite)}


def waiting(request: HttpRequest) -> Iterator[Waiting]:
    """Yield how many requests wait for the reader's groups."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.may(Power.COORDINATE):
        count = joining_queries.requests_at_desk(actor).filter(state=State.NEW).count()
        yield Waiting(_("Requests to join"), desk.DESK, count, "inbox")
