"""Tables of a trace as files to take along."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from oce.kit.formulas import guarded

if TYPE_CHECKING:
    from oce.apps.trace.explorer import Explored
    from oce.apps.trace.recalls import RecallList


def file_of(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a table as a file of commas that a spreadsheet opens."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow(heads)
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return response


def entries_file(found: Explored) -> HttpResponse:
    """Return the entries on the way as a file, the farthest back first."""
    heads = [
        _("Level"), _("When"), _("What happened"), _("Thing"), _("From"), _("To"), _("How much"), _("In the step"),
    ]  # fmt: skip
    rows = (
        [
            line.level, line.event.occurred_at.isoformat(), line.what, line.thing, line.giver, line.taker,
            line.amount, line.step,
        ]
        for line in found.lines
    )  # fmt: skip
    return file_of("trace", heads, rows)


def recall_file(found: RecallList) -> HttpResponse:
    """Return who has what of a lot, and to whom it went, as a file."""
    heads = [_("Who"), _("Thing"), _("How much"), _("Where"), _("Whom to ask"), _("Since")]
    held = (
        [str(each.holder or ""), each.thing, each.amount, each.place, ", ".join(map(str, each.contacts)), ""]
        for each in found.holdings
    )
    gone = (
        [str(each.taker or ""), each.thing, each.amount, "", "", each.event.occurred_at.isoformat()]
        for each in found.gone
    )
    return file_of("recall", heads, (*held, *gone))
