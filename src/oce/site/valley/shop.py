"""The shop that belongs to those who buy in it: its days at the counter, and what people take home."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from oce.site.valley.books import EURO
from oce.site.valley.chance import Chance
from oce.site.valley.days import MONDAY, SATURDAY, SUNDAY, is_first_of_month
from oce.site.valley.people import PEOPLE, SHOP, members_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from oce.site.valley.books import Books, Stock, Wish
    from oce.site.valley.days import Step

BREAD_PRICES = {"Bread": Decimal("4.20"), "Rye bread": Decimal("4.60")}
JAM_PRICE = Decimal("5.90")
JAMS = ("Strawberry jam", "Raspberry jam", "Plum jam", "Apple butter", "Marmalade")
GREENS = {
    "Lettuce": Decimal("1.60"), "Tomatoes": Decimal("4.80"), "Carrots": Decimal("2.40"), "Leeks": Decimal("3.60"),
    "Pumpkins": Decimal("2.20"), "Apples": Decimal("2.90"), "Strawberries": Decimal("7.50"),
}  # fmt: skip
GUESTS = "Guests of the shop"
PANTRY = "Valley Food Pantry"
RESERVE = Decimal(900)
KEPT = Decimal(250)


class Shop:
    """Opens from Tuesday to Saturday; what nobody bought goes to the food pantry."""

    def __init__(self, books: Books) -> None:
        """Know the books, those who work here, and those who buy."""
        self.books = books
        self.chance = Chance("shop")
        self.people = members_of(SHOP)
        # Members of the shop come more often than the others.
        self.buyers = [each.name for each in PEOPLE] + self.people * 3

    def begin(self, at: datetime) -> None:
        """Write down the crates."""
        with self.books.wish("Noor Rahimi", SHOP, at) as told:
            told.begin(self.books.stock(SHOP, "Crate", name="Green crates"), Decimal(24))

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if day.weekday() == SUNDAY:
            yield time(19), self._eat
        if day.weekday() in {SUNDAY, MONDAY}:
            return
        for _ in range(self.chance.number(1, 2)):
            yield time(9 + self.chance.number(0, 8), self.chance.number(0, 59)), self._sell
        yield time(18), self._till
        yield time(18, 20), self._work
        if day.weekday() == SATURDAY:
            yield time(18, 30), self._give_away

    def _sell(self, at: datetime) -> None:
        keeper = self.chance.one_of(self.people)
        # Who has more buys more often.
        chosen = [each for each in self.chance.some_of(self.buyers, 3) if each != keeper]
        buyer = max(chosen, key=lambda name: self.books.money(name).amount)
        if self.books.money(buyer).amount < 40:
            return
        with self.books.wish(keeper, SHOP, at) as told:
            price = self._bread(told, buyer) + self._jam(told, buyer) + self._greens(told, buyer)
            if price:
                told.pay(buyer, SHOP, price)
        if told.drafts and self.chance.happens(1):
            self.books.undo(keeper, told, "written down twice")

    def _bread(self, told: Wish, buyer: str) -> Decimal:
        bread = self.chance.one_of(tuple(BREAD_PRICES))
        loaves = self._fresh(bread)
        if not loaves:
            return Decimal(0)
        count = min(Decimal(self.chance.number(1, 2)), loaves[-1].amount)
        told.hand(loaves[-1], count, buyer)
        return count * BREAD_PRICES[bread]

    def _jam(self, told: Wish, buyer: str) -> Decimal:
        jams = [stock for jam in JAMS for stock in self.books.lots(SHOP, jam)]
        if not jams or not self.chance.happens(45):
            return Decimal(0)
        jam = self.chance.one_of(jams)
        count = min(Decimal(self.chance.number(1, 2)), jam.amount)
        told.hand(jam, count, self.books.stock(buyer, jam.kind, jam.lot))
        return count * JAM_PRICE

    def _greens(self, told: Wish, buyer: str) -> Decimal:
        kinds = [kind for kind in GREENS if self.books.lots(SHOP, kind)]
        if not kinds or not self.chance.happens(60):
            return Decimal(0)
        kind = self.chance.one_of(kinds)
        stock = self.books.lots(SHOP, kind)[0]
        wanted = Decimal(self.chance.number(1, 2)) if kind == "Lettuce" else self.chance.amount("0.5", "2.5", "0.25")
        amount = min(wanted, stock.amount)
        told.hand(stock, amount, buyer)
        return amount * GREENS[kind]

    def _till(self, at: datetime) -> None:
        """Write down at once what guests have bought over the day."""
        with self.books.wish(self.chance.one_of(self.people), SHOP, at) as told:
            price = Decimal(0)
            for bread, each in BREAD_PRICES.items():
                for stock in self.books.lots(SHOP, bread):
                    is_baked_today = stock.since == at.date()
                    sold = self.chance.number(55, 85) if is_baked_today else 100
                    count = (stock.amount * sold / 100).quantize(Decimal(1))
                    if count:
                        told.hand(stock, count, GUESTS)
                        price += count * each
            for kind, each in GREENS.items() if at.weekday() == SATURDAY else ():
                for stock in self.books.lots(SHOP, kind)[:1]:
                    amount = (stock.amount * self.chance.number(60, 90) / 100).quantize(Decimal("0.25"), ROUND_DOWN)
                    if amount:
                        told.hand(stock, amount, GUESTS)
                        price += amount * each
            jams = [stock for jam in JAMS for stock in self.books.lots(SHOP, jam)]
            if jams and self.chance.happens(70):
                jam = self.chance.one_of(jams)
                count = min(jam.amount, Decimal(self.chance.number(1, 4)))
                told.hand(jam, count, GUESTS)
                price += count * JAM_PRICE
            if price:
                told.pay(GUESTS, SHOP, price)

    def _fresh(self, bread: str) -> list[Stock]:
        return self.books.lots(SHOP, bread)[-1:]

    def _work(self, at: datetime) -> None:
        people = self.chance.some_of(self.people, 2)
        with self.books.wish(people[0], SHOP, at) as told:
            for person in people:
                note = self.chance.one_of(("At the counter", "Shelves and counter", "Orders and counter"))
                told.work(person, "Shop work", self.chance.amount("3", "5", "0.25"), note)

    def _give_away(self, at: datetime) -> None:
        with self.books.wish("Noor Rahimi", SHOP, at) as told:
            for kind in (*BREAD_PRICES, *GREENS):
                for stock in self.books.lots(SHOP, kind):
                    is_old = at.date() - stock.since > timedelta(days=12) or kind in BREAD_PRICES
                    if is_old:
                        told.hand(stock, stock.amount, PANTRY, note="a gift")

    def _eat(self, at: datetime) -> None:
        """Let some people finish a jar of jam."""
        owners = [stock for name in dict.fromkeys(self.buyers) for jam in JAMS for stock in self.books.lots(name, jam)]
        for stock in self.chance.some_of(owners, min(4, len(owners) // 4)):
            with self.books.wish(stock.holder, stock.holder, at) as told:
                told.consume(stock, Decimal(1))


class Wages:
    """On the first Monday of a month each group pays its members for the hours of the month before."""

    def __init__(self, books: Books, rates: dict[str, tuple[str, Decimal]]) -> None:
        """Know what each group pays for an hour, and who pays it out."""
        self.books = books
        self.rates = rates

    def begin(self, at: datetime) -> None:
        """Nobody has worked before the first day."""

    def steps(self, day: date) -> Iterator[Step]:
        """Yield what is done on a day."""
        if is_first_of_month(day, MONDAY):
            yield time(19), self._pay
            if day.month % 3 == 1:
                yield time(21), self._spend

    def _pay(self, at: datetime) -> None:
        month = f"{(at - timedelta(days=10)):%m/%Y}"
        for group, (who, rate) in self.rates.items():
            hours = {person: count for (paid, person), count in self.books.hours.items() if paid == group and count}
            purse = self.books.purse(group, EURO)
            if not hours or purse is None:
                continue
            # A group keeps what it needs to buy with: who works shares what there is besides.
            spare = (purse.amount - RESERVE) * 8 / 10 / sum(hours.values())
            each = min(rate, spare.quantize(Decimal("0.10"), ROUND_DOWN))
            if each <= 0:
                continue
            with self.books.wish(who, group, at) as told:
                for person, count in sorted(hours.items()):
                    told.pay(group, person, (count * each).quantize(Decimal("0.01")), note=f"{count} h in {month}")
                    self.books.hours[group, person] = Decimal(0)

    def _spend(self, at: datetime) -> None:
        """Let people spend outside the valley most of what they have earned in it."""
        for person in PEOPLE:
            purse = self.books.money(person.name)
            spent = ((purse.amount - KEPT) * 8 / 10).quantize(Decimal(1))
            if spent > KEPT:
                with self.books.wish(person.name, person.name, at) as told:
                    told.lose(purse, spent, "rent and what else one needs")
