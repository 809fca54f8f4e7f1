"""What somebody does on the same days of every week: the papers of the commons, the plan of the bread, labels for jars."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from oce.site.valley.chance import Chance
from oce.site.valley.days import FRIDAY, MONDAY, SATURDAY, THURSDAY, TUESDAY, WEDNESDAY
from oce.site.valley.people import BAKERY, COMMONS, KITCHEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from oce.site.valley.books import Books
    from oce.site.valley.days import Step


class Chore(NamedTuple):
    """What somebody does every week: who, for which group, on which days, what kind of work, and in words."""

    person: str
    group: str
    days: tuple[int, ...]
    kind: str
    note: str


CHORES = (
    Chore("Ana Ruiz", BAKERY, (MONDAY, FRIDAY), "Baking work", "The plan for the next bread"),
    Chore("Rosa Bianchi", KITCHEN, (WEDNESDAY, SATURDAY), "Jam making", "Labels for the jars"),
    Chore("Nikolai Weiss", COMMONS, (TUESDAY, FRIDAY), "Office work", "The books of all groups"),
    Chore("Theresa Maier", COMMONS, (MONDAY, THURSDAY), "Office work", "Letters and calls"),
)


class Office:
    """Does what comes back every week."""

    def __init__(self, books: Books) -> None:
        """Know the books."""
        self.books = books
        self.chance = Chance("office")

    def begin(self, at: datetime) -> None:
        """Nothing is there on the first day but time."""

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        for chore in CHORES:
            if day.weekday() in chore.days:
                yield time(8, 40), partial(self._do, chore)

    def _do(self, chore: Chore, at: datetime) -> None:
        with self.books.wish(chore.person, chore.group, at) as told:
            told.work(chore.person, chore.kind, self.chance.amount("1", "3", "0.5"), chore.note)
