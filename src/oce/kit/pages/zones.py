"""The time zone of whoever looks: chosen on any page, kept in a cookie, else that of the house."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

COOKIE = "zone"


@cache
def zone_names() -> tuple[str, ...]:
    """Return the names of all zones this machine knows, in order."""
    return tuple(sorted(available_timezones()))


def zone_of(request: HttpRequest) -> ZoneInfo | None:
    """Return the zone the viewer chose, or None for the house's."""
    name = request.COOKIES.get(COOKIE, "")
    return ZoneInfo(name) if name in zone_names() else None


class ViewerZone:
    """Shows and reads moments in the viewer's zone while a page is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the clock of the viewer."""
        with timezone.override(zone_of(request)):
            return self.get_response(request)
