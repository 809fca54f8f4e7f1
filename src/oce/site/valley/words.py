"""The translators: jobs come in, are translated, reviewed, delivered and paid; letters of neighbours for hours."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from oce.site.valley.books import HOUR
from oce.site.valley.chance import Chance
from oce.site.valley.days import FRIDAY, MONDAY
from oce.site.valley.people import NEIGHBOURS, OFFICES, SUBTITLES, WORDS, members_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from oce.apps.processes.models import Process
    from oce.site.valley.books import Books
    from oce.site.valley.days import Step

LANGUAGES = ("Spanish", "Polish", "Arabic", "Portuguese", "Turkish", "French", "Farsi", "Ukrainian")
# Who asks for what, in how many words.
JOBS = (
    (
        "River Clinic",
        ("Living with asthma", "Before your operation", "Vaccination calendar", "Patient rights"),
        600,
        4200,
    ),
    ("Alderbrook Town Hall", ("Housing benefit form", "Waste calendar", "Registering a child"), 400, 2600),
    ("Town Library", ("Reading with children", "Programme of the season", "How to borrow"), 500, 1800),
    ("Meadow School", ("Letter to parents", "School rules", "A first day at school"), 300, 1500),
)
FILMS = ("The Ferryman", "Salt Roads", "My Mother's Garden", "Night Bus", "Weather Station", "Bread and Water", "Lines")
WORDS_AN_HOUR = 320
PRICE_OF_A_WORD = Decimal("0.12")
PRICE_OF_A_MINUTE = Decimal("6.50")


@dataclass(slots=True)
class Job:
    """A text on its way: what it is called, for whom, how long, in whose hands."""

    name: str
    client: str
    group: str
    translator: str
    reviewer: str
    words: int
    process: Process | None = None


class Translators:
    """Takes two to four jobs a week; each goes through two pairs of hands."""

    def __init__(self, books: Books) -> None:
        """Know the books, and those who translate."""
        self.books = books
        self.chance = Chance("translators")
        self.due: defaultdict[date, list[Callable[[datetime], None]]] = defaultdict(list)

    def begin(self, at: datetime) -> None:
        """Write down the words on which the translators have agreed."""
        with self.books.wish("Inês Carvalho", WORDS, at) as told:
            for name in ("Health glossary", "Glossary of offices"):
                told.begin(self.books.stock(WORDS, "Glossary", name=name), Decimal(1))

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if day.weekday() <= FRIDAY and self.chance.happens(48):
            yield time(9, 20), self._take
        if day.weekday() == FRIDAY and self.chance.happens(70):
            yield time(15), self._letter
        if day.month in {9, 10} and day.weekday() == MONDAY:
            yield time(10), self._film
        if day.weekday() <= FRIDAY:
            for number, act in enumerate(self.due.pop(day, ())):
                yield time(16, 5 + 6 * number), act
        elif day in self.due:
            # Whoever falls due at a weekend is done on Monday.
            self.due[day + timedelta(days=1)] += self.due.pop(day)
        if is_meeting(day):
            yield time(17), self._meet

    def _take(self, at: datetime) -> None:
        client, texts, least, most = self.chance.one_of(JOBS)
        group = OFFICES if client == "Alderbrook Town Hall" else WORDS
        translator, reviewer = self.chance.some_of(members_of(group), 2)
        name = f"{self.chance.one_of(texts)}, in {self.chance.one_of(LANGUAGES)}"
        job = Job(name, client, group, translator, reviewer, self.chance.number(least // 50, most // 50) * 50)
        days = 1 + job.words // 1500
        self.due[at.date() + timedelta(days=days)].append(lambda then: self._translate(then, job))
        job.process = self.books.process(translator, group, "Translating", name, at, None)

    def _translate(self, at: datetime, job: Job) -> None:
        assert job.process is not None  # noqa: S101 (a job is due only once it was taken)
        glossary = "Glossary of offices" if job.group == OFFICES else "Health glossary"
        hours = quarters(Decimal(job.words) / WORDS_AN_HOUR * self.chance.number(80, 120) / 100)
        text = self.books.stock(job.group, "Text", name=f"{job.name} ({at:%d/%m/%Y})")
        with self.books.wish(job.translator, job.group, at, job.process) as told:
            told.cite(self.books.stock(WORDS, "Glossary", name=glossary))
            told.work(job.translator, "Translating", hours)
            told.produce(text, Decimal(1))
        self.books.finish(job.translator, job.process, at)
        self.due[at.date() + timedelta(days=self.chance.number(1, 2))].append(
            lambda then: self._review(then, job, text.name)
        )

    def _review(self, at: datetime, job: Job, name: str) -> None:
        text = self.books.stock(job.group, "Text", name=name)
        begins = at - timedelta(hours=2)
        process = self.books.process(job.reviewer, job.group, "Reviewing", f"Review: {job.name}", begins, at)
        hours = quarters(Decimal(job.words) / WORDS_AN_HOUR / 3)
        with self.books.wish(job.reviewer, job.group, at, process) as told:
            told.accept(text)
            told.work(job.reviewer, "Reviewing", hours)
            told.give_back(text, "reviewed")
            told.deliver("Translation", Decimal(job.words), job.client)
        agreement = self.books.agreement("Inês Carvalho", f"{job.name} for {job.client}")
        with self.books.wish(job.translator, job.group, at + timedelta(minutes=20), under=agreement) as told:
            told.hand(text, Decimal(1), job.client)
            told.pay(job.client, job.group, job.words * PRICE_OF_A_WORD)

    def _letter(self, at: datetime) -> None:
        """Read a letter of an office together with a neighbour: an hour for an hour."""
        helper = self.chance.one_of(members_of(OFFICES))
        neighbour = self.chance.one_of([each for each in members_of(NEIGHBOURS) if each != helper])
        purse = self.books.purse(neighbour, HOUR)
        if purse is None or purse.amount < 1:
            return
        with self.books.wish(helper, OFFICES, at) as told:
            told.work(helper, "Translating", Decimal(1), "A letter read and answered together")
            told.pay(neighbour, helper, Decimal(1), HOUR)

    def _film(self, at: datetime) -> None:
        people = self.chance.some_of(members_of(SUBTITLES), 2)
        minutes = self.chance.number(62, 118)
        film = self.chance.one_of(FILMS)
        name = f"Subtitles: {film}, in {self.chance.one_of(LANGUAGES[:4])}"
        process = self.books.process(people[0], SUBTITLES, "Translating", name, at - timedelta(days=4), at)
        with self.books.wish(people[0], SUBTITLES, at, process) as told:
            for person in people:
                told.work(person, "Translating", quarters(Decimal(minutes) / 9))
            told.deliver("Subtitles", Decimal(minutes), "Alder Film Festival")
            told.pay("Alder Film Festival", SUBTITLES, minutes * PRICE_OF_A_MINUTE)

    def _meet(self, at: datetime) -> None:
        for person in self.chance.some_of(members_of(WORDS), 4):
            with self.books.wish(person, WORDS, at) as told:
                told.work(person, "Office work", Decimal("1.5"), "Monthly meeting: jobs, words, money")


def is_meeting(day: date) -> bool:
    """Return whether the translators meet: on the second Wednesday of a month."""
    return day.weekday() == 2 and 8 <= day.day <= 14


def quarters(hours: Decimal) -> Decimal:
    """Return hours rounded to quarters, a quarter at least."""
    return max((hours * 4).quantize(Decimal(1)), Decimal(1)) / 4
