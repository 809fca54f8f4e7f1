"""Faults of a file as people can work through them: equal ones together, or all as a table."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from oce.kit.formulas import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oce.vf.refusals import Refusal


def gathered(faults: Iterable[Refusal]) -> list[tuple[Refusal, int]]:
    """Return the first fault of each sentence, in their order, and at how many more places the same was found."""
    found: dict[tuple[str, str], list[Refusal]] = {}
    for fault in faults:
        found.setdefault((fault.code, fault.message), []).append(fault)
    return [(same[0], len(same) - 1) for same in found.values()]


def write_table(faults: Iterable[Refusal], text: IO[str]) -> None:
    """Write a row for each fault as CSV: its place in the file, its sentence, its code."""
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_("place"), _("fault"), _("code")])
    for fault in faults:
        writer.writerow([guarded(fault.field or ""), guarded(fault.translated(_)), fault.code])
