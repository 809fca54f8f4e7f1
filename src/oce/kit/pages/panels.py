"""Parts that upper apps add to a record's page: the app's `pages.panels` names functions by record class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from oce.kit.app import plugs
from oce.kit.pages.requests import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def panels_of(request: Asked, record: Record) -> Iterator[tuple[Panel, SafeString]]:
    """Yield the panels that the running apps give this record, in the order of the apps.

    An app's `panels` maps a record class to functions of the request and the record that return a Panel, or None.
    """
    for _app, pages in plugs("pages"):
        for make in getattr(pages, "panels", {}).get(type(record), ()):
            panel = make(request, record)
            if panel is not None:
                yield panel, panel.html(request)
