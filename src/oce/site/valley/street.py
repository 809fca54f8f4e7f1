"""The neighbours: tools that are lent, things that are mended, and visits for an hour in return."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from oce.site.valley.books import HOUR, in_words
from oce.site.valley.chance import Chance
from oce.site.valley.days import SATURDAY, is_last_of_month
from oce.site.valley.people import NEIGHBOURS, PEOPLE, REPAIR, TOOLS, members_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from oce.site.valley.books import Books
    from oce.site.valley.days import Step

LENT = (("Ladder", "Long ladder"), ("Drill", "Hammer drill"), ("Cargo trailer", "Bicycle trailer"))
BROKEN = ("Toaster", "Bicycle", "Sewing machine", "Radio", "Lamp", "Winter coat", "Coffee grinder", "Chair", "Kettle")
VISITS = ("Shopping together", "Reading aloud", "A walk by the river", "Help with the papers", "Cooking for two")


class Street:
    """Lends, mends and looks in on each other."""

    def __init__(self, books: Books) -> None:
        """Know the books, and the neighbours."""
        self.books = books
        self.chance = Chance("street")
        self.people = members_of(NEIGHBOURS)
        self.menders = members_of(REPAIR)

    def begin(self, at: datetime) -> None:
        """Write down the tools in the shed."""
        with self.books.wish("Tariq Aziz", TOOLS, at) as told:
            for kind, name in LENT:
                told.begin(self.books.stock(TOOLS, kind, name=name), Decimal(1))

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if self.chance.happens(65):
            yield time(self.chance.number(10, 19), self.chance.number(0, 59)), self._visit
        if self.chance.happens(35):
            yield time(self.chance.number(9, 18), 30), self._lend
        if is_last_of_month(day, SATURDAY):
            yield time(17), self._mend

    def _visit(self, at: datetime) -> None:
        helper, neighbour = self.chance.some_of(self.people, 2)
        purse = self.books.purse(neighbour, HOUR)
        if purse is None or purse.amount < 2:
            return
        hours = self.chance.amount("1", "2", "0.5")
        with self.books.wish(helper, NEIGHBOURS, at) as told:
            told.work(helper, "Care work", hours, self.chance.one_of(VISITS))
            told.pay(neighbour, helper, hours, HOUR)

    def _lend(self, at: datetime) -> None:
        kind, name = self.chance.one_of(LENT)
        borrower = self.chance.one_of(PEOPLE).name
        with self.books.wish(borrower, borrower, at) as told:
            told.use(self.books.stock(TOOLS, kind, name=name), self.chance.amount("1", "8"))

    def _mend(self, at: datetime) -> None:
        begins = at - timedelta(hours=5)
        name = f"Repair Café, {in_words(at.date())}"
        process = self.books.process("Josef Huber", REPAIR, "Repair day", name, begins, at)
        with self.books.wish("Josef Huber", REPAIR, at, process) as told:
            for person in self.chance.some_of(self.menders, 4):
                told.work(person, "Repairing", self.chance.amount("2", "5", "0.5"), self.chance.one_of(BROKEN))
            for guest in self.chance.some_of([each.name for each in PEOPLE], self.chance.number(5, 9)):
                told.deliver("Repair", Decimal(1), guest)
