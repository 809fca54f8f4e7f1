"""Tables as CSV in UTF-8, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from oce.apps.spreadsheets.exports.tables import columns_of, rows
from oce.kit.formulas import guarded
from oce.kit.jsonld.documents import moment
from oce.kit.properties import Kind
from oce.vf.decimals import plain

if TYPE_CHECKING:
    from oce.apps.spreadsheets.exports.selection import Selection
    from oce.kit.records import Record

BETWEEN = " | "
CHUNK = 5_000


def write(selection: Selection, model: type[Record], file: IO[bytes]) -> int:
    """Write the selected records of a class to `file` and return how many there were."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    columns = columns_of(model)
    writer.writerow(column.heading for column in columns)
    is_free = [column.kind in _FREE for column in columns]
    count = 0
    for chunk in selection.chunks(model, CHUNK):
        for row in rows(columns, chunk):
            writer.writerow([_cell(value, is_free=free) for value, free in zip(row, is_free, strict=True)])
            count += 1
    text.flush()
    text.detach()
    return count


def _cell(value: Any, *, is_free: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    text = BETWEEN.join(value) if isinstance(value, list) else str(value)
    return guarded(text) if is_free else text


_FREE = {Kind.TEXT, Kind.LONG_TEXT, Kind.TEXTS, Kind.URI, Kind.UNIT}
