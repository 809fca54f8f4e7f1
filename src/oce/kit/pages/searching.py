"""The page of the search over everything; while somebody types, its results stand below the field at the head of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from oce.kit.pages.navigation import list_url, record_url
from oce.kit.pages.values import held, is_empty, name_of, shown_value
from oce.kit.properties import Kind, columns_of
from oce.kit.search import Found, found, the_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from oce.kit.pages.requests import Asked
    from oce.kit.records import Record

# While somebody types a few of each class are enough.
GLANCE_MAX = 4
DETAILS_MAX = 2


@require_safe
def search(request: Asked) -> HttpResponse:
    """Show what was found by class; what is called just so, and is the only one, is opened at once."""
    text = request.GET.get("q", "")
    is_glance = "glance" in request.GET
    all_found = found(request.actor, text, **({"shown": GLANCE_MAX} if is_glance else {}))
    only = the_one(all_found)
    if only is not None and not is_glance:
        return redirect(record_url(only))
    shown = {
        "sought": text.strip(),
        "groups": [(each, list(_lines(each)), list_url(each.model)) for each in all_found],
    }
    return render(request, "kit/glance.html" if is_glance else "kit/search.html", shown)


def _lines(group: Found) -> Iterator[tuple[str, str, list[SafeString]]]:
    """Yield of each record its address, what it is called, and a little of what tells it from others."""
    for record in group.records:
        yield record_url(record), name_of(record), list(_details(record))[:DETAILS_MAX]


def _details(record: Record) -> Iterator[SafeString]:
    """Yield what a list shows of the record and needs no other one to be read."""
    for each in columns_of(type(record))[1:]:
        value = None if each.kind in {Kind.REFERENCE, Kind.REFERENCES, Kind.LONG_TEXT} else held(record, each)
        if not is_empty(value) and each.kind is not Kind.TRUTH:
            yield shown_value(each, value)
