"""Signing in and out: with an account, by a link that works once, which `oce serve` prints, or by typing the key.

Somebody whose sign-in ran out while they filled a form gets the form back: its inputs travel, hidden, through the
page that asks to sign in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oce.kit.actor import STRANGER, Power, refuse_powerless
from oce.kit.jsonld.negotiation import wants_document
from oce.kit.onlooking import shows_what_is_public
from oce.kit.pages.answers import wants_page
from oce.kit.pages.records import SHOW
from oce.kit.pages.requests import address_of
from oce.kit.security import open_to_strangers
from oce.site import keys, persons
from oce.site.attempts import attempts
from oce.site.codes import use_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import QueryDict

KEPT, NEXT = "kept", "next"
# A form larger than this is not carried through the sign-in page; the page says so.
KEPT_LENGTH_MAX = 200_000
_NEVER_KEPT = frozenset({"csrfmiddlewaretoken", KEPT, NEXT, "key"})


@open_to_strangers
@never_cache
@sensitive_post_parameters("key", "password")
@sensitive_variables("key")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask to sign in, or sign in whoever has an account or the key, and send them where they wanted to go."""
    key = request.POST.get("key", "").strip()
    if not key:
        return _ask(request, [], after=_after(request))
    wrong = _("This is not the key of this house. It is in the file “operator-key” of its home folder.")
    return _let_in(request, wrong, keys.is_operator_key, key)


@open_to_strangers
@never_cache
@sensitive_variables("code")
@require_safe
def enter_by_link(request: HttpRequest, code: str) -> HttpResponse:
    """Sign in whoever comes with a code that was not used yet, and send them where they wanted to go."""
    if request.actor.may(Power.READ):  # type: ignore[attr-defined]
        return _go_on(request)
    if request.method == "HEAD":  # somebody only looks whether there is anything
        return _ask(request, [])
    wrong = _("This link was used before, or it is older than a quarter of an hour. “oce sign-in” prints another one.")
    return _let_in(request, wrong, use_code, code.strip("/"))


def _let_in(request: HttpRequest, wrong: str, is_right: Callable[[str], bool], secret: str) -> HttpResponse:
    """Sign in whoever has the right secret; whoever tried too often has to wait, whatever they have now."""
    address = address_of(request)
    if attempts.is_tired_of(address):
        return _ask(request, [_("Too many wrong keys came from your address. Wait a minute, then try again.")], 429)
    if not is_right(secret):
        attempts.count(address)
        return _ask(request, [wrong], 403)
    keys.remember(request)
    rotate_token(request)
    return _go_on(request, persons.first_place())


@require_safe
def resume(request: HttpRequest) -> HttpResponse:
    """Show what somebody had typed when their sign-in ran out, for the form it belongs to."""
    kept = parse_qsl(request.session.pop(KEPT, ""), keep_blank_values=True)
    inputs = [(name, text) for name, text in kept if name not in _NEVER_KEPT]
    if not inputs:
        return HttpResponseRedirect(_way_back(request))
    return render(request, "resume.html", {"inputs": inputs, "way_back": _way_back(request), "show": SHOW})


@open_to_strangers
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    keys.forget(request)
    return HttpResponseRedirect("/enter")


class ClosedToStrangers:
    """Closes every view that does not say it is open to strangers: people are asked to sign in, programs refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer of the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, options: Any
    ) -> HttpResponse | None:
        """Ask a stranger to sign in, unless the view is open."""
        # The pages of allauth ask for themselves.
        is_open = getattr(view, "open_to_strangers", False) or view.__module__.startswith("allauth.")
        if is_open or request.actor.may(Power.READ) or shows_what_is_public(view, options):  # type: ignore[attr-defined]
            return None
        if wants_page(request) and not wants_document(request):
            return _ask_to_enter(request)
        return keys.unauthorised(request, refuse_powerless(STRANGER, Power.READ))


def _ask_to_enter(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the page that asks for the key, and keep the way back and what they had typed."""
    if request.method == "POST":
        return _ask(request, [], 403, kept=_kept(request.POST), way_back=request.get_full_path())
    return HttpResponseRedirect(f"/enter?{urlencode({NEXT: request.get_full_path()})}")


def _kept(sent: QueryDict) -> str:
    pairs = [(name, text) for name, texts in sent.lists() if name not in _NEVER_KEPT for text in texts]
    return urlencode(pairs)


def _ask(
    request: HttpRequest, faults: list[str], status: int = 200, *, kept: str = "", way_back: str = "", after: str = ""
) -> HttpResponse:
    """Show the page that asks to sign in; with `after`, an account that was sent signs in and goes on there."""
    kept = kept or request.POST.get(KEPT, "")
    if len(kept) > KEPT_LENGTH_MAX:
        kept = ""
        faults = [*faults, _("What you had typed is too long to be kept here. Go back in your browser to copy it.")]
    shown = {"faults": faults, "kept": kept, "way_back": way_back or _way_back(request)}
    if not persons.can_sign_in():
        response = render(request, "enter.html", shown, status=status)
    elif after:
        response = persons.sign_in(request, after, shown)
    else:
        response = persons.asked(request, shown, status)
    # Django writes the address of every refused request into its log, and here the address may hold a code.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (the only way to say so)
    return response


def _after(request: HttpRequest) -> str:
    """Return where to go after signing in; what was typed waits in the session, also while a second factor is asked."""
    kept, way_back = request.POST.get(KEPT, "")[:KEPT_LENGTH_MAX], _way_back(request)
    if not kept:
        return way_back
    request.session[KEPT] = kept
    return f"/enter/resume?{urlencode({NEXT: way_back})}"


def _go_on(request: HttpRequest, first: str = "/") -> HttpResponse:
    after = _after(request)
    return HttpResponseRedirect(first if after == "/" else after)


def _way_back(request: HttpRequest) -> str:
    """Return where to go after signing in: only ever a place in this house."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT) or "/"
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and not wanted.startswith("/enter") else "/"
