"""A wish to join that waits in the session until somebody has an account, and is granted when they sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.signals import user_logged_in
from django.contrib import messages
from django.utils.translation import gettext as _

from oce.apps.agents.models import Agent
from oce.apps.members import acting, joining_queries, rules
from oce.apps.members.accounts import Account
from oce.apps.members.invitations import accept_invitation
from oce.apps.members.joining import Style
from oce.apps.members.joining_commands import join
from oce.apps.members.requests import ask_to_join
from oce.kit.actor import looking_as
from oce.kit.pages.answers import sentences
from oce.kit.pages.navigation import record_url
from oce.kit.writing import find
from oce.vf.refusals import Refusal, Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

    from oce.kit.actor import Actor

# Either the code of an invitation, or a group with answers to its questions.
Wish = dict[str, Any]
KEPT = "joining"
# Where somebody goes once they have signed in, and in the session, the page they wanted to reach.
ARRIVED, PLACE = "/members/groups", "joined"


def remember(request: HttpRequest, wish: Wish) -> None:
    """Keep a wish until its owner has signed in."""
    request.session[KEPT] = wish


def refuse_beforehand(actor: Actor, wish: Wish) -> list[Refusal]:
    """Return what can be refused before anybody has an account, so that nobody makes one in vain."""
    if "code" in wish:
        return []
    group = find(Agent, wish["group"])
    refusals = joining_queries.refuse_unseen(actor, group)
    joining = joining_queries.joining_of(group)
    if joining.style == Style.INVITATION:
        return refusals or rules.refuse_style(group, joining.style, Style.REQUEST)
    return refusals or rules.refuse_answers(
        wish["answers"], joining.questions if joining.style == Style.REQUEST else []
    )


def grant(request: HttpRequest, actor: Actor, wish: Wish) -> str:
    """Grant a wish to join, say so on the next page, and return where to go.

    Raises:
        Refused: by the commands of joining.
    """
    if "code" in wish:
        membership = accept_invitation(actor, wish["code"])
        messages.success(request, _("Welcome to {group}!").format(group=membership.group))
        return record_url(membership.group)
    group = find(Agent, wish["group"])
    if joining_queries.joining_of(group).style == Style.REQUEST:
        asked = ask_to_join(actor, group, wish["answers"])
        said = _("{group} has your request. You find the answer here, and what is said about it.").format(group=group)
        messages.success(request, said)
        return f"/members/requests/{asked.uid}"
    join(actor, group)
    messages.success(request, _("Welcome to {group}!").format(group=group))
    return record_url(group)


def granted_at_sign_in(request: HttpRequest, user: Account, **_signal: object) -> None:
    """Grant the wish that waits in the session; where that is refused, say why."""
    wish = request.session.pop(KEPT, None)
    if wish is None:
        return
    actor = acting.actor_of(user)
    try:
        with looking_as(actor):
            request.session[PLACE] = grant(request, actor, wish)
    except Refused as refused:
        for sentence in sentences(refused.refusals):
            messages.warning(request, sentence)


user_logged_in.connect(granted_at_sign_in, dispatch_uid="members.granted_at_sign_in")
