"""A message that stays until it is put away, with a button that undoes what was done and a link to what may come next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

KEPT = "undoings"
KEPT_MAX = 3


def offer(
    request: HttpRequest,
    sentence: str,
    *,
    undo: str = "",
    sends: Mapping[str, str] | None = None,
    link: tuple[str, str] | None = None,
) -> None:
    """Let the next page say `sentence`.

    Args:
        request: whose session keeps the message until it is shown.
        sentence: what was done, as a person says it.
        undo: the address to which the button *Undo* posts; empty for no button.
        sends: what the button sends along.
        link: an address with its words, for a second thing to do.
    """
    said = {"sentence": sentence, "undo": undo, "sends": dict(sends or {}), "link": list(link or ())}
    request.session[KEPT] = [*request.session.get(KEPT, []), said][-KEPT_MAX:]


def taken(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the messages that wait, oldest first, and forget them."""
    session = getattr(request, "session", None)
    found: list[dict[str, Any]] = session.pop(KEPT, []) if session is not None and KEPT in session else []
    return found
