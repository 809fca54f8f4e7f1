"""The photo that somebody takes while logging, kept by the app of documents where it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from oce.kit.commands import KEY_LENGTH_MAX
from oce.vf.refusals import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from oce.apps.documents.arrivals import Arrived
    from oce.apps.documents.models import Attachment
    from oce.apps.events.models import EconomicEvent
    from oce.kit.pages.requests import Asked

DOCUMENTS = "oce.apps.documents"
PHOTO = "photo"


def are_taken() -> bool:
    """Return whether there is anybody to keep a photo."""
    return apps.is_installed(DOCUMENTS)


def sent_with(request: Asked) -> tuple[Arrived | None, list[Refusal]]:
    """Return the photo that came along, put away but not attached to anything yet, and what is wrong with it."""
    file = request.FILES.get(PHOTO)
    if file is None or not are_taken():
        return None, []
    from oce.apps.documents.arrivals import arrived

    try:
        return arrived(file.name or "", file), []
    except Refused as refused:
        return None, [Refusal(each.code, each.template, PHOTO, **each.values) for each in refused.refusals]


def attach(request: Asked, event: EconomicEvent, photo: Arrived, key: str | None) -> None:
    """Attach a photo to what was logged; once, however often the form is sent.

    Raises:
        Refused: why it cannot be attached.
    """
    from oce.apps.documents.commands import attach_document

    wish: Callable[..., Attachment] = attach_document
    wish(request.actor, event, photo, key=f"{key} photo"[-KEY_LENGTH_MAX:] if key else None)
