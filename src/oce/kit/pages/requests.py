"""A request as our views get it: with the one who asks, and where from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from oce.kit.actor import Actor


class Asked(HttpRequest):
    """A request whose actor is known: the site sets it before any view is called."""

    actor: Actor


def address_of(request: HttpRequest) -> str:
    """Return where the request came from; behind our own proxy, what the proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))
