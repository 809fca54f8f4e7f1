"""From the beds and trees into jars: what the garden grows and the jam kitchen keeps for winter."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from oce.site.valley.books import in_words
from oce.site.valley.chance import Chance
from oce.site.valley.days import MONDAY, SATURDAY, THURSDAY, TUESDAY, is_first_of_month
from oce.site.valley.people import GARDEN, KITCHEN, SHOP, members_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from oce.apps.processes.models import Process
    from oce.site.valley.books import Books, Stock
    from oce.site.valley.days import Step


class Crop(NamedTuple):
    """What ripens in some months: how much a harvest day brings, where, and what the shop pays for it."""

    kind: str
    months: tuple[int, ...]
    least: str
    most: str
    place: str
    price: str


CROPS = (
    Crop("Strawberries", (6,), "14", "24", "Brook Garden", "5.20"),
    Crop("Raspberries", (7,), "10", "18", "Brook Garden", "6.00"),
    Crop("Plums", (8, 9), "16", "30", "Orchard", "2.00"),
    Crop("Apples", (9, 10, 11), "30", "60", "Orchard", "1.80"),
    Crop("Lettuce", (4, 5, 6, 7, 8, 9, 10), "24", "48", "Brook Garden", "1.00"),
    Crop("Tomatoes", (7, 8, 9), "12", "26", "Glasshouse", "3.20"),
    Crop("Carrots", (7, 8, 9, 10, 11), "14", "28", "Brook Garden", "1.50"),
    Crop("Leeks", (11, 12, 1, 2, 3), "8", "16", "Brook Garden", "2.40"),
    Crop("Pumpkins", (9, 10), "20", "45", "Brook Garden", "1.40"),
)
# Which fruit becomes which jam, in which months, and the letter of its lots.
JAMS = (
    ("Strawberries", "Strawberry jam", (6, 7), "S"),
    ("Raspberries", "Raspberry jam", (7, 8), "R"),
    ("Plums", "Plum jam", (8, 9, 10), "P"),
    ("Apples", "Apple butter", (10, 11, 12), "A"),
    ("Oranges", "Marmalade", (1, 2), "M"),
)
SUMMER_CARE = (
    "Weeding",
    "Watering",
    "Planting out",
    "Mulching the berries",
    "Training the tomatoes",
    "Turning compost",
)
WINTER_CARE = ("Pruning the old trees", "Mending tools", "Ordering seed", "Turning compost", "Washing pots")
JAR = Decimal("0.34")
JAM_PRICE = Decimal("4.10")


class Garden:
    """Harvests twice a week, sells to the shop, and gives fruit to its own kitchen."""

    def __init__(self, books: Books) -> None:
        """Know the books, and those who work here."""
        self.books = books
        self.chance = Chance("garden")
        self.people = members_of(GARDEN)
        self.seasons: dict[int, Process] = {}

    def begin(self, at: datetime) -> None:
        """Write down what is stored for the winter."""
        with self.books.wish("Clara Moreau", GARDEN, at) as told:
            lot = f"A-{at.year % 100}-0"
            told.begin(self.books.stock(GARDEN, "Apples", lot), Decimal(120), "stored in the cellar")

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if day.weekday() in {TUESDAY, SATURDAY}:
            yield time(7, 40), self._harvest
        chances = 62 if 3 <= day.month <= 10 else 30
        if day.weekday() <= SATURDAY and self.chance.happens(chances):
            yield time(16, self.chance.number(0, 59)), self._care

    def _season(self, at: datetime) -> Process:
        if at.year not in self.seasons:
            if (last := self.seasons.get(at.year - 1)) is not None:
                self.books.finish("Clara Moreau", last, at - timedelta(hours=1))
            name = f"The garden year {at.year}"
            self.seasons[at.year] = self.books.process("Clara Moreau", GARDEN, "Gardening season", name, at, None)
        return self.seasons[at.year]

    def _care(self, at: datetime) -> None:
        is_summer = 3 <= at.month <= 10
        for person in self.chance.some_of(self.people, self.chance.number(1, 3) if is_summer else 1):
            with self.books.wish(person, GARDEN, at, self._season(at)) as told:
                note = self.chance.one_of(SUMMER_CARE if is_summer else WINTER_CARE)
                told.work(person, "Gardening", self.chance.amount("1.5", "4.5", "0.25"), note)

    def _harvest(self, at: datetime) -> None:
        # Some beds are picked on Tuesdays, the others on Saturdays; fruit for jam cannot wait.
        turn = at.weekday() == TUESDAY
        ripe = [
            crop
            for number, crop in enumerate(CROPS)
            if at.month in crop.months and (number < len(JAMS) - 1 or bool(number % 2) == turn)
        ]
        if not ripe:
            return
        person = self.chance.one_of(self.people)
        with self.books.wish(person, GARDEN, at, self._season(at)) as told:
            for crop in ripe:
                stock = self.books.stock(GARDEN, crop.kind, f"G-{at:%y%m%d}-{crop.kind[:3].upper()}")
                told.produce(stock, self.chance.amount(crop.least, crop.most), crop.place)
            told.work(person, "Gardening", self.chance.amount("2", "4", "0.5"), "Harvest")
        if self.chance.happens(4):
            less = -self.chance.amount("1", "3")
            self.books.correct(person, told.drafts[0], self._last(ripe[0].kind), less, "the scales were not at zero")
        self._share(at + timedelta(minutes=25), ripe)

    def _last(self, kind: str) -> Stock:
        return self.books.lots(GARDEN, kind)[-1]

    def _share(self, at: datetime, crops: list[Crop]) -> None:
        with self.books.wish("Clara Moreau", GARDEN, at) as told:
            price = Decimal(0)
            for crop in crops:
                for_jam = any(fruit == crop.kind and at.month in months for fruit, _, months, _ in JAMS)
                for stock in self.books.lots(GARDEN, crop.kind)[-2:]:
                    sold = (stock.amount * (45 if for_jam else 100) / 100).quantize(Decimal(1))
                    sold = min(sold, Decimal(20))
                    told.hand(stock, sold, self.books.stock(SHOP, crop.kind, stock.lot), "Shop")
                    price += sold * Decimal(crop.price)
                    if for_jam and stock.amount:
                        to = self.books.stock(KITCHEN, crop.kind, stock.lot)
                        told.hand(stock, min(stock.amount, Decimal(14)), to, "Jam kitchen", "for jam")
            if price:
                told.pay(SHOP, GARDEN, price)


class Kitchen:
    """Cooks on Thursdays and fills the next morning; every step says what went in and what came out."""

    def __init__(self, books: Books) -> None:
        """Know the books, and those who work here."""
        self.books = books
        self.chance = Chance("kitchen")
        self.people = members_of(KITCHEN)

    def begin(self, at: datetime) -> None:
        """Write down the kettle, and what is left of the summer."""
        with self.books.wish("Fatima Zahra Idrissi", KITCHEN, at) as told:
            told.begin(self.books.stock(KITCHEN, "Kettle", name="Copper kettle"), Decimal(1))
            told.begin(self.books.stock(KITCHEN, "Recipe", name="Jam book"), Decimal(1))
            told.begin(self.books.stock(KITCHEN, "Empty jars"), Decimal(480))
            told.begin(self.books.stock(KITCHEN, "Sugar", f"Z-{at.year % 100}-0"), Decimal(60))
            for _, jam, _, letter in JAMS[:4]:
                use_by = at.date() + timedelta(days=420)
                lot = self.books.lot("Fatima Zahra Idrissi", f"J-{at.year % 100}-{letter}0", use_by)
                told.begin(self.books.stock(KITCHEN, jam, lot), Decimal(38), "left of the summer")

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if is_first_of_month(day, MONDAY):
            yield time(11), self._buy
        if day.weekday() in {TUESDAY, THURSDAY}:
            yield time(17), self._cook
        if day.weekday() == SATURDAY:
            yield time(8, 30), self._bring

    def _buy(self, at: datetime) -> None:
        """Buy sugar and jars where they run low; and in January oranges, the only fruit that comes from far away."""
        wanted = [("Sugar", Decimal(50), Decimal("1.10")), ("Empty jars", Decimal(360), Decimal("0.42"))]
        wanted = [each for each in wanted if self.books.total(KITCHEN, each[0]) < each[1]]
        if at.month == 1:
            wanted.append(("Oranges", Decimal(90), Decimal("1.80")))
        with self.books.wish("Fatima Zahra Idrissi", KITCHEN, at) as told:
            for kind, amount, price in wanted:
                lot = None if kind == "Empty jars" else f"{kind[0]}-{at:%y%m}-K"
                told.receive("Harbour Wholesale", self.books.stock(KITCHEN, kind, lot), amount, "Jam kitchen")
                told.pay(KITCHEN, "Harbour Wholesale", amount * price)

    def _cook(self, at: datetime) -> None:
        for fruit, jam, months, letter in JAMS:
            there = self.books.total(KITCHEN, fruit)
            sugar = self.books.total(KITCHEN, "Sugar")
            jars = self.books.stock(KITCHEN, "Empty jars").amount
            if (
                at.month in months
                and there >= 7
                and sugar >= 10
                and jars >= 64
                and self.books.total(KITCHEN, jam) < 130
            ):
                self._make(at, fruit, jam, letter, min(there, self.chance.amount("9", "13", "0.5")))
                return

    def _make(self, at: datetime, fruit: str, jam: str, letter: str, amount: Decimal) -> None:
        cooks = self.chance.some_of(self.people, 2)
        name = f"{jam}, {in_words(at.date())}"
        begins = at - timedelta(hours=3)
        process = self.books.process(cooks[0], KITCHEN, "Jam cooking", f"Cooking {name}", begins, at)
        sugar = (amount * 6 / 10).quantize(Decimal("0.1"))
        compost = (amount * 6 / 100).quantize(Decimal("0.1"))
        # What is missing went up as steam.
        cooked = ((amount + sugar - compost) * 94 / 100).quantize(Decimal("0.1"))
        code = self.books.lot(cooks[0], f"J-{at:%y%m%d}-{letter}", at.date() + timedelta(days=540))
        mass = self.books.stock(KITCHEN, "Jam mass", code)
        with self.books.wish(cooks[0], KITCHEN, at, process) as told:
            told.consume_some(KITCHEN, fruit, amount)
            told.consume_some(KITCHEN, "Sugar", sugar)
            told.cite(self.books.stock(KITCHEN, "Recipe", name="Jam book"))
            told.use(self.books.stock(KITCHEN, "Kettle", name="Copper kettle"), Decimal(3))
            for cook in cooks:
                told.work(cook, "Jam making", self.chance.amount("2", "3.5", "0.25"))
            told.produce(self.books.stock(KITCHEN, "Compost"), compost)
            told.produce(mass, cooked, "Jam kitchen")
        filled_at = at + timedelta(hours=2)
        filling = self.books.process(cooks[1], KITCHEN, "Jar filling", f"Filling {name}", at, filled_at)
        jars = cooked // JAR
        with self.books.wish(cooks[1], KITCHEN, filled_at, filling) as told:
            told.consume(mass, mass.amount)
            told.consume(self.books.stock(KITCHEN, "Empty jars"), jars)
            told.work(cooks[1], "Jam making", Decimal("1.5"), "Filling and labels")
            told.produce(self.books.stock(KITCHEN, jam, code), jars, "Jam cellar")

    def _bring(self, at: datetime) -> None:
        """Bring jam to the shop where its shelf gets empty, and the compost to the beds."""
        with self.books.wish("Fatima Zahra Idrissi", KITCHEN, at) as told:
            price = Decimal(0)
            for _, jam, _, _ in JAMS:
                there = self.books.total(SHOP, jam)
                for stock, portion in self.books.taken(KITCHEN, jam, Decimal(24)) if there < 8 else ():
                    told.hand(stock, portion, self.books.stock(SHOP, jam, stock.lot), "Shop")
                    price += portion * JAM_PRICE
            compost = self.books.stock(KITCHEN, "Compost")
            if price:
                told.pay(SHOP, KITCHEN, price)
            if compost.amount >= 3:
                told.hand(compost, compost.amount, GARDEN, note="back to the beds")
