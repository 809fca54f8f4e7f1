"""Pictures of figures: bars, lines, heat-maps, flows and networks, each beside the table it is drawn from.

A picture is a table first. Its first column names what is measured and the others hold amounts; for flows and networks
the columns are from, to, and how much. The script draws what the table says, so that picture, table and file are equal.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.formats import date_format, localize
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oce.kit.formulas import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import Promise

KINDS = ("bars", "stacked", "line", "heat", "sankey", "graph")
# In these the first two columns name the ends of a flow.
BETWEEN_TWO = ("sankey", "graph")
# More marks than this nobody tells apart; what is smaller is added up as "others".
MARKS_MAX = 200
# A dark ground, a light ground and a printer can keep so many apart.
SERIES_MAX = 8


@dataclass(frozen=True, slots=True)
class Named:
    """A cell that names something: in words, perhaps with an address, and for networks what it is and lies in.

    `shape` is "group", "person", "thing" or "process"; `within` the words of the group that holds it.
    """

    text: str
    url: str = ""
    shape: str = ""
    within: str = ""

    def __str__(self) -> str:
        """Return the words."""
        return self.text


Cell = str | Named | Decimal | int | date | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its table: `columns` are the heads, `rows` the cells; `unit` is what the amounts count."""

    kind: str
    title: str | Promise
    description: str | Promise
    columns: Sequence[str | Promise]
    rows: Sequence[Sequence[Cell]]
    unit: str | Promise = ""
    key: str = ""
    empty: str | Promise = field(default="")

    @property
    def name(self) -> str:
        """What the picture is called within its page and as a file."""
        return self.key or slugify(str(self.title)) or "picture"

    @property
    def ends(self) -> int:
        """How many columns name something before the amounts begin."""
        return 2 if self.kind in BETWEEN_TWO else 1

    @property
    def lines(self) -> list[list[Shown]]:
        """The rows as the page shows them."""
        return [[shown(cell, is_name=at < self.ends) for at, cell in enumerate(row)] for row in self.rows]

    @property
    def csv(self) -> str:
        """The table as a text file of commas, with exact amounts."""
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow([guarded(str(column)) for column in self.columns])
        writer.writerows([["" if cell is None else _in_file(cell) for cell in row] for row in self.rows])
        return file.getvalue()

    @property
    def csv_address(self) -> str:
        """The file as an address of its own, which needs neither a script nor a second question."""
        return "data:text/csv;charset=utf-8," + quote("\ufeff" + self.csv)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell on the page: its words, and its exact amount where it has one."""

    text: str
    is_name: bool = False
    amount: str = ""
    named: Named | None = None


def shown(cell: Cell, *, is_name: bool = False) -> Shown:
    """Return a cell as the page shows it, numbers and days as the reader writes them."""
    if isinstance(cell, Named):
        return Shown(cell.text, is_name, named=cell)
    if cell is None:
        return Shown("", is_name)
    if isinstance(cell, Decimal | int):
        return Shown(localize(cell, use_l10n=True), is_name, amount=_plain(cell))
    if isinstance(cell, date):
        return Shown(date_format(cell, "SHORT_DATE_FORMAT"), is_name)
    return Shown(cell, is_name)


def with_others(picture: Picture, most: int = MARKS_MAX) -> Picture:
    """Return the picture with at most `most` marks: what is smallest is added up in one, "others".

    A line keeps its rows, which are moments, and a heat-map its columns; of the ties of a network the strongest stay, and a
    last row says how many there are besides.
    """
    if picture.kind in ("bars", "stacked", "line"):
        picture = _with_fewer_columns(picture)
    rows_max = max(1, most // max(1, len(picture.columns) - picture.ends))
    if picture.kind == "line" or len(picture.rows) <= rows_max:
        return picture
    ordered = sorted(picture.rows, key=lambda row: -sum(map(_number, row[picture.ends :])))
    kept, rest = ordered[: rows_max - 1], ordered[rows_max - 1 :]
    words = _("{count} others").format(count=len(rest))
    names: list[Cell] = [words, None] if picture.kind == "graph" else [words] * picture.ends
    return replace(
        picture, rows=[*kept, [*names, *(_sum(rest, at) for at in range(picture.ends, len(picture.columns)))]]
    )


def _with_fewer_columns(picture: Picture) -> Picture:
    """Return the picture with no more series than one can tell apart, the smallest added up in one."""
    columns = range(1, len(picture.columns))
    if len(columns) <= SERIES_MAX:
        return picture
    ordered = sorted(columns, key=lambda at: -(_sum(picture.rows, at) or Decimal()))
    kept = sorted(ordered[: SERIES_MAX - 1])
    rest = [at for at in columns if at not in kept]
    heads = [picture.columns[0], *(picture.columns[at] for at in kept), _("{count} others").format(count=len(rest))]
    rows = [
        [row[0], *(row[at] for at in kept), sum((_number(row[at]) for at in rest), Decimal())] for row in picture.rows
    ]
    return replace(picture, columns=heads, rows=rows)


def _sum(rows: Iterable[Sequence[Cell]], at: int) -> Decimal | None:
    """Return the sum of one column, or None where it holds words."""
    cells = [row[at] for row in rows]
    return sum(map(_number, cells), Decimal()) if any(isinstance(cell, Decimal | int) for cell in cells) else None


def _number(cell: Cell) -> Decimal:
    return Decimal(cell) if isinstance(cell, Decimal | int) else Decimal()


def _in_file(cell: Cell) -> str:
    """Return a cell for a spreadsheet: words may not run as a formula, a number below nothing stays one."""
    return _plain(cell) if isinstance(cell, Decimal | int) else guarded(_plain(cell))


def _plain(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)
