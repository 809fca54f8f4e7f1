"""The days a page is about: a month, a quarter, a year, or all of them. Named in the address as 2026-11, 2026-Q4, 2026, all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oce.kit import clock

if TYPE_CHECKING:
    from django.http import HttpRequest

PARAMETER = "period"
ALL = "all"
YEAR_MIN, YEAR_MAX = 1900, 2999
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole days, or all days where it has no `first`; `last` is the last day within it."""

    length: str = ALL
    first: date | None = None

    @property
    def last(self) -> date | None:
        """The last day within it, or None for all days."""
        following = self.next
        return following.first - timedelta(days=1) if following and following.first else None

    @property
    def begin(self) -> datetime | None:
        """The moment it begins by the reader's clock, or None for all days."""
        return _midnight(self.first) if self.first else None

    @property
    def end(self) -> datetime | None:
        """The moment after its last, when the next one begins, or None for all days."""
        following = self.next
        return following.begin if following else None

    @property
    def previous(self) -> Period | None:
        """The one of the same length before it."""
        return self._moved(-1)

    @property
    def next(self) -> Period | None:
        """The one of the same length after it."""
        return self._moved(1)

    @property
    def text(self) -> str:
        """The period as the address names it."""
        if self.first is None:
            return ALL
        if self.length == "month":
            return f"{self.first:%Y-%m}"
        if self.length == "quarter":
            return f"{self.first:%Y}-Q{(self.first.month + 2) // 3}"
        return f"{self.first:%Y}"

    @property
    def label(self) -> str:
        """The period as people call it."""
        if self.first is None:
            return _("All time")
        if self.length == "month":
            return date_format(self.first, pgettext("format of a month", "F Y"))
        if self.length == "quarter":
            quarter = (self.first.month + 2) // 3
            return _("Quarter {quarter} of {year}").format(quarter=quarter, year=self.first.year)
        return str(self.first.year)

    def __str__(self) -> str:
        """Return the period as the address names it."""
        return self.text

    def _moved(self, steps: int) -> Period | None:
        if self.first is None:
            return None
        months = self.first.year * 12 + self.first.month - 1 + steps * MONTHS_OF[self.length]
        return Period(self.length, date(months // 12, months % 12 + 1, 1))


def around(day: date, length: str) -> Period:
    """Return the month, quarter or year that `day` lies in, or all time for any other length."""
    months = MONTHS_OF.get(length)
    if months is None:
        return Period()
    return Period(length, date(day.year, (day.month - 1) // months * months + 1, 1))


def read(text: str) -> Period | None:
    """Return the period that `text` names, or None where it names none."""
    if text == ALL:
        return Period()
    found = _WRITTEN.fullmatch(text)
    if found is None or not YEAR_MIN <= int(found["year"]) <= YEAR_MAX:
        return None
    year = int(found["year"])
    if found["month"]:
        return Period("month", date(year, int(found["month"]), 1))
    if found["quarter"]:
        return Period("quarter", date(year, int(found["quarter"]) * 3 - 2, 1))
    return Period("year", date(year, 1, 1))


def today() -> date:
    """Return the day it is by the reader's clock."""
    return clock.now().astimezone(timezone.get_current_timezone()).date()


def offered(chosen: Period) -> list[Period]:
    """Return the periods offered beside the chosen one: the month, quarter and year it lies in, and all time."""
    day = chosen.first or today()
    return [*(around(day, length) for length in MONTHS_OF), Period()]


def of_request(request: HttpRequest) -> Period:
    """Return what the address says, else what was chosen last, else the month it is."""
    said = read(request.GET.get(PARAMETER, "")) or read(request.COOKIES.get(PARAMETER, ""))
    return said or around(today(), "month")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
