"""How somebody likes to see the pages: light or dark, by which clock, in which language. Kept in cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from oce.kit.pages.zones import COOKIE as ZONE
from oce.kit.pages.zones import zone_names
from oce.kit.security import open_to_strangers

if TYPE_CHECKING:
    from collections.abc import Container

# Sent with `request` and `language` when somebody has chosen one.
language_chosen = Signal()

THEME = "theme"
THEMES = ("light", "dark")
KEPT_SECONDS = 365 * 24 * 3600


@open_to_strangers
@require_http_methods(["GET", "HEAD", "POST"])
def prefer(request: HttpRequest) -> HttpResponse:
    """Show what can be chosen, or keep the choices in cookies and go back to the page one came from."""
    way_back = (request.POST if request.method == "POST" else request.GET).get("next", "/")
    is_ours = way_back.startswith("/") and url_has_allowed_host_and_scheme(way_back, allowed_hosts=None)
    way_back = way_back if is_ours else "/"
    if request.method != "POST":
        return render(request, "kit/preferences.html", {"way_back": way_back, "zones": zone_names()})
    response = HttpResponseRedirect(way_back)
    _keep(request, response, THEME, THEMES)
    _keep(request, response, ZONE, zone_names())
    _keep(request, response, settings.LANGUAGE_COOKIE_NAME, dict(settings.LANGUAGES), sent="language")
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        language_chosen.send(prefer, request=request, language=language)
    return response


def _keep(request: HttpRequest, response: HttpResponse, name: str, known: Container[str], *, sent: str = "") -> None:
    value = request.POST.get(sent or name)
    if value is None:
        return
    if value in known:
        is_secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(name, value, max_age=KEPT_SECONDS, samesite="Lax", secure=is_secure, httponly=True)
    else:
        response.delete_cookie(name, samesite="Lax")


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the choices are now."""
    theme = request.COOKIES.get(THEME, "")
    return {
        "theme": theme if theme in THEMES else "",
        "zone": timezone.get_current_timezone_name(),
    }
