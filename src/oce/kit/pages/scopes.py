"""Whose matters a page is about: one group with the groups within it, or all groups of the one who asks.

An app's `pages` may define `groups(actor)`, which yields the groups an actor can choose among, each before those within
it; the first app that does is asked. `request.scope` and `request.period` are set by the middleware below: named in the
address, so that a link shows the same to everybody who may see it, and remembered in cookies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from oce.kit.actor import STRANGER
from oce.kit.app import plugs
from oce.kit.pages import periods

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from oce.kit.actor import Actor

PARAMETER = "scope"
ALL = "all"
KEPT_SECONDS = 90 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Group:
    """A group one can look at alone: its private key, its public identity and name, how deep it lies, and what is in it."""

    pk: int
    uid: str
    name: str
    depth: int = 0
    agents: frozenset[int] = field(default_factory=frozenset)

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/agent/{self.uid}"

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Scope:
    """What was chosen: `group` is None, and `agents` is empty, where everything is to be seen."""

    def __init__(self, actor: Actor, wanted: str = "") -> None:
        """Keep who asks and the public identity of the group; nothing is read before it is needed."""
        self.actor = actor
        self.wanted = wanted

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups one can choose among, each before those within it."""
        for _app, pages in plugs("pages"):
            offered = getattr(pages, "groups", None)
            if offered is not None:
                return tuple(offered(self.actor))
        return ()

    @cached_property
    def group(self) -> Group | None:
        """The chosen group, or None for all."""
        return next((each for each in self.groups if each.uid == self.wanted), None) if self.wanted else None

    @property
    def agents(self) -> frozenset[int]:
        """The private keys of the group and all that is within it; empty for all."""
        return self.group.agents if self.group else frozenset()


class Scoped:
    """Sets `request.scope` and `request.period`, and remembers in cookies what the address newly says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with both known to every view and template."""
        wanted = request.GET.get(PARAMETER, request.COOKIES.get(PARAMETER, ""))
        request.scope = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: Scope(getattr(request, "actor", STRANGER), wanted)
        )
        request.period = periods.of_request(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.method == "GET":
            _remember(request, response)
        return response


def _remember(request: HttpRequest, response: HttpResponse) -> None:
    scope, period = request.GET.get(PARAMETER), request.GET.get(periods.PARAMETER)
    if scope is not None and request.scope.group:  # type: ignore[attr-defined]
        _keep(request, response, PARAMETER, scope)
    elif scope is not None:
        response.delete_cookie(PARAMETER, samesite="Lax")
    if period is not None and periods.read(period) is not None:
        _keep(request, response, periods.PARAMETER, period)


def _keep(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    if request.COOKIES.get(name) != value:
        is_secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(name, value, max_age=KEPT_SECONDS, samesite="Lax", secure=is_secure, httponly=True)
