"""Accounts in GraphQL: one's own with its tokens and sessions, those of others for administrators, and the set-up."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

import strawberry
from allauth.usersessions.models import UserSession

from oce.apps.agents.models import Agent
from oce.apps.members import personal, queries
from oce.apps.members.account_commands import (
    close_account,
    end_own_sessions,
    make_administrator,
    reopen_account,
    unmake_administrator,
)
from oce.apps.members.accounts import AccessToken, Account
from oce.apps.members.rules import refuse_not_yours
from oce.apps.members.setup import decide_visibility, name_network, take_starters
from oce.apps.members.tokens import revoke_token
from oce.kit.actor import Power
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
from oce.kit.visibility import house_visibility
from oce.vf.refusals import Refused

# The identifier of nothing.
NOBODY = UUID(int=0)
LISTED_MAX = 500


@strawberry.type(name="AccessToken", description="A key of one of your programs; its text is never told again.")
class TokenType:
    """The fields are read from the row."""


@strawberry.type(name="Session", description="A device where you are signed in.")
class SessionType:
    """The fields are read from the row."""


@strawberry.type(name="Account", description="Somebody who signs in.")
class AccountType:
    """The fields are read from the row."""


@strawberry.type(name="House", description="What was said of this house.")
class HouseType:
    """The fields are read from the row."""


_FIELDS: dict[Any, list[Any]] = {
    TokenType: [
        read_field("id", strawberry.ID, lambda token: str(token.uid), "Its identifier."),
        read_field("name", str, attrgetter("name"), "For what it is."),
        read_field("powers", many(str), attrgetter("powers"), "What it may: `read`, `record`, `coordinate`."),
        read_field("made", datetime, attrgetter("made"), "When it was made."),
        read_field("expires", datetime, attrgetter("expires"), "Until when it works."),
        read_field("lastUsed", optional(datetime), attrgetter("last_used"), "When it was used last, to ten minutes."),
    ],
    SessionType: [
        read_field("since", datetime, attrgetter("created_at"), "Since when."),
        read_field("address", str, lambda session: str(session.ip), "From where in the net."),
        read_field("browser", str, attrgetter("user_agent"), "What the browser says it is."),
    ],
    AccountType: [
        read_field("id", strawberry.ID, lambda account: str(account.uid), "Its identifier."),
        read_field("email", str, attrgetter("email"), "The address that signs in."),
        read_field("person", type_of(Agent), attrgetter("person"), "The person it acts as."),
        read_field("isAdministrator", bool, attrgetter("is_administrator"), "Whether it looks after the whole house."),
        read_field("isActive", bool, attrgetter("is_active"), "Whether it may sign in."),
        read_field("lastSignIn", optional(datetime), attrgetter("last_login"), "When it signed in last."),
        read_field("tokens", many(TokenType), lambda each: list(each.tokens.order_by("-id")), "Its tokens."),
        read_field(
            "sessions", many(SessionType), lambda each: list(UserSession.objects.filter(user=each)), "Where it is open."
        ),
    ],
    HouseType: [
        read_field("name", str, attrgetter("name"), "What the network is called."),
        read_field("steps", many(str), attrgetter("steps"), "The steps of the set-up that were gone through."),
        read_field(
            "visibility", str, lambda _: house_visibility().value, "Who sees what is recorded: `group` or `network`."
        ),
    ],
}
for described, fields in _FIELDS.items():
    replace_fields(described.__strawberry_definition__, fields)


def _me(_root: None, info: Any) -> Account | None:
    actor = info.context.actor
    return None if actor.agent is None else queries.account_of(actor)


def _accounts(_root: None, info: Any) -> list[Account]:
    if not info.context.actor.may(Power.ADMINISTER):
        return []
    return list(Account.objects.select_related("person").order_by("email")[:LISTED_MAX])


def _house(_root: None, info: Any) -> Any:  # noqa: ARG001 (stands at the head of every page)
    return queries.house()


def _kept_of_me(_root: None, info: Any) -> str:
    actor = info.context.actor
    return json.dumps({"records": personal.records_of(actor), "account": personal.account_data(actor)})


def _revoke(_root: None, info: Any, *, id: str) -> bool:  # noqa: A002
    token = AccessToken.objects.filter(uid=_read(id)).first()
    if token is None:
        raise Refused(*refuse_not_yours("token", id))
    revoke_token(info.context.actor, token)
    return True


def _end(_root: None, info: Any) -> int:
    return end_own_sessions(info.context.actor)


def _of_account(wish: Callable[..., Account]) -> Callable[..., Account]:
    """Return what answers a mutation that says nothing but which account it means."""

    def do(_root: None, info: Any, *, id: str, key: str | None = None) -> Account:  # noqa: A002
        may_look = info.context.actor.may(Power.ADMINISTER)
        account = Account.objects.filter(uid=_read(id)).first() if may_look else None
        if account is None:
            raise Refused(*refuse_not_yours("account", id))
        return wished(info, wish, account, key=key)

    return do


def _name(_root: None, info: Any, *, name: str, key: str | None = None) -> Any:
    return wished(info, name_network, name, key=key)


def _decide(_root: None, info: Any, *, who: str, key: str | None = None) -> str:
    return str(wished(info, decide_visibility, who, key=key))


def _take(_root: None, info: Any, *, names: Sequence[str], key: str | None = None) -> int:
    return wished(info, take_starters, list(names), key=key).count


def _read(reference: str) -> UUID:
    return read_uid(reference) or NOBODY


_ID, _KEY = argument("id", strawberry.ID, "Which one."), key_argument()
for query in (
    asked_field("me", optional(AccountType), _me, "Your own account; none with the key of the house."),
    asked_field("accounts", many(AccountType), _accounts, "All accounts, for those who look after the house."),
    asked_field("house", HouseType, _house, "What was said of this house."),
    asked_field("keptOfMe", str, _kept_of_me, "Everything that is kept of you, as JSON: `records` and `account`."),
):
    add_field(ROOTS["Query"], query)
for mutation in (
    asked_field("revokeToken", bool, _revoke, "Take a token of yours back.", [_ID]),
    asked_field("endSessions", int, _end, "Sign out everywhere; answers how many sessions there were."),
    asked_field("closeAccount", optional(AccountType), _of_account(close_account), "Close an account.", [_ID, _KEY]),
    asked_field(
        "reopenAccount", optional(AccountType), _of_account(reopen_account), "Open an account again.", [_ID, _KEY]
    ),
    asked_field(
        "makeAdministrator",
        optional(AccountType),
        _of_account(make_administrator),
        "Let somebody look after the whole house.",
        [_ID, _KEY],
    ),
    asked_field(
        "unmakeAdministrator",
        optional(AccountType),
        _of_account(unmake_administrator),
        "Let somebody no longer look after the whole house.",
        [_ID, _KEY],
    ),
    asked_field(
        "nameNetwork", HouseType, _name, "Call the network by a name.", [argument("name", str, "The name."), _KEY]
    ),
    asked_field(
        "decideVisibility",
        str,
        _decide,
        "Decide who sees what is recorded from now on.",
        [argument("who", str, "`group` or `network`."), _KEY],
    ),
    asked_field(
        "takeStarters",
        int,
        _take,
        "Write down words to begin with; answers how many were new.",
        [argument("names", many(str), "`food`, `makers`, `services`."), _KEY],
    ),
):
    add_field(ROOTS["Mutation"], mutation)
