"""The addresses of the house, joined from the apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
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


def _of_accounts() -> Iterator[URLPattern | URLResolver]:
    """Yield the pages of allauth, and in a demo the way in as one of its people, where people can have accounts."""
    if settings.HAS_ACCOUNTS:
        from oce.site.signing_in import enter_as

        yield path("enter/as", enter_as, name="enter-as")
        yield path("account/", include("allauth.urls"))


urlpatterns: list[URLPattern | URLResolver] = [
    path("", welcome.start, name="start"),
    *_of_accounts(),
    # After the pages of accounts, so that by this name they lead here.
    path("enter", entering.enter, name="account_login"),
    path("enter/resume", entering.resume, name="resume"),
    path("enter/<path:code>", entering.enter_by_link, name="enter-by-link"),
    path("leave", entering.leave, name="leave"),
    path("health", health.health, name="health"),
    path("context.jsonld", open_to_strangers(context_view), name="context"),
    path("graphql", interface.graphql, name="graphql"),
    path("apps", welcome.house, name="apps"),
    *_of_apps(),
    path("", include("oce.kit.pages.urls")),
]
