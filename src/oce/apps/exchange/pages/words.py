"""What the pages call how far an agreement is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from oce.apps.exchange.rules import State

if TYPE_CHECKING:
    from django.utils.functional import Promise


class Badge(NamedTuple):
    """How far an agreement is: in words, with the class of its colour and an icon."""

    words: str | Promise
    css: str
    icon: str


BADGES = {
    State.BARE: Badge(_("nothing promised yet"), "", "file-text"),
    State.USED: Badge(_("given without promises"), "good", "package-check"),
    State.OPEN: Badge(_("under way"), "mark", "hourglass"),
    State.LATE: Badge(_("something is late"), "bad", "triangle-alert"),
    State.KEPT: Badge(_("kept by all"), "good", "circle-check"),
}


def badge(state: State) -> Badge:
    """Return how the pages show a state."""
    return BADGES[state]
