"""How a trace is kept for a link: the keys of what it shows; and how a link is found by the secret in its address."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from oce.apps.trace.models import TraceLink
from oce.apps.trace.sights import Sight
from oce.kit import clock
from oce.kit.access import remembered
from oce.kit.actor import Power

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from oce.kit.actor import Actor

SECRET_BYTES = 24
SECRET_LENGTH_MAX = 100


def new_secret() -> str:
    """Return a secret that nobody can guess."""
    return secrets.token_urlsafe(SECRET_BYTES)


def fingerprint(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_link(secret: str) -> TraceLink | None:
    """Return the link with this secret; None where there is none, or where it has expired or was taken back."""
    if not secret.isascii() or len(secret) > SECRET_LENGTH_MAX:
        return None
    return TraceLink.objects.filter(digest=fingerprint(secret), revoked=None, expires__gt=clock.now()).first()


def giver_of(link: TraceLink) -> Actor:
    """Return who gave a link, with what they may see now: what they lost sight of the link loses as well."""
    return remembered(link.actor, link.agent, Power)


def links_of(actor: Actor) -> QuerySet[TraceLink]:
    """Return the links that somebody gave, the newest first."""
    whose = Q(actor=actor.name, agent=None) if actor.agent is None else Q(agent=actor.agent)
    return TraceLink.objects.filter(whose).order_by("-made", "-id")


def kept(sight: Sight) -> dict[str, Any]:
    """Return a sight as it is stored with a link."""
    return {
        "starts": [list(node) for node in sight.starts],
        "distance": [[kind, key, steps] for (kind, key), steps in sight.distance.items()],
        "entries": sorted(sight.entries),
        "things": sorted(sight.things),
        "steps": sorted(sight.steps),
        "agents": sorted(sight.agents),
        "hidden": sight.hidden,
        "hidden_in": sorted(sight.hidden_in.items()),
        "more": sight.more,
        "is_whole": sight.is_whole,
    }


def recalled(shows: dict[str, Any]) -> Sight:
    """Return the sight that was stored with a link."""
    return Sight(
        starts=tuple((kind, key) for kind, key in shows["starts"]),
        distance={(kind, key): steps for kind, key, steps in shows["distance"]},
        entries=frozenset(shows["entries"]),
        things=frozenset(shows["things"]),
        steps=frozenset(shows["steps"]),
        agents=frozenset(shows["agents"]),
        hidden=shows["hidden"],
        hidden_in=dict(shows["hidden_in"]),
        more=shows["more"],
        is_whole=shows["is_whole"],
    )
