"""Tells every page to whoever asked for it: what they may not see has no name there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oce.kit.actor import STRANGER, looking_as, seen_by
from oce.kit.records import record_model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse


class Onlooking:
    """Lets names be told to the actor of the request; stands after the one that finds out who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer, told to whoever asks."""
        with looking_as(request.actor):  # type: ignore[attr-defined]
            return self.get_response(request)


def open_where_public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view of one record as open to strangers where everybody may see that record."""
    view.open_where_public = True  # type: ignore[attr-defined]
    return view


def shows_what_is_public(view: Callable[..., HttpResponse], options: Mapping[str, Any]) -> bool:
    """Return whether a view shows one record that everybody may see."""
    if not getattr(view, "open_where_public", False):
        return False
    model = record_model(str(options.get("kind")))
    return model is not None and seen_by(STRANGER, model.every()).filter(uid=options["uid"]).exists()
