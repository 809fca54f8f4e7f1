"""A table as it stands in a file: headings and columns of text, whatever the file's format, encoding and separator."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv as pacsv
from django.conf import settings
from python_calamine import CalamineError, CalamineWorkbook

from oce.vf.decimals import plain
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from oce.kit.jsonld.texts import Source

EMPTY = gettext_noop("{name} holds no table: it needs a row of headings and at least one row below.")
RAGGED = gettext_noop("Row {row} of {name} has {count} cells where the headings have {expected}. Mend the row.")
UNREADABLE = gettext_noop("{name} is not readable as a table: {fault}.")
UNPACKED = gettext_noop("{name} would take {size} MB unpacked; at most {most} MB are read. Split it.")

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_LINES = 50
_SAMPLE_LENGTH = 100_000
# The row of headings is looked for within so many characters.
_HEADINGS_LENGTH = 1_000_000
_MEGABYTE = 1024 * 1024
# An .xlsx file is packed; what it holds may be this many times the bound of the file itself.
_UNPACKED_TIMES = 4
_RAGGED_TOLD = 20
# How the newer and the older formats of workbooks begin.
_PACKED = b"PK\x03\x04"
_WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".ods"})
_WORKBOOKS = (_PACKED, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings and columns of text, a column as long as there are rows.

    `is_typed` says that the file knows numbers from texts, as workbooks do; `remarks` say how it was read.
    """

    headings: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    is_typed: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows stand below the headings."""
        return len(self.columns[0]) if self.columns else 0


def read_sheet(source: Source) -> Sheet:
    """Return the table in a file.

    Raises:
        Refused: `tables.empty`, `tables.ragged`, `tables.unreadable`, `files.too_large`.
    """
    is_workbook = source.content.startswith(_WORKBOOKS)
    if not is_workbook and PurePath(source.name).suffix.lower() in _WORKBOOK_ENDINGS:
        fault = "it is no workbook, although its name says so"
        raise Refused(Refusal("tables.unreadable", UNREADABLE, None, name=source.name, fault=fault))
    sheet = _read_workbook(source) if is_workbook else _read_text(source)
    if not sheet.headings or not sheet.rows:
        raise Refused(Refusal("tables.empty", EMPTY, None, name=source.name))
    return sheet


def _read_text(source: Source) -> Sheet:
    text, encoding = _decoded(source.content)
    if "\x00" in text:
        raise Refused(Refusal("tables.unreadable", UNREADABLE, None, name=source.name, fault="it is not text"))
    separator = _separator(text)
    lines = csv.reader(io.StringIO(text[:_HEADINGS_LENGTH], newline=""), delimiter=separator)
    headings = tuple(heading.strip() for heading in next(lines, []))
    skipped = lines.line_num
    if not any(headings) or not any(lines):
        return Sheet((), ())
    ragged: list[tuple[int, int]] = []

    def take_note(row: pacsv.InvalidRow) -> str:
        ragged.append((row.number or 0, row.actual_columns))
        return "skip"

    names = [str(number) for number in range(len(headings))]
    try:
        table = pacsv.read_csv(
            io.BytesIO(text.encode()),
            # One thread counts the rows, so that a fault can be found in the file.
            pacsv.ReadOptions(use_threads=False, column_names=names, skip_rows=skipped, block_size=8 * _MEGABYTE),
            pacsv.ParseOptions(delimiter=separator, newlines_in_values=True, invalid_row_handler=take_note),
            pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        fault = str(error).partition("\n")[0].rstrip(".")
        raise Refused(Refusal("tables.unreadable", UNREADABLE, None, name=source.name, fault=fault)) from error
    if ragged:
        raise Refused(_refuse_ragged(source.name, row, count, len(headings)) for row, count in ragged[:_RAGGED_TOLD])
    remarks = (f"read as {encoding}",) if encoding != "UTF-8" else ()
    return Sheet(headings, tuple(table.columns), remarks=remarks)


def _decoded(content: bytes) -> tuple[str, str]:
    """Return the text and what it was encoded in: what is neither UTF-8 nor UTF-16 is Western European."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Latin-1 (Windows-1252)"


def _separator(text: str) -> str:
    """Return the sign that cuts the first lines into the same number of cells, the most cells first."""
    sample = "\n".join(text[:_SAMPLE_LENGTH].splitlines()[:_SAMPLE_LINES])

    def cells(separator: str) -> tuple[bool, int]:
        counts = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if row]
        return len(set(counts)) == 1, counts[0] if counts else 0

    return max(SEPARATORS, key=lambda separator: (cells(separator)[1] > 1, *cells(separator)))


def _read_workbook(source: Source) -> Sheet:
    try:
        if source.content.startswith(_PACKED):
            _refuse_unpacked(source)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(source.content))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except (CalamineError, zipfile.BadZipFile) as error:
        fault = str(error).rstrip(".")
        raise Refused(Refusal("tables.unreadable", UNREADABLE, None, name=source.name, fault=fault)) from error
    filled = [row for row in rows if any(cell != "" for cell in row)]
    if not filled:
        return Sheet((), ())
    headings = tuple(_cell(cell).strip() for cell in filled[0])
    below = filled[1:]
    columns = [
        pa.chunked_array([[_cell(row[number]) for row in below]], pa.string()) for number in range(len(headings))
    ]
    return Sheet(headings, tuple(columns), is_typed=True)


def _refuse_unpacked(source: Source) -> None:
    with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    most = settings.OCE_UPLOAD_BYTES_MAX * _UNPACKED_TIMES
    if size > most:
        raise Refused(
            Refusal(
                "files.too_large",
                UNPACKED,
                None,
                name=source.name,
                size=size // _MEGABYTE,
                most=most // _MEGABYTE,
            )
        )


def _cell(value: Any) -> str:
    """Return a cell of a workbook as text; the shortest spelling of a binary number is what somebody typed in."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return plain(Decimal(repr(value)))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _refuse_ragged(name: str, row: int, count: int, expected: int) -> Refusal:
    return Refusal("tables.ragged", RAGGED, f"row {row}", name=name, row=row, count=count, expected=expected)


def sample(sheet: Sheet, count: int) -> list[Sequence[str]]:
    """Return the first rows of the table."""
    return [[column[row].as_py() for column in sheet.columns] for row in range(min(count, sheet.rows))]
