"""Links for others: to make one, the list of one's own, to take one back, and what a link shows to whoever has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oce.apps.trace import guesses, sharing
from oce.apps.trace.commands import DAYS, DAYS_MAX, revoke_trace_link, share_trace
from oce.apps.trace.explorer import Question, explored
from oce.apps.trace.pages.exploring import shown_of
from oce.apps.trace.pages.subjects import explorer_url, starts_of, subject
from oce.apps.trace.pages.tables import entries_file
from oce.apps.trace.sights import LEVELS, LEVELS_MAX, look, look_again
from oce.kit.actor import SYSTEM, looking_as
from oce.kit.addresses import house_address
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.requests import Asked, address_of
from oce.kit.security import open_to_strangers
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from oce.apps.trace.models import TraceLink

TIMES = (1, 7, DAYS, 30, DAYS_MAX)
# A link's address is its only key: nobody else is to learn it from where its reader goes next, nor to find it by search.
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Asked, kind: str, uid: UUID) -> HttpResponse:
    """Ask what a link is to show and how long, with a look at it; or make it and show its address once."""
    record = subject(request.actor, kind, uid)
    starts = starts_of(request.actor, record)
    sent = request.POST if request.method == "POST" else request.GET
    levels, days = _number(sent.get("levels", ""), LEVELS), _number(sent.get("days", ""), DAYS)
    has_names = sent.get("names") == "names"
    shown: dict[str, object] = {
        "record": record,
        "explorer": explorer_url(record),
        "levels": levels,
        "levels_max": LEVELS_MAX,
        "days": days,
        "times": TIMES,
        "has_names": has_names,
        "faults": [],
    }
    status = 200
    if request.method == "POST":
        try:
            made = share_trace(request.actor, starts, levels=levels, has_names=has_names, days=days)
        except Refused as refused:
            shown["faults"], status = sentences(refused.refusals), status_of(refused.refusals)
        else:
            address = f"{house_address()}{made.path}"
            return render(request, "trace/given.html", {**shown, "link": made.link, "address": address})
    seen = look(request.actor, starts, levels=min(max(levels, 1), LEVELS_MAX))
    shown["found"] = explored(seen, Question(levels), as_roles=not has_names)
    return render(request, "trace/give.html", shown, status=status)


@require_safe
def given(request: Asked) -> HttpResponse:
    """Show the links that one gave."""
    most = settings.OCE_PAGE_SIZE_MAX
    return render(request, "trace/links.html", {"links": sharing.links_of(request.actor)[:most]})


@require_POST
def take_back(request: Asked, uid: UUID) -> HttpResponse:
    """Let one of one's own links show nothing any more."""
    link = revoke_trace_link(request.actor, uid)
    messages.success(request, _("The link to {title} shows nothing any more.").format(title=link.title))
    return HttpResponseRedirect("/trace/links")


@open_to_strangers
@never_cache
@sensitive_variables("secret")
@require_safe
def shared(request: Asked, secret: str) -> HttpResponse:
    """Show what a link shows; a wrong, an expired and a revoked one get the same answer."""
    address = address_of(request)
    if guesses.are_too_many(address):
        return _closed(request, _("Too many wrong links came from your address. Wait a minute, then try again."), 429)
    link = sharing.open_link(secret)
    if link is None:
        guesses.count(address)
        gone = _("This link shows nothing, or nothing any more. Ask whoever gave it to you for a new one.")
        return _closed(request, gone, 404)
    # The giver sees all of this, and gave it to be seen: the names in it are not hidden from whoever has the link.
    with looking_as(SYSTEM):
        return _unnoticed(_given(request, link))


def _given(request: Asked, link: TraceLink) -> HttpResponse:
    question = Question(link.levels)
    seen = look_again(sharing.giver_of(link), sharing.recalled(link.shows))
    found = explored(seen, question, as_roles=not link.has_names)
    if request.GET.get("format") == "csv":
        return entries_file(found)
    shown = {"link": link, **shown_of(request, found, question, has_links=False)}
    return render(request, "trace/shared.html", shown)


def _closed(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    response = render(request, "trace/closed.html", {"sentence": sentence}, status=status)
    # Django writes the address of every refused request into its log, and here the address holds a secret.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (the only way to say so)
    return _unnoticed(response)


def _unnoticed(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and 0 < len(text) < 6 else otherwise
