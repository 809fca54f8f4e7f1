"""A table on its way in: read, understood, then told to the ledger or written down row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oce.apps.spreadsheets.documents.arrival import write_down
from oce.apps.spreadsheets.tables import ledger
from oce.apps.spreadsheets.tables.rows import Rows
from oce.apps.spreadsheets.tables.sheets import read_sheet, sample
from oce.apps.spreadsheets.tables.understanding import Understood, understand
from oce.apps.spreadsheets.wishes import TableOptions
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from oce.apps.spreadsheets.reports import ImportReport
    from oce.apps.spreadsheets.tables.sheets import Sheet
    from oce.apps.spreadsheets.wishes import Progress
    from oce.kit.actor import Actor
    from oce.kit.jsonld.texts import Source

# Rows that go one by one are held in memory and looked at one by one; events without such needs go by columns.
ROWS_MAX = 200_000
PREVIEW_ROWS = 10

TOO_MANY = gettext_noop(
    "{name} has {rows} rows of {kind}; at most {most} are taken at once. Split it, or leave out corrections, tags and "
    "known identifiers."
)


@dataclass(frozen=True, slots=True)
class Preview:
    """How a table would be read: the class of its rows, each heading with its property, and the first rows."""

    of: str
    columns: tuple[tuple[str, str | None], ...]
    rows: tuple[Sequence[str], ...]
    count: int
    remarks: tuple[Refusal, ...]


def preview(source: Source, options: TableOptions) -> Preview:
    """Return how the table would be read, without taking anything in.

    Raises:
        Refused: whatever stands against reading it, such as numbers that can be read in two ways.
    """
    sheet = read_sheet(source)
    understood = understand(sheet, source.name, options)
    return Preview(
        of=understood.of.name,
        columns=tuple(_columns(sheet, understood)),
        rows=tuple(sample(sheet, PREVIEW_ROWS)),
        count=sheet.rows,
        remarks=understood.remarks,
    )


def take_in(
    actor: Actor, source: Source, options: TableOptions, zone: tzinfo, progress: Progress, report: ImportReport
) -> None:
    """Write down what the rows of a table tell, inside the running transaction.

    Raises:
        Refused: with the faults of many rows, each at its row and heading.
    """
    sheet = read_sheet(source)
    understood = understand(sheet, source.name, options)
    report.remarks += understood.remarks
    report.columns += _columns(sheet, understood)
    if ledger.goes_by_columns(actor, understood):
        ledger.record(understood, zone, progress, report)
    else:
        _row_by_row(actor, source, understood, zone, report)
        progress(understood.rows, understood.rows)


def _columns(sheet: Sheet, understood: Understood) -> list[tuple[str, str | None]]:
    """Return each heading with the property that its column is read as."""
    # Of a column that holds number and unit in one cell, the number is what it is matched with.
    by_heading = {heading: name for name, heading in reversed([*understood.headings.items()])}
    return [(heading, by_heading.get(heading)) for heading in sheet.headings]


def _row_by_row(actor: Actor, source: Source, understood: Understood, zone: tzinfo, report: ImportReport) -> None:
    if understood.rows > ROWS_MAX:
        facts = {"name": source.name, "rows": understood.rows, "kind": understood.of.name, "most": ROWS_MAX}
        raise Refused(Refusal("tables.too_many_rows", TOO_MANY, None, **facts))
    rows = Rows(understood, zone)
    reading = rows.reading()
    try:
        write_down(actor, reading, report)
    except Refused as refused:
        raise Refused(rows.at_identity(refusal) for refusal in refused.refusals) from refused
