"""The desk of coordinators: requests from new to answered, each with its talk; and what an applicant sees of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from oce.apps.members import joining_queries, queries
from oce.apps.members.joining import JoinRequest, State
from oce.apps.members.models import Role
from oce.apps.members.requests import (
    accept_request,
    comment_on_request,
    decline_request,
    reopen_request,
    take_request,
    withdraw_request,
)
from oce.kit.pages import undoing
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.requests import Asked
from oce.kit.writing import find
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import Promise

DESK = "/members/desk"
SHOWN_MAX = 30


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: a heading, its requests, and whether there are more than are shown."""

    state: State
    title: str | Promise
    requests: list[JoinRequest]
    is_cut: bool

    @property
    def is_open(self) -> bool:
        """Whether its requests wait for an answer."""
        return self.state in joining_queries.OPEN


COLUMNS = (
    (State.NEW, State.NEW.label),
    (State.TALKING, gettext_lazy("In talk")),
    (State.ACCEPTED, gettext_lazy("Accepted")),
    (State.DECLINED, gettext_lazy("Declined")),
)


@require_safe
def desk(request: Asked) -> HttpResponse:
    """Show the requests to the groups that the reader coordinates, by how far they have come."""
    groups = list(joining_queries.coordinated_by(request.actor)[:SHOWN_MAX])
    shown = {
        "columns": list(_columns(request)),
        "groups": groups,
        "roles": queries.roles_everywhere(),
    }
    return render(request, "members/desk.html", shown)


def _columns(request: Asked) -> Iterator[Column]:
    found = joining_queries.requests_at_desk(request.actor)
    if request.scope.agents:
        found = found.filter(group__in=request.scope.agents)
    for state, title in COLUMNS:
        some = list(found.filter(state=state).order_by("-changed")[: SHOWN_MAX + 1])
        yield Column(state, title, some[:SHOWN_MAX], len(some) > SHOWN_MAX)


@require_safe
def show(request: Asked, uid: UUID) -> HttpResponse:
    """Show one request: what was answered, what was said, and what can be done with it."""
    return _shown(request, _found(request, uid))


@require_POST
def act(request: Asked, uid: UUID, word: str) -> HttpResponse:
    """Do with a request what a button of its page says; where that is refused, show the page with the reason."""
    found, do = _found(request, uid), ACTS.get(word)
    if do is None:
        raise Http404
    try:
        do(request, found)
    except Refused as refused:
        found.refresh_from_db()
        return _shown(request, found, sentences(refused.refusals), status_of(refused.refusals))
    back = request.POST.get("back")
    return HttpResponseRedirect(DESK if back == "desk" else url_of(found))


def url_of(request: JoinRequest) -> str:
    """Return the address of the page of a request."""
    return f"/members/requests/{request.uid}"


def _found(request: Asked, uid: UUID) -> JoinRequest:
    """Return a request that the reader has made or may answer; any other is as one that does not exist."""
    mine = joining_queries.requests_of(request.actor).filter(uid=uid).first()
    found = mine or joining_queries.requests_at_desk(request.actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _shown(request: Asked, found: JoinRequest, faults: list[str] | None = None, status: int = 200) -> HttpResponse:
    answers_it = joining_queries.is_for_coordinators(request.actor, found)
    comments = found.comments.select_related("author").order_by("id")
    shown: dict[str, Any] = {
        "join_request": found,
        "answers_it": answers_it,
        "is_mine": found.applicant_id == request.actor.agent,
        "comments": comments if answers_it else comments.filter(is_internal=False),
        "roles": queries.roles_for(found.group) if answers_it else (),
        "faults": faults or [],
        "typed": request.POST,
    }
    return render(request, "members/request.html", shown, status=status)


def _take(request: Asked, found: JoinRequest) -> None:
    take_request(request.actor, found)


def _accept(request: Asked, found: JoinRequest) -> None:
    role = find(Role, request.POST.get("role", ""), "role")
    accept_request(request.actor, found, role)
    words = {"person": found.applicant, "group": found.group, "role": _(role.name)}
    said = _("{person} is in {group} now, as {role}.").format(**words)
    undoing.offer(request, said, undo=f"{url_of(found)}/reopen", sends={"back": "desk"})


def _decline(request: Asked, found: JoinRequest) -> None:
    decline_request(request.actor, found, request.POST.get("reason", ""))
    said = _("You declined the request of {person}.").format(person=found.applicant)
    undoing.offer(request, said, undo=f"{url_of(found)}/reopen", sends={"back": "desk"})


def _reopen(request: Asked, found: JoinRequest) -> None:
    reopen_request(request.actor, found)
    undoing.offer(request, _("The request of {person} is open again.").format(person=found.applicant))


def _comment(request: Asked, found: JoinRequest) -> None:
    comment_on_request(
        request.actor, found, request.POST.get("text", ""), is_internal=request.POST.get("internal") == "yes"
    )


def _withdraw(request: Asked, found: JoinRequest) -> None:
    withdraw_request(request.actor, found)
    undoing.offer(request, _("You took your request to {group} back.").format(group=found.group))


ACTS: dict[str, Callable[[Asked, JoinRequest], None]] = {
    "take": _take,
    "accept": _accept,
    "decline": _decline,
    "reopen": _reopen,
    "comment": _comment,
    "withdraw": _withdraw,
}
