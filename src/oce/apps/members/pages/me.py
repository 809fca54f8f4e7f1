"""One's own account: profile, ways to sign in, sessions, tokens, all that is kept of one, and leaving for good."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oce.apps.members import personal, queries
from oce.apps.members.account_commands import end_own_sessions
from oce.apps.members.accounts import AccessToken
from oce.apps.members.erasure import erase_myself, nameless
from oce.apps.members.models import Membership
from oce.apps.members.tokens import POWERS, make_token, revoke_token
from oce.kit.actor import Power
from oce.kit.pages import undoing
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.requests import Asked
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from oce.apps.members.accounts import Account

ME, TOKENS = "/members/me/", "/members/me/tokens"
SCOPES = {
    Power.READ: gettext_lazy("see what I see"),
    Power.RECORD: gettext_lazy("log what I may log"),
    Power.COORDINATE: gettext_lazy("coordinate what I coordinate"),
}
DAYS = (7, 30, 90, 365)


@require_safe
def me(request: Asked) -> HttpResponse:
    """Show one's own account with everything that can be done about it."""
    account = _account(request)
    if account is None:
        return render(request, "members/no_account.html")
    memberships = Membership.every().filter(member=account.person_id).select_related("group", "role")
    shown = {
        "mine": account,
        "memberships": memberships,
        "has_second_factor": is_mfa_enabled(account),
        "recovery_left": _recovery_codes_left(account),
        "session_count": UserSession.objects.filter(user=account).count(),
        "token_count": account.tokens.count(),
    }
    return render(request, "members/me.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: Asked) -> HttpResponse:
    """Show one's tokens, and make one; its text is shown this once."""
    account = _account(request)
    if account is None:
        return render(request, "members/no_account.html")
    faults: list[str] = []
    status, issued = 200, None
    if request.method == "POST":
        powers, days = request.POST.getlist("power"), request.POST.get("days", "")
        try:
            issued = make_token(
                request.actor, request.POST.get("name", ""), powers, days=int(days) if days.isdecimal() else 0
            )
        except Refused as refused:
            faults, status = sentences(refused.refusals), status_of(refused.refusals)
    shown = {
        "tokens": account.tokens.order_by("-id"),
        "issued": issued,
        "scopes": [(power.value, SCOPES[power]) for power in POWERS],
        "days": DAYS,
        "faults": faults,
        "typed": request.POST if faults else {},
    }
    return render(request, "members/tokens.html", shown, status=status)


@require_POST
def revoke(request: Asked, uid: UUID) -> HttpResponse:
    """Take one of one's tokens back."""
    token = AccessToken.objects.filter(uid=uid).first()
    if token is None:
        raise Http404
    revoke_token(request.actor, token)
    undoing.offer(request, _("The token “{name}” opens nothing any more.").format(name=token.name))
    return HttpResponseRedirect(TOKENS)


@require_POST
def end_sessions(request: Asked) -> HttpResponse:
    """End all sessions of one's own but this one."""
    end_own_sessions(request.actor, but=request.session.session_key)
    undoing.offer(request, _("You are signed in here and nowhere else."))
    return HttpResponseRedirect(ME)


@require_safe
def export(request: Asked) -> HttpResponse:
    """Answer with all that is kept of the one who asks: a zip of two files."""
    if _account(request) is None:
        return render(request, "members/no_account.html")
    records, account = personal.records_of(request.actor), personal.account_data(request.actor)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("records.jsonld", json.dumps(records, ensure_ascii=False, indent=1))
        archive.writestr("account.json", json.dumps(account, ensure_ascii=False, indent=1))
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="about-me.zip"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Asked) -> HttpResponse:
    """Say what leaving for good means, and do it for who types the word after signing in anew."""
    account = _account(request)
    if account is None:
        return render(request, "members/no_account.html")
    answer: HttpResponse = reauthentication_required(_erased)(request)
    return answer


def _erased(request: Asked) -> HttpResponse:
    faults: list[str] = []
    status, word = 200, _("forget me")
    if request.method == "POST":
        if request.POST.get("word", "").strip().casefold() != word.casefold():
            faults, status = [_("Type “{word}” to leave for good.").format(word=word)], 422
        else:
            try:
                erase_myself(nameless(request.actor))
            except Refused as refused:
                faults, status = sentences(refused.refusals), status_of(refused.refusals)
            else:
                logout(request)
                return render(request, "members/erased.html")
    return render(request, "members/erase.html", {"faults": faults, "word": word}, status=status)


def _account(request: Asked) -> Account | None:
    """Return the account of the reader; none for who holds the key of the house."""
    try:
        return queries.account_of(request.actor)
    except Refused:
        return None


def _recovery_codes_left(account: Account) -> int:
    codes = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0
