"""A request as our views get it: with the one who asks."""

from __future__ import annotations

from django.http import HttpRequest

from oce.kit.actor import Actor


class Asked(HttpRequest):
    """A request whose actor is known: the site sets it before any view is called."""

    actor: Actor
