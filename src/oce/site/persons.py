"""Persons who sign in: which actor a session or a token stands for, and signing in itself; nobody where members are off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render

from oce.kit.actor import STRANGER, Actor

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def actor_of_session(request: HttpRequest) -> Actor:
    """Return the person who has signed in, or a stranger."""
    if not settings.HAS_ACCOUNTS or not request.user.is_authenticated:
        return STRANGER
    from oce.apps.members import acting

    return acting.actor_of(request.user)


def actor_of_token(token: str) -> Actor | None:
    """Return the person whose program sent a token, narrowed to what the token may; None for no valid token."""
    if not settings.HAS_ACCOUNTS:
        return None
    from oce.apps.members import acting

    return acting.actor_of_token(token)


def can_sign_in() -> bool:
    """Return whether anybody has an account to sign in with."""
    if not settings.HAS_ACCOUNTS:
        return False
    from oce.apps.members import queries

    return queries.has_accounts()


def first_place() -> str:
    """Return where the operator of a house goes who wants to go nowhere else: to the set-up, as long as nobody has an account."""
    return "/members/set-up/" if settings.HAS_ACCOUNTS and not can_sign_in() else "/"


def sign_in(request: HttpRequest, after: str, shown: dict[str, Any]) -> HttpResponse:
    """Let allauth sign in whoever has sent an address and a password, or show its form.

    Args:
        request: what was sent.
        after: where to go when it is done.
        shown: what the page shows beside the form.
    """
    from oce.site.signing_in import SignIn

    answer: HttpResponse = SignIn.as_view(after=after, shown=shown)(request)
    return answer


def asked(request: HttpRequest, shown: dict[str, Any], status: int) -> HttpResponse:
    """Show the page that asks to sign in, to somebody who sent something else than an address and a password."""
    from oce.site.signing_in import cards, empty_form

    return render(request, "enter.html", {"form": empty_form(request), "cards": cards(), **shown}, status=status)
