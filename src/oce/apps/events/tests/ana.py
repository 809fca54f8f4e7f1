"""Ana, who may log for the bakery of the village, in a browser; and short ways to say and to read what she does there."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import ClassVar

from oce.apps.events.models import EconomicEvent
from oce.kit.actor import Actor, looking_as

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class As:
    """Last in the chain, lets every request come from whoever a test says."""

    actor: ClassVar[Actor | None] = None

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = type(self).actor
        request.scope.actor = request.actor
        with looking_as(request.actor):
            return self.get_response(request)


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode())))


def source(response) -> str:
    """Return the page as it is written, its attributes apart by one blank."""
    return re.sub(r"\s+", " ", response.content.decode())


def worked(village, amount="1.5", **more):
    sent = {"events.0.action": "work", "events.0.effortQuantity": amount, "receiver": str(village.bakery.uid)}
    return {**sent, "day": "2026-11-23", **more}


def last() -> EconomicEvent:
    return EconomicEvent.objects.latest("id")
