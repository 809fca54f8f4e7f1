"""How somebody likes to see the pages: light or dark, by which clock, in which language; kept in cookies of this browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from oce.kit.pages.security import open_to_strangers
from oce.kit.pages.zones import COOKIE as ZONE
from oce.kit.pages.zones import zone_names

if TYPE_CHECKING:
    from collections.abc import Container

THEME = "theme"
THEMES = ("light", "dark")
KEPT_SECONDS = 365 * 24 * 3600


@open_to_strangers
@require_POST
def prefer(request: HttpRequest) -> HttpResponse:
    """Keep the choices in cookies and go back to the page they were made on."""
    way_back = request.POST.get("next", "/")
    is_ours = way_back.startswith("/") and url_has_allowed_host_and_scheme(way_back, allowed_hosts=None)
    response = HttpResponseRedirect(way_back if is_ours else "/")
    _keep(request, response, THEME, THEMES)
    _keep(request, response, ZONE, zone_names())
    _keep(request, response, settings.LANGUAGE_COOKIE_NAME, dict(settings.LANGUAGES), sent="language")
    return response


def _keep(request: HttpRequest, response: HttpResponse, name: str, known: Container[str], *, sent: str = "") -> None:
    value = request.POST.get(sent or name)
    if value is None:
        return
    if value in known:
        response.set_cookie(name, value, max_age=KEPT_SECONDS, samesite="Lax", secure=settings.IS_SECURE, httponly=True)
    else:
        response.delete_cookie(name, samesite="Lax")


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the choices are now, and what there is to choose from."""
    theme = request.COOKIES.get(THEME, "")
    return {
        "theme": theme if theme in THEMES else "",
        "zone": timezone.get_current_timezone_name(),
        "zones": zone_names(),
        "languages": settings.LANGUAGES,
    }
