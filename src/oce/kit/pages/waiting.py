"""What waits for the one who looks, as the apps tell it: requests to answer, promises that are due.

An app's `pages` may define `waiting(request)`, a function that yields `Waiting`; it is asked for every page, so it costs
at most one short question to the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oce.kit.app import plugs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to attend to: in words that say what, where to do it, and how many of it there are."""

    label: str | Promise
    url: str
    count: int = 1
    icon: str = "bell"


def waiting_for(request: HttpRequest) -> Iterator[Waiting]:
    """Yield what waits for the one who asks, in the order of the apps; what has a count of nothing is left out."""
    for _app, pages in plugs("pages"):
        told = getattr(pages, "waiting", None)
        if told is not None:
            yield from (each for each in told(request) if each.count)
