"""The verbs as people choose them: the few of every day with their icons, and all, grouped by what their rows have in common."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oce.vf.actions import ACTIONS, Action

# What an event looks like in a list, on a chip and on its page.
ICONS: Mapping[str, str] = MappingProxyType(
    {
        "produce": "package-plus",
        "consume": "utensils",
        "use": "wrench",
        "work": "hammer",
        "cite": "quote",
        "deliverService": "hand-helping",
        "pickup": "package-open",
        "dropoff": "package-check",
        "accept": "inbox",
        "modify": "square-pen",
        "combine": "package",
        "separate": "package-minus",
        "transferCustody": "key-round",
        "transferAllRights": "signature",
        "transfer": "gift",
        "move": "truck",
        "copy": "copy",
        "raise": "circle-plus",
        "lower": "circle-minus",
    }
)


class Verb(NamedTuple):
    """A verb of every day: the action it stands for, in the words of somebody who did it, and what it means."""

    action: str
    word: str | Promise
    gloss: str | Promise

    @property
    def icon(self) -> str:
        """Its icon."""
        return ICONS[self.action]


VERBS = (
    Verb("work", _("worked"), _("Time that somebody put in.")),
    Verb("use", _("used"), _("A tool or a room was in use, and is still there.")),
    Verb("produce", _("made"), _("Something new is there, or more of it.")),
    Verb("consume", _("used up"), _("Something went into the work and is gone.")),
    Verb("transfer", _("gave"), _("Something passed to somebody else.")),
    Verb("move", _("moved"), _("Something is at another place now.")),
    Verb("cite", _("cited"), _("A design, a text or a recipe was built upon.")),
)


def icon_of(action: str) -> str:
    """Return the icon of an action; one for all that a document brought and nobody knows."""
    return ICONS.get(action, "activity")


class Verbs(NamedTuple):
    """A group of verbs under its heading."""

    title: str | Promise
    rows: tuple[Action, ...]


def groups() -> list[Verbs]:
    """Return all verbs: those that stand at a process, those that hand over or move, and those that set right."""
    of_process = tuple(row for row in ACTIONS.values() if row.input_output)
    handing = tuple(row for row in ACTIONS.values() if row.hands_over)
    rest = tuple(row for row in ACTIONS.values() if row not in of_process and row not in handing)
    return [
        Verbs(_("Something was done or made"), of_process),
        Verbs(_("Something was handed over or moved"), handing),
        Verbs(_("The inventory is begun or put right"), rest),
    ]
