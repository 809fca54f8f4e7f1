"""The makers at the old station: open hardware on the bench, and machines for everybody."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from oce.site.valley.books import in_words
from oce.site.valley.chance import Chance
from oce.site.valley.days import FRIDAY, MONDAY, SATURDAY, SUNDAY, THURSDAY, TUESDAY, is_first_of_month
from oce.site.valley.people import BENCH, FARM, GARDEN, NEIGHBOURS, PEOPLE, SOIL, STATION, members_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from oce.site.valley.books import Books, Stock
    from oce.site.valley.days import Step

DESIGNS = ("Soil probe", "Weather mast", "Rain gauge", "Hive scale")
# What goes into one soil probe.
PARTS = {"Circuit board": Decimal(1), "Sensor chip": Decimal(3), "Battery": Decimal(2), "Filament": Decimal("0.12")}
PART_PRICES = {"Circuit board": "6.20", "Sensor chip": "4.10", "Battery": "1.30", "Filament": "21.00"}
PROBE_PRICE = Decimal(118)
BUYERS = ("Meadow School", "River Clinic", FARM, GARDEN, NEIGHBOURS)
NOTES = {
    "Design work": ("Drawing the case anew", "Sketching the mast foot", "Comparing sensors", "Choosing a connector"),
    "Programming": ("Reading three depths at once", "Less power in sleep", "Radio that waits for the sun", "Bug hunt"),
    "Documenting": (
        "Photos of each step",
        "Parts list",
        "Answers to questions from elsewhere",
        "Manual in plain words",
    ),
}


class Bench:
    """Designs in the open, buys parts, builds soil probes, tests them, and sells those that pass."""

    def __init__(self, books: Books) -> None:
        """Know the books, and those who work here."""
        self.books = books
        self.chance = Chance("bench")
        self.people = members_of(BENCH)
        self.team = members_of(SOIL)

    def begin(self, at: datetime) -> None:
        """Write down the designs and the tools."""
        with self.books.wish("Aiko Tanaka", BENCH, at) as told:
            for name in DESIGNS:
                design = self.books.stock(BENCH, "Design", name=f"{name}, drawings and code")
                told.begin(design, Decimal(1))
            solder = self.books.stock(BENCH, "Soldering station", name="Soldering station by the window")
            told.begin(solder, Decimal(1))
        with self.books.wish("Mateo Silva", SOIL, at) as told:
            for part, amount in PARTS.items():
                told.begin(self.books.stock(SOIL, part), (amount * 12).quantize(Decimal(1)))

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if is_first_of_month(day, TUESDAY):
            yield time(10, 30), self._buy
        if day.weekday() in {MONDAY, THURSDAY}:
            yield time(20, 15), self._evening
        if is_first_of_month(day, SATURDAY):
            yield time(16), self._build
        if is_first_of_month(day, FRIDAY):
            yield time(14), self._sell

    def _buy(self, at: datetime) -> None:
        with self.books.wish("Mateo Silva", SOIL, at) as told:
            price = Decimal(0)
            for part, amount in PARTS.items():
                stock = self.books.stock(SOIL, part)
                bought = (amount * 10).quantize(Decimal(1)) if stock.amount < amount * 10 else Decimal(0)
                if bought:
                    told.receive("Harbour Electronics", stock, bought, "Parts shelf")
                    price += bought * Decimal(PART_PRICES[part])
            if price:
                told.pay(SOIL, "Harbour Electronics", price)

    def _evening(self, at: datetime) -> None:
        design = self.books.stock(BENCH, "Design", name=f"{self.chance.one_of(DESIGNS)}, drawings and code")
        kind = self.chance.one_of(tuple(NOTES))
        stage = {"Design work": "Designing", "Programming": "Prototyping", "Documenting": "Documenting"}[kind]
        people = self.chance.some_of(self.people, self.chance.number(1, 3))
        subject = design.name.split(",", maxsplit=1)[0]
        name = f"{stage}: {subject}, {in_words(at.date())}"
        process = self.books.process(people[0], BENCH, stage, name, at - timedelta(hours=3), at)
        with self.books.wish(people[0], BENCH, at, process) as told:
            told.cite(design)
            for person in people:
                told.work(person, kind, self.chance.amount("1", "3", "0.25"), self.chance.one_of(NOTES[kind]))
            if kind == "Programming":
                tool = self.books.stock(BENCH, "Soldering station", name="Soldering station by the window")
                told.use(tool, self.chance.amount("0.5", "2", "0.5"))

    def _build(self, at: datetime) -> None:
        there = min(self.books.stock(SOIL, part).amount // amount for part, amount in PARTS.items())
        count = min(there, self.chance.amount("6", "9"))
        if count < 3:
            return
        process = self.books.process(
            "Mateo Silva", SOIL, "Assembly", f"Soil probes, {in_words(at.date())}", at - timedelta(hours=6), at
        )
        probes = self.books.stock(SOIL, "Soil probe", f"SP-{at:%y%m}")
        design = self.books.stock(BENCH, "Design", name="Soil probe, drawings and code")
        with self.books.wish("Mateo Silva", SOIL, at, process) as told:
            for part, amount in PARTS.items():
                told.consume(self.books.stock(SOIL, part), amount * count)
            told.cite(design)
            told.use(self.books.stock(STATION, "3D printer", name="Printer Ada"), Decimal(5))
            for person in self.chance.some_of(self.team, 3):
                told.work(person, "Assembly work", self.chance.amount("3", "6", "0.5"))
            told.produce(probes, count, "Parts shelf")
        self._test(at + timedelta(hours=2), probes)

    def _test(self, at: datetime, probes: Stock) -> None:
        begins = at - timedelta(hours=1)
        name = f"Test of soil probes {probes.lot}"
        process = self.books.process("Priya Nair", SOIL, "Testing", name, begins, at)
        with self.books.wish("Priya Nair", SOIL, at, process) as told:
            told.accept(probes)
            told.work("Priya Nair", "Testing work", self.chance.amount("1", "2.5", "0.25"))
            told.give_back(probes, "tested")
        if self.chance.happens(30):
            with self.books.wish("Priya Nair", SOIL, at) as told:
                told.lose(probes, Decimal(1), "did not pass: taken apart for spare parts")

    def _sell(self, at: datetime) -> None:
        for buyer in self.chance.some_of(BUYERS, 2):
            purse = self.books.purse(buyer)
            portions = self.books.taken(SOIL, "Soil probe", Decimal(self.chance.number(2, 4)))
            if not portions or (purse is not None and purse.amount < 900):
                continue
            agreement = self.books.agreement("Aiko Tanaka", f"Soil probes for {buyer}, {in_words(at.date())}")
            with self.books.wish("Aiko Tanaka", SOIL, at, under=agreement) as told:
                for stock, portion in portions:
                    is_inside = purse is not None
                    told.hand(stock, portion, self.books.stock(buyer, stock.kind, stock.lot) if is_inside else buyer)
                told.pay(buyer, SOIL, sum((portion for _, portion in portions), Decimal(0)) * PROBE_PRICE)


class Makerspace:
    """Lends its machines by the hour, looks after them, and builds things of wood for the valley."""

    def __init__(self, books: Books) -> None:
        """Know the books, those who look after the machines, and those who use them."""
        self.books = books
        self.chance = Chance("makerspace")
        self.people = members_of(STATION)
        self.users = [each.name for each in PEOPLE if each.name not in self.people]

    def begin(self, at: datetime) -> None:
        """Write down the machines."""
        machines = {"Printer Ada": "3D printer", "Laser Iris": "Laser cutter", "Big saw": "Table saw"}
        with self.books.wish("Leo Fischer", STATION, at) as told:
            for name, kind in machines.items():
                told.begin(self.books.stock(STATION, kind, name=name), Decimal(1))
            told.begin(self.books.stock(STATION, "Boards of wood", f"H-{at:%y%m}"), Decimal(40))

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if day.weekday() == SUNDAY:
            return
        if self.chance.happens(70):
            yield time(self.chance.number(14, 20), self.chance.number(0, 59)), self._use
        if day.weekday() == TUESDAY:
            yield time(21), self._care
        if is_first_of_month(day, MONDAY) and day.month % 2:
            yield time(9, 45), self._buy
        if day.weekday() == FRIDAY and self.chance.happens(45):
            yield time(19, 30), self._build

    def _use(self, at: datetime) -> None:
        user = self.chance.one_of(self.users)
        purse = self.books.purse(user)
        if purse is None or purse.amount < 30:
            return
        machines = (("3D printer", "Printer Ada"), ("Laser cutter", "Laser Iris"), ("Table saw", "Big saw"))
        kind, name = self.chance.one_of(machines)
        hours = self.chance.amount("0.5", "3", "0.5")
        with self.books.wish(user, user, at) as told:
            told.use(self.books.stock(STATION, kind, name=name), hours)
            told.pay(user, STATION, hours * 3)

    def _care(self, at: datetime) -> None:
        for person in self.chance.some_of(self.people, 2):
            with self.books.wish(person, STATION, at) as told:
                note = self.chance.one_of(("Open evening", "New saw blade", "Introduction for newcomers", "Tidying up"))
                told.work(person, "Workshop care", self.chance.amount("1.5", "3.5", "0.5"), note)

    def _buy(self, at: datetime) -> None:
        with self.books.wish("Leo Fischer", STATION, at) as told:
            wood = self.books.stock(STATION, "Boards of wood", f"H-{at:%y%m}-N")
            told.receive("Northwood Sawmill", wood, Decimal(30), "Wood workshop")
            told.pay(STATION, "Northwood Sawmill", Decimal("156.00"))

    def _build(self, at: datetime) -> None:
        kind, each, price, buyer = self.chance.one_of((
            ("Nesting box", Decimal("1.2"), Decimal(16), "Meadow School"),
            ("Seed bed frame", Decimal("4.8"), Decimal(42), "Guests of the shop"),
        ))  # fmt: skip
        wood = self.books.total(STATION, "Boards of wood")
        count = min(Decimal(self.chance.number(1, 3)), wood // each)
        if not count:
            return
        people = self.chance.some_of(self.people, 2)
        name = f"{kind}, {in_words(at.date())}"
        process = self.books.process(people[0], STATION, "Woodwork", name, at - timedelta(hours=4), at)
        made = self.books.stock(STATION, kind, f"{kind[0]}B-{at:%y%m%d}")
        with self.books.wish(people[0], STATION, at, process) as told:
            told.consume_some(STATION, "Boards of wood", each * count)
            told.use(self.books.stock(STATION, "Table saw", name="Big saw"), Decimal("1.5"))
            for person in people:
                told.work(person, "Woodworking", self.chance.amount("1.5", "4", "0.5"))
            told.produce(made, count, "Wood workshop")
        with self.books.wish(people[0], STATION, at + timedelta(minutes=10)) as told:
            told.hand(made, count, buyer)
            told.pay(buyer, STATION, price * count)
