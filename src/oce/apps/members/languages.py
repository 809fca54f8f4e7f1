"""The language of an account: kept at the first sign-in and when another is chosen, and spoken on every device since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.signals import user_logged_in
from django.conf import settings
from django.utils import translation

from oce.apps.members.accounts import Account
from oce.kit.pages.preferences import language_chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class AccountLanguage:
    """Middleware that speaks to whoever signed in by the language of their account, whatever the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the account, if it has one that the house speaks."""
        language = getattr(request.user, "language", "")
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


def keep_first(user: Account, **_: Any) -> None:
    """Keep the language in which somebody signs in, unless one is kept already."""
    if not user.language:
        _keep(user, translation.get_language() or settings.LANGUAGE_CODE)


def keep_chosen(request: HttpRequest, language: str, **_: Any) -> None:
    """Keep the language that somebody who signed in has chosen."""
    if isinstance(request.user, Account):
        _keep(request.user, language)


def _keep(account: Account, language: str) -> None:
    if settings.OCE_DEMO:  # there, whoever comes acts as the same few people
        return
    account.language = language
    account.save(update_fields=["language"])


user_logged_in.connect(keep_first, dispatch_uid="members.keep_first_language")
language_chosen.connect(keep_chosen, dispatch_uid="members.keep_chosen_language")
