"""From the field to the sack: what the farm grows and the mill grinds."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from oce.site.valley.books import in_words, week_code
from oce.site.valley.chance import Chance
from oce.site.valley.days import MONDAY, SUNDAY, THURSDAY, TUESDAY, is_first_of_month
from oce.site.valley.people import BAKERY, FARM, GARDEN, MILL, members_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from oce.apps.processes.models import Process
    from oce.site.valley.books import Books
    from oce.site.valley.days import Step

# What a field bears: its place, what grows there, the seed it takes, the least and the most it gives.
FIELDS = {"Wheat": ("North field", "W", 120, "11300", "12200"), "Rye": ("South field", "R", 60, "4300", "4900")}
PRICES = {"Wheat": Decimal("0.42"), "Rye": Decimal("0.38")}
SOWING, HARVEST = (3, 20), (7, 30)
CARE = ("Hoeing", "Weeding", "Walking the rows", "Mending the fence", "Hedge work", "Ditches along the river")
WINTER_CARE = ("Mending the barn roof", "Servicing the tractor", "Cutting the hedges", "Cleaning seed", "Bookkeeping")


class Farm:
    """Grows wheat and rye, dries them, and sells them to the mill month by month."""

    def __init__(self, books: Books) -> None:
        """Know the books, and those who work here."""
        self.books = books
        self.chance = Chance("farm")
        self.people = members_of(FARM)
        self.growing: dict[str, Process] = {}

    def begin(self, at: datetime) -> None:
        """Write down what lies in the barn after the first harvest."""
        with self.books.wish("Hilde Brandt", FARM, at) as told:
            for grain, (_, letter, *_) in FIELDS.items():
                lot = f"{letter}-{at.year % 100}-0"
                amount = Decimal(9300) if grain == "Wheat" else Decimal(3500)
                told.begin(self.books.stock(FARM, grain, lot), amount, "counted in the barn")
            told.begin(self.books.stock(FARM, "Tractor", name="Red tractor"), Decimal(1))

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if day.weekday() == SUNDAY:
            return
        if is_first_of_month(day, MONDAY):
            yield time(8), self._sell
        if (day.month, day.day) == SOWING or ((day.month, day.day) == (3, 21) and not self.growing):
            yield time(7), self._sow
        if self.growing and (day.month, day.day) >= HARVEST and day.month < 9:
            yield time(10), self._harvest
        is_season = 3 <= day.month <= 10
        if self.chance.happens(48 if is_season else 25):
            yield time(17, self.chance.number(0, 50)), self._care

    def _sow(self, at: datetime) -> None:
        year = str(at.year)
        with self.books.wish("Hilde Brandt", FARM, at - timedelta(hours=1)) as told:
            seed = self.books.stock(FARM, "Seed", f"S-{year[2:]}")
            told.receive("Harbour Wholesale", seed, Decimal(180), "Barn")
            told.pay(FARM, "Harbour Wholesale", Decimal(216))
        for grain, (field, _, amount, *_) in FIELDS.items():
            name = f"{grain} on the {field.lower()}, {year}"
            process = self.books.process("Hilde Brandt", FARM, "Growing", name, at, None)
            self.growing[grain] = process
            with self.books.wish("Hilde Brandt", FARM, at + timedelta(hours=7), process) as told:
                told.consume_some(FARM, "Seed", Decimal(amount))
                told.work("Hilde Brandt", "Field work", Decimal(6))
                told.use(self.books.stock(FARM, "Tractor", name="Red tractor"), Decimal(5))

    def _care(self, at: datetime) -> None:
        season = list(self.growing.values())
        process = self.chance.one_of(season) if season else None
        for person in self.chance.some_of(self.people, self.chance.number(1, 3) if season else 1):
            with self.books.wish(person, FARM, at, process) as told:
                note = self.chance.one_of(CARE if season else WINTER_CARE)
                told.work(person, "Field work", self.chance.amount("2", "6.5", "0.5"), note)

    def _harvest(self, at: datetime) -> None:
        for grain, process in self.growing.items():
            field, letter, _, least, most = FIELDS[grain]
            stock = self.books.stock(FARM, grain, f"{letter}-{at.year % 100}")
            with self.books.wish("Hilde Brandt", FARM, at + timedelta(hours=8), process) as told:
                for person in self.people:
                    told.work(person, "Field work", self.chance.amount("7", "10"), "Harvest")
                told.use(self.books.stock(FARM, "Tractor", name="Red tractor"), Decimal(9))
                told.produce(stock, self.chance.amount(least, most, "10"), "Barn")
            self.books.finish("Hilde Brandt", process, at + timedelta(hours=9))
            name = f"Drying the {grain.lower()} of the {field.lower()}, {at.year}"
            drying = self.books.process("Ruth Adler", FARM, "Drying", name, at + timedelta(hours=9), None)
            with self.books.wish("Ruth Adler", FARM, at + timedelta(hours=9), drying) as told:
                told.accept(stock)
                told.work("Ruth Adler", "Field work", Decimal(3), "Turning the grain")
                told.give_back(stock, "dry")
            with self.books.wish("Ruth Adler", FARM, at + timedelta(hours=10)) as told:
                told.lose(stock, (stock.amount * 3 / 100).quantize(Decimal(1)), "water lost in drying")
            self.books.finish("Ruth Adler", drying, at + timedelta(hours=10))
        self.growing = {}

    def _sell(self, at: datetime) -> None:
        agreement = self.books.agreement("Jonas Weber", f"Grain in {in_words(at.date()).split(' ', 1)[1]}")
        with self.books.wish("Jonas Weber", MILL, at, under=agreement) as told:
            for grain, wanted in (("Wheat", Decimal(890)), ("Rye", Decimal(370))):
                sold = Decimal(0)
                for stock, portion in self.books.taken(FARM, grain, wanted):
                    told.hand(stock, portion, self.books.stock(MILL, grain, stock.lot), "Mill store")
                    sold += portion
                if sold:
                    told.pay(MILL, FARM, sold * PRICES[grain])


class Mill:
    """Grinds wheat on Tuesdays and rye on Thursdays, and sells flour to the bakery on Mondays."""

    def __init__(self, books: Books) -> None:
        """Know the books, and those who work here."""
        self.books = books
        self.chance = Chance("mill")
        self.people = members_of(MILL)

    def begin(self, at: datetime) -> None:
        """Write down the mill's machine and what flour there is."""
        with self.books.wish("Jonas Weber", MILL, at) as told:
            machine = self.books.stock(MILL, "Roller mill", name="Old Bertha")
            if not machine.is_born:
                told.begin(machine, Decimal(1))
            for flour, amount in (("Flour", Decimal(240)), ("Rye flour", Decimal(110))):
                told.begin(self.books.stock(MILL, flour, f"{flour[0]}-{week_code(at)}-0"), amount)
            for grain, amount in (("Wheat", Decimal(400)), ("Rye", Decimal(160))):
                told.begin(self.books.stock(MILL, grain, f"{grain[0]}-{at.year % 100}-M"), amount)

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if day.weekday() == TUESDAY:
            yield time(13), lambda at: self._mill(at, "Wheat", "Flour", Decimal(204), Decimal("0.76"))
        if day.weekday() == THURSDAY:
            yield time(12), lambda at: self._mill(at, "Rye", "Rye flour", Decimal(84), Decimal("0.80"))
        if day.weekday() == MONDAY:
            yield time(7, 30), self._sell
        if is_first_of_month(day, THURSDAY):
            yield time(16), self._sell_bran

    def _mill(self, at: datetime, grain: str, flour: str, wanted: Decimal, share: Decimal) -> None:
        portions = self.books.taken(MILL, grain, wanted + self.chance.amount("-16", "16", "4"))
        amount = sum((portion for _, portion in portions), Decimal(0))
        if amount < 20:
            return
        who = self.chance.one_of(self.people)
        begins = at - timedelta(hours=5)
        process = self.books.process(
            who, MILL, "Milling", f"Milling {grain.lower()}, {in_words(at.date())}", begins, at
        )
        use_by = at.date() + timedelta(days=180)
        stock = self.books.stock(MILL, flour, self.books.lot(who, f"{flour[0]}-{week_code(at)}", use_by))
        bran = self.books.stock(MILL, "Bran", f"B-{week_code(at)}-{grain[0]}")
        with self.books.wish(who, MILL, at, process) as told:
            for grain_stock, portion in portions:
                told.consume(grain_stock, portion)
            told.work(who, "Milling work", self.chance.amount("4", "6", "0.5"))
            told.use(self.books.stock(MILL, "Roller mill", name="Old Bertha"), Decimal(5))
            told.produce(bran, (amount * (Decimal("0.98") - share)).quantize(Decimal("0.5")), "Mill store")
            told.produce(stock, (amount * share).quantize(Decimal("0.5")), "Mill store")
        if self.chance.happens(8):
            less = -self.chance.amount("1", "4", "0.5")
            self.books.correct(who, told.drafts[-1], stock, less, "weighed again")

    def _sell(self, at: datetime) -> None:
        with self.books.wish("Jonas Weber", MILL, at) as told:
            price = Decimal(0)
            for flour, wanted, each in (("Flour", Decimal(146), "1.10"), ("Rye flour", Decimal(60), "1.20")):
                for stock, portion in self.books.taken(MILL, flour, wanted):
                    told.hand(stock, portion, self.books.stock(BAKERY, flour, stock.lot), "Mill yard")
                    price += portion * Decimal(each)
            if price:
                told.pay(BAKERY, MILL, price)

    def _sell_bran(self, at: datetime) -> None:
        with self.books.wish("Lucía Herrero", MILL, at) as told:
            for stock in self.books.lots(MILL, "Bran"):
                told.hand(stock, stock.amount, GARDEN, note="as mulch for the berries, a gift")
