"""For those who look after the whole house: who has an account, and the letters that were not sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from oce.apps.members import letters, queries
from oce.apps.members.account_commands import (
    close_account,
    make_administrator,
    open_account,
    reopen_account,
    unmake_administrator,
)
from oce.apps.members.accounts import Account
from oce.kit.actor import Power, refuse_powerless
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.requests import Asked
from oce.vf.refusals import Refused, refuse_if

if TYPE_CHECKING:
    from uuid import UUID

    from oce.kit.actor import Actor

SHOWN_MAX = 200
ACCOUNTS = "/members/accounts"


@never_cache
@require_safe
def accounts(request: Asked) -> HttpResponse:
    """Show who has an account, and what was written to them but not sent."""
    return _shown(request)


@require_POST
def act(request: Asked, uid: UUID, word: str) -> HttpResponse:
    """Do with an account what a button says."""
    refuse_if(refuse_powerless(request.actor, Power.ADMINISTER))
    account, do = Account.objects.filter(uid=uid).first(), ACTS.get(word)
    if account is None or do is None:
        raise Http404
    try:
        do(request.actor, account)
    except Refused as refused:
        return _shown(request, sentences(refused.refusals), status_of(refused.refusals))
    return HttpResponseRedirect(ACCOUNTS)


def opened(request: Asked, name: str, email: str, password: str) -> Account:
    """Return a new account that an administrator makes for somebody who looks after the whole house.

    Raises:
        Refused: by the command.
    """
    account = Account(email=email, is_administrator=True)
    account.set_password(password)
    return open_account(request.actor, account, name, is_verified=True)


def _shown(request: Asked, faults: list[str] | None = None, status: int = 200) -> HttpResponse:
    refuse_if(refuse_powerless(request.actor, Power.ADMINISTER))
    shown = {
        "accounts": Account.objects.select_related("person").order_by("email")[:SHOWN_MAX],
        "letters": letters.waiting()[:SHOWN_MAX],
        "has_mail": bool(settings.OCE_MAIL),
        "house_name": queries.house_name(),
        "faults": faults or [],
    }
    return render(request, "members/accounts.html", shown, status=status)


ACTS: dict[str, Callable[[Actor, Account], Account]] = {
    "close": close_account,
    "reopen": reopen_account,
    "administrator": make_administrator,
    "no-administrator": unmake_administrator,
}
