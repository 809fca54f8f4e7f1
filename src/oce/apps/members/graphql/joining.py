"""Joining in GraphQL: how a group takes people in, invitations, requests with their talk, and the answers to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

import strawberry

from oce.apps.agents.models import Agent
from oce.apps.members import joining_queries
from oce.apps.members.invitations import accept_invitation, invite, revoke_invitation
from oce.apps.members.joining import Invitation, JoinRequest
from oce.apps.members.joining_commands import decide_joining, join
from oce.apps.members.models import Membership, Role
from oce.apps.members.requests import (
    accept_request,
    ask_to_join,
    comment_on_request,
    decline_request,
    reopen_request,
    take_request,
    withdraw_request,
)
from oce.apps.members.rules import refuse_not_yours
from oce.kit.actor import Actor, is_seen_by
from oce.kit.graphql.asking import wished
from oce.kit.graphql.exposed import key_argument
from oce.kit.graphql.fields import (
    add_field,
    argument,
    asked_field,
    many,
    optional,
    read_field,
    replace_fields,
)
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import ROOTS
from oce.kit.records import read_uid
from oce.kit.writing import find
from oce.vf.refusals import Refused

# The identifier of nothing.
NOBODY = UUID(int=0)
LISTED_MAX = 200


@strawberry.type(name="Joining", description="How a group takes people in.")
class JoiningType:
    """The fields are read from the row."""


@strawberry.type(name="JoinRequest", description="That a person asked to join a group, and how far it has come.")
class RequestType:
    """The fields are read from the row."""


@strawberry.type(name="JoinRequestAnswer", description="A question of the group and what the applicant answered.")
class AnswerType:
    """The fields are read from pairs."""


@strawberry.type(name="JoinRequestComment", description="Something said about a request.")
class CommentType:
    """The fields are read from the row."""


@strawberry.type(name="Invitation", description="A link that takes people into a group in a role.")
class InvitationType:
    """The fields are read from the row."""


@strawberry.type(name="NewInvitation", description="A new invitation with its code, which is told this once.")
class InvitedType:
    """The fields are read from the pair."""


def _comments(request: JoinRequest, info: Any) -> list[Any]:
    told = request.comments.select_related("author").order_by("id")
    if not joining_queries.is_for_coordinators(info.context.actor, request):
        told = told.filter(is_internal=False)
    return list(told)


def _seen(path: str) -> Callable[[Any, Any], Any]:
    """Return what reads a record as far as the one who asks may see it."""

    def read(source: Any, info: Any) -> Any:
        found = attrgetter(path)(source)
        return found if found is not None and is_seen_by(info.context.actor, found) else None

    return read


def _uid(source: Any) -> str:
    return str(source.uid)


_AGENT, _TEXT = type_of(Agent), str
_FIELDS: dict[Any, list[Any]] = {
    JoiningType: [
        read_field("style", _TEXT, attrgetter("style"), "`open`, `request` or `invitation`."),
        read_field("questions", many(str), attrgetter("questions"), "What the group asks of those who ask."),
        read_field("welcome", _TEXT, attrgetter("welcome"), "What newcomers should know."),
    ],
    AnswerType: [
        read_field("question", _TEXT, lambda pair: pair[0], "What was asked."),
        read_field("answer", _TEXT, lambda pair: pair[1], "What was answered."),
    ],
    CommentType: [
        asked_field("author", optional(_AGENT), _seen("author"), "Who said it; none once they left for good."),
        read_field("text", _TEXT, attrgetter("text"), "What was said."),
        read_field("isInternal", bool, attrgetter("is_internal"), "Whether only coordinators read it."),
        read_field("made", datetime, attrgetter("made"), "When."),
    ],
    RequestType: [
        read_field("id", strawberry.ID, _uid, "Its identifier."),
        asked_field("group", optional(_AGENT), _seen("group"), "The group that was asked."),
        asked_field("applicant", optional(_AGENT), _seen("applicant"), "Who asked."),
        asked_field("takenBy", optional(_AGENT), _seen("taken_by"), "Who looks after it."),
        read_field("state", _TEXT, attrgetter("state"), "`new`, `talking`, `accepted`, `declined` or `withdrawn`."),
        read_field("reason", _TEXT, attrgetter("reason"), "Why it was declined."),
        read_field("answers", many(AnswerType), attrgetter("answers"), "The answers to the group's questions."),
        asked_field("comments", many(CommentType), _comments, "What was said about it, as far as you may read it."),
        read_field("made", datetime, attrgetter("made"), "When it was asked."),
        read_field("changed", datetime, attrgetter("changed"), "When it last moved."),
    ],
    InvitationType: [
        read_field("id", strawberry.ID, _uid, "Its identifier."),
        asked_field("group", optional(_AGENT), _seen("group"), "The group it leads to."),
        asked_field("role", optional(type_of(Role)), _seen("role"), "The role it gives."),
        read_field("note", _TEXT, attrgetter("note"), "For whom it is."),
        read_field("uses", int, attrgetter("uses"), "How many people used it."),
        read_field("usesMax", int, attrgetter("uses_max"), "How many may."),
        read_field("made", datetime, attrgetter("made"), "When it was made."),
        read_field("expires", datetime, attrgetter("expires"), "Until when it works."),
        read_field("revoked", optional(datetime), attrgetter("revoked"), "When it was taken back."),
    ],
    InvitedType: [
        read_field("invitation", InvitationType, attrgetter("invitation"), "The invitation."),
        read_field("code", _TEXT, attrgetter("code"), "What stands at the end of its link."),
    ],
}
for described, fields in _FIELDS.items():
    replace_fields(described.__strawberry_definition__, fields)


def _joining(group: Agent, info: Any) -> Any:  # noqa: ARG001 (how a group takes people in is told to whoever sees it)
    return None if group.agent_class == "Person" else joining_queries.joining_of(group)


def _at_desk(_root: None, info: Any) -> list[JoinRequest]:
    return list(joining_queries.requests_at_desk(info.context.actor)[:LISTED_MAX])


def _mine(_root: None, info: Any) -> list[JoinRequest]:
    return list(joining_queries.requests_of(info.context.actor)[:LISTED_MAX])


def _invitations(_root: None, info: Any) -> list[Invitation]:
    return list(joining_queries.invitations_by(info.context.actor)[:LISTED_MAX])


def _request(actor: Actor, reference: str) -> JoinRequest:
    """Return a request that the actor made or may answer; any other is as one that does not exist."""
    uid = _read(reference)
    found = joining_queries.requests_of(actor).filter(uid=uid).first()
    found = found or joining_queries.requests_at_desk(actor).filter(uid=uid).first()
    if found is None:
        raise Refused(*refuse_not_yours("request", reference))
    return found


def _read(reference: str) -> UUID:
    return read_uid(reference) or NOBODY


def _decide(
    _root: None,
    info: Any,
    *,
    group: str,
    style: str,
    questions: Sequence[str] = (),
    welcome: str = "",
    key: str | None = None,
) -> Any:
    found = find(Agent, group, "group")
    return wished(info, decide_joining, found, style, list(questions or ()), welcome or "", key=key)


def _join(_root: None, info: Any, *, group: str, key: str | None = None) -> Membership:
    return wished(info, join, find(Agent, group, "group"), key=key)


def _ask(_root: None, info: Any, *, group: str, answers: Sequence[str] = (), key: str | None = None) -> JoinRequest:
    return wished(info, ask_to_join, find(Agent, group, "group"), list(answers or ()), key=key)


def _invite(_root: None, info: Any, *, group: str, role: str, days: int = 14, uses: int = 1, note: str = "") -> Any:
    # Without a key: an answer that is kept for a retry would keep the code.
    actor = info.context.actor
    return invite(actor, find(Agent, group, "group"), find(Role, role, "role"), days=days, uses=uses, note=note or "")


def _revoke(_root: None, info: Any, *, id: str) -> Invitation:  # noqa: A002
    found = joining_queries.invitations_by(info.context.actor).filter(uid=_read(id)).first()
    if found is None:
        raise Refused(*refuse_not_yours("invitation", id))
    return revoke_invitation(info.context.actor, found)


def _come_in(_root: None, info: Any, *, code: str) -> Membership:
    return accept_invitation(info.context.actor, code)


def _comment(_root: None, info: Any, *, id: str, text: str, is_internal: bool = False, key: str | None = None) -> Any:  # noqa: A002
    found = _request(info.context.actor, id)
    return wished(info, comment_on_request, found, text, is_internal=bool(is_internal), key=key)


def _accept(_root: None, info: Any, *, id: str, role: str, key: str | None = None) -> JoinRequest:  # noqa: A002
    return wished(info, accept_request, _request(info.context.actor, id), find(Role, role, "role"), key=key)


def _decline(_root: None, info: Any, *, id: str, reason: str, key: str | None = None) -> JoinRequest:  # noqa: A002
    return wished(info, decline_request, _request(info.context.actor, id), reason, key=key)


def _plainly(wish: Callable[..., JoinRequest]) -> Callable[..., JoinRequest]:
    """Return what answers a mutation that says nothing but which request it means."""

    def do(_root: None, info: Any, *, id: str, key: str | None = None) -> JoinRequest:  # noqa: A002
        return wished(info, wish, _request(info.context.actor, id), key=key)

    return do


_GROUP = argument("group", strawberry.ID, "The group.")
_ID = argument("id", strawberry.ID, "Which one.")
_KEY = key_argument()
_ROLE = argument("role", strawberry.ID, "The role.")

add_field(Agent, asked_field("joining", optional(JoiningType), _joining, "How this group takes people in."))
for query in (
    asked_field(
        "joinRequests", many(RequestType), _at_desk, "The requests to the groups you coordinate, newest first."
    ),
    asked_field("myJoinRequests", many(RequestType), _mine, "The requests you have made, newest first."),
    asked_field("invitations", many(InvitationType), _invitations, "The invitations to the groups you coordinate."),
):
    add_field(ROOTS["Query"], query)
for mutation in (
    asked_field(
        "decideJoining",
        optional(JoiningType),
        _decide,
        "Decide how people join a group.",
        [
            _GROUP,
            argument("style", str, "`open`, `request` or `invitation`."),
            argument("questions", optional(many(str)), "What to ask of those who ask; three at most."),
            argument("welcome", optional(str), "What newcomers should know."),
            _KEY,
        ],
    ),
    asked_field("joinGroup", optional(type_of(Membership)), _join, "Join a group that is open.", [_GROUP, _KEY]),
    asked_field(
        "askToJoin",
        optional(RequestType),
        _ask,
        "Ask a group to be taken in.",
        [_GROUP, argument("answers", optional(many(str)), "One for each question of the group."), _KEY],
    ),
    asked_field(
        "invite",
        optional(InvitedType),
        _invite,
        "Make an invitation. Takes no idempotency key: its code is kept nowhere.",
        [
            _GROUP,
            _ROLE,
            argument("days", int, "For how many days."),
            argument("uses", int, "For how many people."),
            argument("note", optional(str), "For whom it is."),
        ],
    ),
    asked_field("revokeInvitation", optional(InvitationType), _revoke, "Take an invitation back.", [_ID]),
    asked_field(
        "acceptInvitation",
        optional(type_of(Membership)),
        _come_in,
        "Come into a group by invitation.",
        [argument("code", str, "What stands at the end of its link.")],
    ),
    asked_field("takeRequest", optional(RequestType), _plainly(take_request), "Take a request up.", [_ID, _KEY]),
    asked_field(
        "commentOnRequest",
        optional(CommentType),
        _comment,
        "Say something about a request.",
        [
            _ID,
            argument("text", str, "What to say."),
            argument("isInternal", optional(bool), "Whether only coordinators read it.", "is_internal"),
            _KEY,
        ],
    ),
    asked_field("acceptRequest", optional(RequestType), _accept, "Take the applicant in.", [_ID, _ROLE, _KEY]),
    asked_field(
        "declineRequest",
        optional(RequestType),
        _decline,
        "Say no, and why.",
        [_ID, argument("reason", str, "Why; the applicant reads it."), _KEY],
    ),
    asked_field(
        "reopenRequest",
        optional(RequestType),
        _plainly(reopen_request),
        "Take an answer back; a membership that came of it ends.",
        [_ID, _KEY],
    ),
    asked_field(
        "withdrawRequest", optional(RequestType), _plainly(withdraw_request), "Take your own request back.", [_ID, _KEY]
    ),
):
    add_field(ROOTS["Mutation"], mutation)
