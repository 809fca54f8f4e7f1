"""A request as our views get it: with the one who asks, where from, and what they look at."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from oce.kit.actor import Actor
from oce.kit.pages.periods import Period
from oce.kit.pages.scopes import Scope


class Asked(HttpRequest):
    """A request whose actor, scope and period are known: the site sets them before any view is called."""

    actor: Actor
    scope: Scope
    period: Period


def address_of(request: HttpRequest) -> str:
    """Return where the request came from; behind our own proxy, what the proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))
