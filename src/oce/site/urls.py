"""The addresses of the house, joined from the apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

from oce.kit.app import plugs
from oce.kit.jsonld.context import context_view
from oce.kit.security import open_to_strangers
from oce.site import entering, health, interface, welcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.urls import URLPattern, URLResolver


def _of_apps() -> Iterator[URLResolver]:
    """Yield the pages of each app under its own name, and those it keeps at the door of the house: `/log`."""
    for app, pages in plugs("pages"):
        yield path(f"{app.label}/", include((pages.urls, app.label)))
        if hasattr(pages, "door"):
            yield path("", include((pages.door, f"{app.label}-door")))


urlpatterns: list[URLPattern | URLResolver] = [
    path("", welcome.start, name="start"),
    path("enter", entering.enter, name="enter"),
    path("enter/<path:code>", entering.enter_by_link, name="enter-by-link"),
    path("leave", entering.leave, name="leave"),
    path("health", health.health, name="health"),
    path("context.jsonld", open_to_strangers(context_view), name="context"),
    path("graphql", interface.graphql, name="graphql"),
    path("apps", welcome.house, name="apps"),
    *_of_apps(),
    path("", include("oce.kit.pages.urls")),
]
