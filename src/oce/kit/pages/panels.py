"""What upper apps add to a record's page: panels, buttons, views of their own below its address, or a whole page instead.

An app's `pages` may define, each by record class: `panels` (functions of the request and the record that return a Panel
or None), `buttons` (functions that yield addresses with their words), `views` (functions by the last word of the
address, `{EconomicResource: {"trace": show_trace}}`), and `homes` (a view that answers in place of the plain page; its
template may extend that page, `kit/detail.html`, and its context begin with `records.shown_of`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from oce.kit.app import plugs
from oce.kit.pages.requests import Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from django.http import HttpResponse
    from django.utils.functional import Promise
    from django.utils.safestring import SafeString

    from oce.kit.records import Record


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a record's page: its heading, a template and what the template shows."""

    title: str | Promise
    template: str
    shows: dict[str, Any]

    def html(self, request: Asked) -> SafeString:
        """Return the part as it stands on the page."""
        return render_to_string(self.template, self.shows, request)


def panels_of(request: Asked, record: Record, but: Container[str] = ()) -> Iterator[tuple[Panel, SafeString]]:
    """Yield the panels that the running apps, all `but` some, give this record, in the order of the apps."""
    for app, pages in plugs("pages"):
        makers = () if app.label in but else getattr(pages, "panels", {}).get(type(record), ())
        for make in makers:
            panel = make(request, record)
            if panel is not None:
                yield panel, panel.html(request)


def buttons_of(request: Asked, record: Record, but: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield the addresses and words of the buttons that the running apps, all `but` some, give this record."""
    for app, pages in plugs("pages"):
        makers = () if app.label in but else getattr(pages, "buttons", {}).get(type(record), ())
        for make in makers:
            yield from make(request, record)


def home_of(model: type[Record]) -> Callable[[Asked, Record], HttpResponse] | None:
    """Return the view that an app gives the records of a class in place of the plain page, or None."""
    for _app, pages in plugs("pages"):
        home: Callable[[Asked, Record], HttpResponse] | None = getattr(pages, "homes", {}).get(model)
        if home is not None:
            return home
    return None


def view_of(model: type[Record], word: str) -> Callable[[Asked, Record], HttpResponse] | None:
    """Return the view that an app gives the records of a class under `word`, or None."""
    for _app, pages in plugs("pages"):
        view: Callable[[Asked, Record], HttpResponse] | None = getattr(pages, "views", {}).get(model, {}).get(word)
        if view is not None:
            return view
    return None
