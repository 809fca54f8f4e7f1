"""The ways into a group: its page for people who want to join, the page of an invitation, and how the group decides both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allauth.account.forms import SignupForm
from allauth.account.utils import complete_signup
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from oce.apps.agents.models import Agent
from oce.apps.members import invitations, joining_queries
from oce.apps.members.joining import Style
from oce.apps.members.joining_commands import decide_joining
from oce.apps.members.pages import newcomers
from oce.kit.access import refuse_unentitled
from oce.kit.actor import STRANGER, SYSTEM, Power, looking_as, seen_by
from oce.kit.pages import undoing
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.navigation import record_url
from oce.kit.pages.requests import Asked, address_of
from oce.kit.security import open_to_strangers
from oce.vf.refusals import Refused, refuse_if

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from oce.apps.members.accounts import Account
    from oce.apps.members.joining import Joining

# Shows the page again: with the form of a new account, what is refused, and the status.
Page = Callable[[SignupForm | None, list[str], int], HttpResponse]
# So many wrong codes from one address within so long, and the house rests.
WRONG_CODES_MAX, SPAN_SECONDS = 20, 300
GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def groups(request: Asked) -> HttpResponse:
    """Show the groups that take people in; who has just come, goes on to the group or the request they came for."""
    place = request.session.pop(newcomers.PLACE, None) if newcomers.PLACE in request.session else None
    if place:
        return HttpResponseRedirect(place)
    shown = {
        "open_groups": joining_queries.groups_taking_in(request.actor),
        "requests": joining_queries.requests_of(request.actor)[:20],
    }
    return render(request, "members/groups.html", shown)


@open_to_strangers
@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(GET_OR_POST)
def join(request: Asked, uid: UUID) -> HttpResponse:
    """Show what a group is and how one joins it; take in, or pass the request on, whoever sends the form."""
    group = seen_by(request.actor, Agent.every().exclude(agent_class="Person")).filter(uid=uid).first()
    if group is None:
        raise Http404
    joining = joining_queries.joining_of(group)
    if request.method != "POST":
        return _page(request, group, joining)
    answers = request.POST.getlist("answer")
    wish = {"group": str(group.uid), "answers": answers}
    return _come(request, wish, lambda form, faults, status: _page(request, group, joining, form, faults, status))


@open_to_strangers
@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(GET_OR_POST)
def invitation(request: Asked, code: str) -> HttpResponse:
    """Show to which group a link invites, and take in whoever accepts."""
    try:
        invited = invitations.found(code)
    except Refused as refused:
        # Guessing is slowed, for all processes together.
        if _is_guessing(request):
            return render(request, "429.html", status=429)
        faults = sentences(refused.refusals)
        return render(request, "members/invitation.html", {"faults": faults}, status=status_of(refused.refusals))
    group = invited.group

    def page(form: SignupForm | None, faults: list[str], status: int) -> HttpResponse:
        form = _form(request) if form is None else form
        # Who has the code may know whose it is, also where the group keeps to itself.
        with looking_as(SYSTEM):
            words = {"group_name": str(group), "about": group.note, "role_name": _(invited.role.name)}
        shown = {"is_open": True, "form": form, "faults": faults, **words}
        return render(request, "members/invitation.html", shown, status=status)

    return _come(request, {"code": code}, page) if request.method == "POST" else page(None, [], 200)


def _is_guessing(request: Asked) -> bool:
    """Count one wrong code from where the request came, and return whether there were too many."""
    counted = f"wrong-invitations:{address_of(request)}"
    if cache.add(counted, 1, SPAN_SECONDS):
        return False
    try:
        return int(cache.incr(counted)) > WRONG_CODES_MAX
    except ValueError:  # the span ended between the two
        cache.add(counted, 1, SPAN_SECONDS)
        return False


def _come(request: Asked, wish: newcomers.Wish, page: Page) -> HttpResponse:
    """Grant a wish to join: at once to who has signed in, else together with the account that is made or signed in to."""
    if request.actor.agent is not None:
        try:
            return HttpResponseRedirect(newcomers.grant(request, request.actor, wish))
        except Refused as refused:
            return page(None, sentences(refused.refusals), status_of(refused.refusals))
    refusals = newcomers.refuse_beforehand(STRANGER, wish)
    if refusals:
        return page(SignupForm(request.POST), sentences(refusals), status_of(refusals))
    newcomers.remember(request, wish)
    if request.POST.get("has_account"):
        return HttpResponseRedirect(f"/enter?next={newcomers.ARRIVED}")
    form = SignupForm(request.POST)
    if not form.is_valid():
        return page(form, [], 422)
    return _signed_up(request, form)


def _signed_up(request: HttpRequest, form: SignupForm) -> HttpResponse:
    """Make the account; the wish that waits in the session is granted when its owner is signed in."""
    account, answer = form.try_save(request)
    response: HttpResponse = answer or _completed(request, account)
    return response


def _completed(request: HttpRequest, account: Account) -> HttpResponse:
    """Sign the owner of a new account in, once their address is verified where it has to be."""
    try:
        response: HttpResponse = complete_signup(
            request, account, settings.ACCOUNT_EMAIL_VERIFICATION, newcomers.ARRIVED
        )
    except ImmediateHttpResponse as answered:
        response = answered.response
    return response


def _page(
    request: Asked,
    group: Agent,
    joining: Joining,
    form: SignupForm | None = None,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    person = request.actor.agent
    typed = request.POST.getlist("answer") + [""] * len(joining.questions)
    shown = {
        "group": group,
        "joining": joining,
        "style": Style,
        "form": form or _form(request),
        "asked": list(zip(joining.questions, typed, strict=False)),
        "faults": faults or [],
        "is_member": person is not None and joining_queries.is_member_by_key(person, group),
        "my_request": joining_queries.requests_of(request.actor).filter(group=group).first(),
        "members": joining_queries.member_count(group),
    }
    return render(request, "members/join.html", shown, status=status)


def _form(request: Asked) -> SignupForm | None:
    return None if request.actor.agent is not None else SignupForm()


@require_http_methods(GET_OR_POST)
def decide(request: Asked, uid: UUID) -> HttpResponse:
    """Let a coordinator decide how people join a group."""
    group = seen_by(request.actor, Agent.every().exclude(agent_class="Person")).filter(uid=uid).first()
    if group is None:
        raise Http404
    refuse_if(refuse_unentitled(request.actor, Power.COORDINATE, [group.pk]))
    joining, faults, status = joining_queries.joining_of(group), [], 200
    if request.method == "POST":
        joining.style, joining.welcome = request.POST.get("style", ""), request.POST.get("welcome", "")
        joining.questions = request.POST.getlist("question")
        try:
            decide_joining(request.actor, group, joining.style, joining.questions, joining.welcome)
        except Refused as refused:
            faults, status = sentences(refused.refusals), status_of(refused.refusals)
        else:
            undoing.offer(request, _("How people join {group} is decided.").format(group=group))
            return HttpResponseRedirect(record_url(group))
    questions = [*joining.questions, "", "", ""][:3]
    shown = {"group": group, "joining": joining, "styles": Style, "questions": questions, "faults": faults}
    return render(request, "members/decide.html", shown, status=status)
