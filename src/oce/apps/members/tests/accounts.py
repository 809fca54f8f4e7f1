"""People with accounts for tests, and browsers in which they have signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client

from oce.apps.members import acting
from oce.apps.members.account_commands import open_account
from oce.apps.members.accounts import Account
from oce.apps.members.joining_commands import decide_joining, taken_in
from oce.apps.members.models import COORDINATOR, MEMBER
from oce.apps.members.queries import standard_role
from oce.kit.actor import SYSTEM, Actor
from oce.kit.testing.factories import organization

PASSWORD = "strawberry-jam"


def account(name: str = "Ana", *, is_administrator: bool = False) -> Account:
    """Return a new account."""
    made = Account(email=f"{name.lower()}@coop.example", is_administrator=is_administrator)
    made.set_password(PASSWORD)
    return open_account(SYSTEM, made, name, is_verified=True)


def actor(name: str = "Ana", **more: Any) -> Actor:
    """Return somebody with a new account, as an actor."""
    return acting.actor_of(account(name, **more))


def again(actor: Actor) -> Actor:
    """Return the same person as an actor with what they may do now."""
    return acting.actor_of(Account.objects.get(person=actor.agent))


def member_of(group: Any, name: str = "Ben", role: str = MEMBER) -> Actor:
    """Return somebody with a new account and a role in a group."""
    made = account(name)
    taken_in(made.person, group, standard_role(role))
    return acting.actor_of(made)


def coordinator_of(group: Any, name: str = "Cleo") -> Actor:
    """Return a coordinator of a group with a new account."""
    return member_of(group, name, COORDINATOR)


def group(name: str = "Bakery", style: str = "request", questions: tuple[str, ...] = ("Why?",), **values: Any) -> Any:
    """Return a new group with its way to join."""
    made = organization(name, **values)
    decide_joining(SYSTEM, made, style, questions)
    return made


def browser_of(actor: Actor) -> Client:
    """Return a browser in which somebody has signed in."""
    client = Client()
    client.force_login(Account.objects.get(person=actor.agent), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
