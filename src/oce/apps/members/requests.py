"""Wishes about requests to join: asking, taking one up, talking about it, accepting and declining, and undoing that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from oce.apps.members import joining_queries, rules
from oce.apps.members.commands import change_membership
from oce.apps.members.joining import JoinRequest, RequestComment, State, Style
from oce.apps.members.joining_commands import taken_in
from oce.apps.members.notices import RequestAnswered, RequestCommented, RequestMade
from oce.kit import clock
from oce.kit.access import refuse_unentitled
from oce.kit.actor import SYSTEM, Actor, Power
from oce.kit.commands import command, tell
from oce.kit.notices import announce
from oce.vf.refusals import Refused, gettext_noop, refuse_if

if TYPE_CHECKING:
    from oce.apps.agents.models import Agent
    from oce.apps.members.models import Role

OPEN = (State.NEW, State.TALKING)
ANSWERED = (State.ACCEPTED, State.DECLINED)


@command(says=gettext_noop("asked to join {group}"), needs=Power.READ)
def ask_to_join(actor: Actor, group: Agent, answers: Sequence[str] = ()) -> JoinRequest:
    """Ask a group to be taken in, and answer its questions."""
    person = joining_queries.person_of(actor)
    refuse_if(joining_queries.refuse_unseen(actor, group))
    joining = joining_queries.joining_of(group)
    refuse_if(
        rules.refuse_style(group, joining.style, Style.REQUEST),
        rules.refuse_answers(answers, joining.questions),
        rules.refuse_member_already(person, group, is_member=joining_queries.is_member(person, group)),
        rules.refuse_second_request(group, has_asked=joining_queries.has_asked(person, group)),
    )
    now = clock.now()
    said = [[question, answer.strip()] for question, answer in zip(joining.questions, answers, strict=True)]
    request = JoinRequest.objects.create(group=group, applicant=person, answers=said, made=now, changed=now)
    announce(RequestMade(request.pk))
    tell(group.address, group=str(group))
    return request


@command(says=gettext_noop("took the request {request}"), needs=Power.COORDINATE)
def take_request(actor: Actor, request: JoinRequest) -> JoinRequest:
    """Take a request up, so that others know who talks with the applicant."""
    held = _held(actor, request, OPEN)
    held.taken_by_id = actor.agent
    return _moved(held, State.TALKING)


@command(says=gettext_noop("commented on the request {request}"), needs=Power.READ)
def comment_on_request(actor: Actor, request: JoinRequest, text: str, *, is_internal: bool = False) -> RequestComment:
    """Say something about a request: to the applicant and the coordinators, or to the coordinators only."""
    is_applicant = actor.agent == request.applicant_id
    if not is_applicant or is_internal:
        refuse_if(refuse_unentitled(actor, Power.COORDINATE, [request.group_id]))
    refuse_if(rules.refuse_no_words(text))
    comment = RequestComment.objects.create(
        request=request, author_id=actor.agent, text=text.strip(), is_internal=is_internal, made=clock.now()
    )
    if not is_internal:
        announce(RequestCommented(comment.pk))
    tell(request.group.address, request=str(request))
    return comment


@command(says=gettext_noop("accepted the request {request} as {role}"), needs=Power.COORDINATE)
def accept_request(actor: Actor, request: JoinRequest, role: Role) -> JoinRequest:
    """Take the applicant in, in a role; the membership begins now."""
    held = _held(actor, request, OPEN)
    held.membership = taken_in(held.applicant, held.group, role)
    held.taken_by_id = held.taken_by_id or actor.agent
    announce(RequestAnswered(held.pk))
    tell(role=str(role))
    return _moved(held, State.ACCEPTED)


@command(says=gettext_noop("declined the request {request}"), needs=Power.COORDINATE)
def decline_request(actor: Actor, request: JoinRequest, reason: str) -> JoinRequest:
    """Say no, and why; the applicant reads it."""
    held = _held(actor, request, OPEN)
    refuse_if(rules.refuse_no_reason(reason))
    held.reason = reason.strip()[: rules.ANSWER_LENGTH_MAX]
    announce(RequestAnswered(held.pk))
    return _moved(held, State.DECLINED)


@command(says=gettext_noop("opened the request {request} again"), needs=Power.COORDINATE)
def reopen_request(actor: Actor, request: JoinRequest) -> JoinRequest:
    """Take an answer back: the request is in talk again, and a membership that came of it ends now."""
    held = _held(actor, request, ANSWERED)
    membership = held.membership
    if membership is not None and (membership.has_end is None or membership.has_end > clock.now()):
        change_membership(SYSTEM, membership, None, {"has_end": clock.now()})
    held.membership, held.reason = None, ""
    return _moved(held, State.TALKING)


@command(says=gettext_noop("withdrew the request {request}"), needs=Power.READ)
def withdraw_request(actor: Actor, request: JoinRequest) -> JoinRequest:
    """Take one's own request back."""
    held = _locked(request)
    if actor.agent != held.applicant_id:
        raise Refused(*rules.refuse_foreign_request(held))
    refuse_if(rules.refuse_state(held, held.state, OPEN))
    return _moved(held, State.WITHDRAWN)


def _held(actor: Actor, request: JoinRequest, expected: Collection[str]) -> JoinRequest:
    """Return the request as it is now, held until the transaction ends, for somebody who may answer it."""
    held = _locked(request)
    refuse_if(refuse_unentitled(actor, Power.COORDINATE, [held.group_id]))
    refuse_if(rules.refuse_state(held, held.state, expected))
    return held


def _locked(request: JoinRequest) -> JoinRequest:
    held: JoinRequest = JoinRequest.objects.select_for_update().get(pk=request.pk)
    return held


def _moved(request: JoinRequest, state: State) -> JoinRequest:
    request.state, request.changed = state, clock.now()
    request.save()
    tell(request.group.address, request=str(request))
    return request
