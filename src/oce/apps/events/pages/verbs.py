"""The verbs as people choose them: grouped by what their rows have in common."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oce.vf.actions import ACTIONS, Action


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
