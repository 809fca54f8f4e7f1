"""From the sack to the shelf: what the bakery bakes and the van carries."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from oce.site.valley.books import in_words
from oce.site.valley.chance import Chance
from oce.site.valley.days import FRIDAY, MONDAY, SATURDAY, THURSDAY, TUESDAY, is_first_of_month
from oce.site.valley.people import BAKERY, SHOP, WHEELS, members_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from oce.apps.processes.models import Process
    from oce.site.valley.books import Books, Stock
    from oce.site.valley.days import Step

# Of each bread: its flour, the letter of its lots, the flour of a loaf, what the shop pays for it.
BREADS = {
    "Bread": ("Flour", "L", Decimal("0.60"), Decimal("2.60")),
    "Rye bread": ("Rye flour", "Y", Decimal("0.55"), Decimal("2.90")),
}
BAKING_DAYS = {TUESDAY, THURSDAY, SATURDAY}
SALT_SHARE = Decimal("0.02")
TOUR_PRICE = Decimal(14)


class Bakery:
    """Bakes three mornings a week, and sells nearly all of it to the shop before it opens."""

    def __init__(self, books: Books) -> None:
        """Know the books, and those who work here."""
        self.books = books
        self.chance = Chance("bakery")
        self.people = members_of(BAKERY)

    def begin(self, at: datetime) -> None:
        """Write down the oven, the recipe, and what there is to begin with."""
        with self.books.wish("Ana Ruiz", BAKERY, at) as told:
            for kind, name in (("Oven", "Vesta"), ("Recipe", "Country loaf"), ("Recipe", "Rye sourdough")):
                thing = self.books.stock(BAKERY, kind, name=name)
                if not thing.is_born:
                    told.begin(thing, Decimal(1))
            for kind, amount in (("Flour", 90), ("Rye flour", 40), ("Salt", 18)):
                lot = f"{kind[0]}-{at.year % 100}-B"
                told.begin(self.books.stock(BAKERY, kind, lot), Decimal(amount))

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if is_first_of_month(day, MONDAY) and day.month % 3 == 1:
            yield time(10), self._buy_salt
        if day.weekday() in BAKING_DAYS:
            yield time(6, 10), self._bake
        else:
            yield time(7, 20), self._feed
        if day.weekday() == FRIDAY and self.chance.happens(40):
            yield time(15, 20), self._clean

    def _buy_salt(self, at: datetime) -> None:
        with self.books.wish("Ana Ruiz", BAKERY, at) as told:
            salt = self.books.stock(BAKERY, "Salt", f"N-{at.year % 100}{at.month:02}")
            told.receive("Harbour Wholesale", salt, Decimal(30), "Bakehouse")
            told.pay(BAKERY, "Harbour Wholesale", Decimal("19.50"))

    def _bake(self, at: datetime) -> None:
        bakers = self.chance.some_of(self.people, 2)
        name = f"Baking, {in_words(at.date())}"
        process = self.books.process(bakers[0], BAKERY, "Baking", name, at - timedelta(hours=4), at)
        baked: list[Stock] = []
        with self.books.wish(bakers[0], BAKERY, at, process) as told:
            for bread, loaves in (("Bread", self.chance.number(70, 86)), ("Rye bread", self.chance.number(30, 40))):
                flour, letter, share, _ = BREADS[bread]
                there = self.books.total(BAKERY, flour)
                count = min(Decimal(loaves), there // share)
                if count:
                    told.consume_some(BAKERY, flour, count * share)
                    told.consume_some(BAKERY, "Salt", count * share * SALT_SHARE)
                    use_by = at.date() + timedelta(days=5)
                    lot = self.books.lot(bakers[0], f"{letter}-{at:%y%m%d}", use_by)
                    stock = self.books.stock(BAKERY, bread, lot)
                    baked.append(stock)
                    told.produce(stock, count, "Bakehouse")
            told.cite(self.books.stock(BAKERY, "Recipe", name="Country loaf"))
            told.use(self.books.stock(BAKERY, "Oven", name="Vesta"), Decimal(4))
            for baker in bakers:
                told.work(baker, "Baking work", self.chance.amount("4", "5.5", "0.25"))
        if self.chance.happens(5) and baked:
            burnt = -self.chance.amount("2", "5")
            event = next(each for each in told.drafts if each.action == "produce")
            self.books.correct(bakers[1], event, baked[0], burnt, "counted once more: some were burnt")
        self._sell(at + timedelta(minutes=15), baked)

    def _sell(self, at: datetime, baked: list[Stock]) -> None:
        with self.books.wish("Ana Ruiz", BAKERY, at) as told:
            price = Decimal(0)
            for stock in baked:
                price += stock.amount * BREADS[stock.kind][3]
                told.hand(stock, stock.amount, self.books.stock(SHOP, stock.kind, stock.lot), "Bakehouse")
            if price:
                told.pay(SHOP, BAKERY, price)

    def _feed(self, at: datetime) -> None:
        baker = self.chance.one_of(self.people)
        with self.books.wish(baker, BAKERY, at) as told:
            told.work(baker, "Baking work", self.chance.amount("0.25", "0.75", "0.25"), "Feeding the sourdough")

    def _clean(self, at: datetime) -> None:
        baker = self.chance.one_of(self.people)
        with self.books.wish(baker, BAKERY, at) as told:
            told.work(baker, "Baking work", self.chance.amount("1", "2.5", "0.5"), "Cleaning the oven and the floor")


class Wheels:
    """Carries the bread to the shop every morning, and the flour to the bakery on Mondays."""

    def __init__(self, books: Books) -> None:
        """Know the books, and those who drive."""
        self.books = books
        self.chance = Chance("wheels")
        self.people = members_of(WHEELS)
        self.tours = {BAKERY: 0, SHOP: 0}

    def begin(self, at: datetime) -> None:
        """Write down the van and the trailer."""
        with self.books.wish("Mira Petrović", WHEELS, at) as told:
            for kind, name in (("Van", "Blue van"), ("Cargo trailer", "Long trailer")):
                thing = self.books.stock(WHEELS, kind, name=name)
                if not thing.is_born:
                    told.begin(thing, Decimal(1))

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if day.weekday() == MONDAY:
            yield time(9), lambda at: self._tour(at, BAKERY, ("Flour", "Rye flour"), "Bakehouse")
        elif day.weekday() in BAKING_DAYS:
            yield time(8), lambda at: self._tour(at, SHOP, ("Bread", "Rye bread"), "Shop")
        if is_first_of_month(day, MONDAY):
            yield time(18), self._settle

    def _tour(self, at: datetime, customer: str, kinds: tuple[str, ...], to: str) -> None:
        fresh = [stock for kind in kinds for stock in self.books.lots(customer, kind) if stock.since == at.date()]
        if not fresh:
            return
        driver = self.chance.one_of(self.people)
        hours = self.chance.amount("0.5", "1.25", "0.25")
        begins = at - timedelta(hours=1)
        name = f"Tour to the {to.lower()}, {in_words(at.date())}"
        process: Process = self.books.process(driver, WHEELS, "Transport", name, begins, at)
        with self.books.wish(driver, WHEELS, at, process) as told:
            for stock in fresh:
                told.load(stock, stock.amount)
            told.work(driver, "Driving", hours)
            told.use(self.books.stock(WHEELS, "Van", name="Blue van"), hours)
            for stock in fresh:
                told.unload(stock, stock.amount, to)
            told.deliver("Delivery", Decimal(1), customer)
        self.tours[customer] += 1

    def _settle(self, at: datetime) -> None:
        for customer, count in self.tours.items():
            if count:
                with self.books.wish("Mira Petrović", WHEELS, at) as told:
                    told.pay(customer, WHEELS, count * TOUR_PRICE, note=f"{count} tours")
        self.tours = dict.fromkeys(self.tours, 0)
