"""Tells the two years, day by day, up to the morning of the day on which they are told."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from oce.kit import clock
from oce.kit.identifiers import seeded_by
from oce.kit.testing.sentences import MONTHS
from oce.site.valley import album, directory
from oce.site.valley.books import EURO, HOUR, Books
from oce.site.valley.bread import Bakery, Wheels
from oce.site.valley.days import WEEKS
from oce.site.valley.entrances import open_entrances
from oce.site.valley.garden import Garden, Kitchen
from oce.site.valley.grain import Farm, Mill
from oce.site.valley.making import Bench, Makerspace
from oce.site.valley.office import Office
from oce.site.valley.people import (
    BAKERY,
    BENCH,
    COMMONS,
    FARM,
    GARDEN,
    GROUPS,
    KITCHEN,
    MILL,
    NEIGHBOURS,
    OFFICES,
    PEOPLE,
    SHOP,
    SOIL,
    STATION,
    SUBTITLES,
    WHEELS,
    WORDS,
    coordinator_of,
)  # fmt: skip
from oce.site.valley.promises import promise
from oce.site.valley.shop import Shop, Wages
from oce.site.valley.street import Street
from oce.site.valley.words import Translators

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from oce.site.valley.days import Doing

SEED = "valley"
# What happened in these last days is written down wish by wish, so that the journal names who did what.
LIVE_DAYS = 10
# On the last day only what happens before this hour is told: whoever opens the demo adds the rest of the day.
LAST_HOUR = time(9, 30)
# What each group has in its purse when the two years begin.
PURSES = {
    FARM: 4200, MILL: 3100, BAKERY: 2600, SHOP: 3800, WHEELS: 1500, GARDEN: 1900, KITCHEN: 1400, WORDS: 2400, OFFICES: 900,
    SUBTITLES: 700, BENCH: 1200, SOIL: 2200, STATION: 1300, NEIGHBOURS: 800, COMMONS: 500,
}  # fmt: skip
# What an hour is paid at most.
RATES = {
    FARM: "17.50", MILL: "18.00", BAKERY: "19.00", SHOP: "15.00", WHEELS: "16.00", GARDEN: "15.00", KITCHEN: "14.00",
    WORDS: "22.00", OFFICES: "22.00", SUBTITLES: "22.00", SOIL: "16.00", BENCH: "8.00", STATION: "12.00",
}  # fmt: skip


def first_day(today: date, weeks: int = WEEKS) -> date:
    """Return the Monday so many weeks before the week of `today`."""
    return today - timedelta(days=today.weekday(), weeks=weeks)


def tell(today: date, zone: ZoneInfo, progress: Callable[[str], None] = lambda _: None, *, weeks: int = WEEKS) -> Books:
    """Write down the valley, for the same day always the same, and return its books.

    Args:
        today: the day on whose morning the telling ends.
        zone: where the valley lies.
        progress: is told now and then how far the telling has come.
        weeks: how many weeks are told before this one.
    """
    begins = first_day(today, weeks)
    at = datetime.combine(begins, time(6), zone)
    with seeded_by(SEED):
        with clock.standing_at(at):
            books = Books(directory.write_down(), zone, at)
            books.adopt()
        doings = _doings(books)
        _open_purses(books, at)
        for doing in doings:
            doing.begin(at)
        for number in range((today - begins).days + 1):
            day = begins + timedelta(days=number)
            if (today - day).days == LIVE_DAYS:
                books.go_on_live()
            _tell_day(doings, day, zone, LAST_HOUR if day == today else time.max)
            if day.day == 1 and day.month in {1, 4, 7, 10}:
                progress(f"  {MONTHS[day.month - 1]} {day.year}")
        with clock.standing_at(books.now):
            promise(books, datetime.combine(today, time(8), zone))
            open_entrances(books)
            album.fill(books.actor("Theresa Maier"), books.directory)
    return books


def _doings(books: Books) -> Sequence[Doing]:
    rates = {group: (coordinator_of(group), Decimal(rate)) for group, rate in RATES.items()}
    return (
        Farm(books), Mill(books), Bakery(books), Wheels(books), Garden(books), Kitchen(books), Shop(books),
        Translators(books), Makerspace(books), Bench(books), Street(books), Office(books), Wages(books, rates),
    )  # fmt: skip


def _open_purses(books: Books, at: datetime) -> None:
    for group in (each.name for each in GROUPS if each.name in PURSES):
        with books.wish(coordinator_of(group), group, at) as told:
            told.begin(books.stock(group, EURO), Decimal(PURSES[group]), "counted at the beginning")
    for person in PEOPLE:
        with books.wish(person.name, person.name, at) as told:
            told.begin(books.stock(person.name, EURO), Decimal(260))
            if {NEIGHBOURS, OFFICES} & set(person.groups):
                told.begin(books.stock(person.name, HOUR), Decimal(12), "every neighbour begins with twelve")


def _tell_day(doings: Sequence[Doing], day: date, zone: ZoneInfo, until: time) -> None:
    steps = [step for doing in doings for step in doing.steps(day)]
    for hour, act in sorted(steps, key=lambda step: step[0]):
        if hour <= until:
            act(datetime.combine(day, hour, zone))
