"""The books of the valley while its two years are told: what is where, and how each wish comes into the ledger."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from oce.apps.agreements.commands import make_agreement
from oce.apps.agreements.models import Agreement
from oce.apps.events.commands import correct_event, record_events, undo_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.processes.commands import change_process, make_process
from oce.apps.processes.models import Process
from oce.apps.resources.commands import make_lot
from oce.apps.resources.models import EconomicResource
from oce.kit import clock
from oce.kit.actor import Actor, operator
from oce.kit.identifiers import new_uid
from oce.kit.sharing import Visibility
from oce.kit.testing.sentences import MONTHS
from oce.kit.visibility import house_visibility
from oce.site.valley.gathering import Gathering
from oce.site.valley.people import CLOSED
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID
    from zoneinfo import ZoneInfo

    from oce.apps.agents.models import SpatialThing
    from oce.site.valley.directory import Directory

EURO = "Euro"
HOUR = "Valley hour"
# People write things down some minutes after they happened.
PACE = timedelta(minutes=7)


@dataclass(slots=True, eq=False)
class Stock:
    """Something that somebody has, as it is remembered while the years are told."""

    uid: UUID
    holder: str
    kind: str
    name: str
    lot: str | None
    since: date
    amount: Decimal = Decimal(0)
    is_born: bool = False
    is_listed: bool = False
    is_public: bool = False


class Books:
    """Remembers what everybody has, and writes down what happens."""

    def __init__(self, directory: Directory, zone: ZoneInfo, now: datetime) -> None:
        """Begin with nothing but the directory."""
        self.directory = directory
        self.zone = zone
        self.now = now
        self.count = 0
        # What happened long ago comes in by tables, what happened lately as people write it: wish by wish.
        self.gathering: Gathering | None = Gathering()
        # The hours that each member worked for each group and was not paid for.
        self.hours: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self._stocks: dict[tuple[str, str, str | None], Stock] = {}
        self._lots: defaultdict[tuple[str, str], list[Stock]] = defaultdict(list)

    def actor(self, name: str) -> Actor:
        """Return somebody of the valley who writes something down."""
        return replace(operator(name), agent=self.directory.agents[name].pk)

    def stock(self, holder: str, kind: str, lot: str | None = None, *, name: str | None = None) -> Stock:
        """Return what somebody has of a kind and a lot, or under a name of its own, even if it is nothing yet."""
        found = self._stocks.get((holder, kind, name or lot))
        if found is None:
            title = name or (f"{kind} {lot}" if lot else kind)
            found = Stock(self.next_uid(), holder, kind, title, lot, self.now.astimezone(self.zone).date())
            # Whoever holds a jar may read where it comes from.
            found.is_public = self.directory.kinds[kind].resource_classified_as == ["preserves"]
            self._stocks[holder, kind, name or lot] = found
        return found

    def lots(self, holder: str, kind: str) -> list[Stock]:
        """Return what somebody has of a kind and is not used up, the oldest first."""
        listed = self._lots[holder, kind]
        if any(each.amount <= 0 for each in listed):
            for each in listed:
                each.is_listed = each.amount > 0
            listed[:] = [each for each in listed if each.is_listed]
        return list(listed)

    def total(self, holder: str, kind: str) -> Decimal:
        """Return how much somebody has of a kind, all lots together."""
        return sum((each.amount for each in self.lots(holder, kind)), Decimal(0))

    def change(self, stock: Stock, difference: Decimal) -> None:
        """Let a stock be more or less."""
        stock.amount += difference
        if stock.amount > 0 and not stock.is_listed:
            stock.is_listed = True
            self._lots[stock.holder, stock.kind].append(stock)

    def taken(self, holder: str, kind: str, amount: Decimal) -> list[tuple[Stock, Decimal]]:
        """Return from which lots, oldest first, so much can be taken; less where there is less."""
        portions = []
        for stock in self.lots(holder, kind):
            portion = min(amount, stock.amount)
            if portion > 0:
                portions.append((stock, portion))
                amount -= portion
        return portions

    def money(self, holder: str, currency: str = EURO) -> Stock:
        """Return the purse of somebody who keeps books here."""
        return self._stocks[holder, currency, None]

    def purse(self, holder: str, currency: str = EURO) -> Stock | None:
        """Return somebody's purse; None of those who keep books of their own."""
        return self._stocks.get((holder, currency, None))

    def adopt(self) -> None:
        """Know what the stories told before have left with people and groups."""
        left = EconomicResource.every().exclude(primary_accountable=None).exclude(of_batch_lot=None, name="")
        for each in left.select_related("primary_accountable", "conforms_to", "of_batch_lot"):
            if each.onhand_quantity is None or each.onhand_quantity != each.accounting_quantity:
                continue
            kind, lot = str(each.conforms_to), each.of_batch_lot and each.of_batch_lot.batch_lot_code
            holder, name = str(each.primary_accountable), each.name if each.name != kind and not lot else None
            stock = self.stock(holder, kind, lot, name=name)
            stock.uid, stock.is_born = each.uid, True
            self.change(stock, each.onhand_quantity.value)

    def lot(self, who: str, code: str, use_by: date) -> str:
        """Write down a lot with the day until which it is good, and return its code."""
        until = datetime(use_by.year, use_by.month, use_by.day, 22, tzinfo=self.zone)
        if self.gathering is not None:
            with clock.standing_at(self.now):
                return self.gathering.lot(code, until).batch_lot_code
        with clock.standing_at(self.now):
            make_lot(self.actor(who), {"batch_lot_code": code, "expiration_date": until})
        return code

    def process(
        self, who: str, group: str, stage: str, name: str, begins: datetime, ends: datetime | None, **more: Any
    ) -> Process:
        """Write down a process, finished where it has an end."""
        self._pass_to(ends or begins)
        ending = {} if ends is None else {"has_end": ends, "finished": True}
        values = {"name": name, "based_on": self.directory.stages[stage], "has_beginning": begins, **ending, **more}
        values |= {"in_scope_of": self.directory.agents[group]}
        with clock.standing_at(self.now):
            if self.gathering is None:
                return make_process(self.actor(who), values)
            process = Process(visibility=house_visibility().value, **values)
            self.gathering.processes.append(process)
            return process

    def finish(self, who: str, process: Process, at: datetime) -> None:
        """Finish a process that was begun before."""
        self._pass_to(at)
        if process.pk is None:
            process.has_end, process.finished = at, True
            return
        with clock.standing_at(self.now):
            change_process(self.actor(who), process, process.revision_id, {"has_end": at, "finished": True})

    def agreement(self, who: str, name: str, note: str = "") -> Agreement:
        """Write down an agreement."""
        with clock.standing_at(self.now):
            if self.gathering is None:
                return make_agreement(self.actor(who), {"name": name, "note": note})
            agreement = Agreement(visibility=house_visibility().value, name=name, note=note)
            self.gathering.agreements.append(agreement)
            return agreement

    @contextmanager
    def wish(
        self, who: str, group: str, at: datetime, process: Process | None = None, under: Agreement | None = None
    ) -> Iterator[Wish]:
        """Collect what happened at a moment, then write it down, all of it or none."""
        wish = Wish(self, group, at, process, under)
        yield wish
        if wish.drafts:
            self._pass_to(at)
            self.count += len(wish.drafts)
            with clock.standing_at(self.now):
                if self.gathering is not None:
                    self.gathering.add(wish.drafts, self.now)
                else:
                    record_events(self.actor(who), wish.drafts)

    def write(self) -> None:
        """Write what was gathered until now."""
        if self.gathering is not None:
            self._pass_to(self.now)
            with clock.standing_at(self.now):
                self.gathering.write()

    def go_on_live(self) -> None:
        """Write what was gathered, and from now on everything as it happens."""
        self.write()
        self.gathering = None

    def correct(self, who: str, event: EventDraft, stock: Stock, difference: Decimal, note: str) -> None:
        """Correct how much of a stock an event brought in."""
        self.write()
        self._pass_to(self.now)
        assert event.uid is not None and event.resource_quantity is not None  # noqa: S101, PT018 (told so by a wish)
        less = Measure(difference, event.resource_quantity.unit)
        with clock.standing_at(self.now):
            correct_event(self.actor(who), event.uid, resource_quantity=less, note=note)
        self.change(stock, difference)
        self.count += 1

    def undo(self, who: str, wish: Wish, note: str) -> None:
        """Undo everything that a wish wrote down, and know the amounts as they were before."""
        self.write()
        for draft in reversed(wish.drafts):
            self._pass_to(self.now)
            assert draft.uid is not None  # noqa: S101 (every draft of a wish has one)
            with clock.standing_at(self.now):
                undo_event(self.actor(who), draft.uid, note=note)
            self.count += 1
        for stock, difference in wish.changes:
            self.change(stock, -difference)

    def next_uid(self) -> UUID:
        """Return the next identifier, which follows from the time of the books and not from that of the teller."""
        with clock.standing_at(self.now):
            return new_uid()

    def _pass_to(self, moment: datetime) -> None:
        """Let time go on: nobody writes earlier than the last who wrote."""
        self.now = max(self.now + timedelta(seconds=20), moment + PACE)


class Wish:
    """What happened at one moment, on its way into the books."""

    def __init__(
        self, books: Books, group: str, at: datetime, process: Process | None, under: Agreement | None
    ) -> None:
        """Begin with nothing."""
        self.books = books
        self.group = group
        self.at = at
        self.process = process
        self.under = under
        self.drafts: list[EventDraft] = []
        self.changes: list[tuple[Stock, Decimal]] = []

    def work(self, person: str, kind: str, hours: Decimal, note: str = "") -> None:
        """Somebody works for the group."""
        self._tell("work", person, self.group, kind, input_of=self.process, effort_quantity=_hours(hours), note=note)
        self.books.hours[self.group, person] += hours

    def use(self, thing: Stock, hours: Decimal, provider: str | None = None) -> None:
        """Something is used and not used up."""
        owner, measure = provider or thing.holder, _hours(hours)
        self._tell("use", owner, self.group, None, thing=thing, input_of=self.process, effort_quantity=measure)

    def cite(self, thing: Stock) -> None:
        """A recipe, a design, a text is used as knowledge."""
        self._tell("cite", thing.holder, self.group, None, Decimal(1), thing=thing, input_of=self.process)

    def consume(self, thing: Stock, amount: Decimal) -> None:
        """Something is used up."""
        self._change(thing, -amount)
        self._tell("consume", thing.holder, thing.holder, thing.kind, amount, thing=thing, input_of=self.process)

    def consume_some(self, holder: str, kind: str, amount: Decimal) -> None:
        """So much of a kind is used up, the oldest lots first."""
        for thing, portion in self.books.taken(holder, kind, amount):
            self.consume(thing, portion)

    def produce(self, thing: Stock, amount: Decimal, place: str | None = None) -> None:
        """Something is made or harvested."""
        self._change(thing, amount)
        where = {"to_location": self._place(place), "output_of": self.process}
        self._tell("produce", self.group, self.group, thing.kind, amount, thing=thing, **where)

    def begin(self, thing: Stock, amount: Decimal, note: str = "") -> None:
        """Something is there when its keeping in the books begins."""
        self._change(thing, amount)
        self._tell("raise", thing.holder, thing.holder, thing.kind, amount, thing=thing, note=note)

    def lose(self, thing: Stock, amount: Decimal, note: str) -> None:
        """Something is lost or was counted wrongly."""
        self._change(thing, -amount)
        self._tell("lower", thing.holder, thing.holder, thing.kind, amount, thing=thing, note=note)

    def hand(self, thing: Stock, amount: Decimal, to: str | Stock, place: str | None = None, note: str = "") -> None:
        """Something passes to somebody: into a stock of theirs, or out of the books where only a name is given."""
        taker = to if isinstance(to, str) else to.holder
        self._change(thing, -amount)
        into = None if isinstance(to, str) else to
        if into is not None:
            self._change(into, amount)
        self._pass("transfer", thing.holder, taker, thing.kind, amount, thing, into, place, note)

    def receive(self, giver: str, into: Stock, amount: Decimal, place: str | None = None) -> None:
        """Something comes from somebody who keeps books of their own."""
        self._change(into, amount)
        self._pass("transfer", giver, into.holder, into.kind, amount, None, into, place, "")

    def pay(self, payer: str, payee: str, amount: Decimal, currency: str = EURO, note: str = "") -> None:
        """Money passes in return for something; of those outside, only what they give and get is known."""
        source, into = self.books.purse(payer, currency), self.books.purse(payee, currency)
        for purse, difference in ((source, -amount), (into, amount)):
            if purse is not None:
                self._change(purse, difference)
        self._pass("transfer", payer, payee, currency, amount, source, into, None, note, in_return=True)

    def deliver(self, kind: str, amount: Decimal, to: str, serves: Process | None = None) -> None:
        """A service is done for somebody."""
        self._tell("deliverService", self.group, to, kind, amount, output_of=self.process, input_of=serves)

    def load(self, thing: Stock, amount: Decimal) -> None:
        """Something of somebody is picked up to be brought to another place."""
        self._tell("pickup", thing.holder, self.group, None, amount, thing=thing, input_of=self.process)

    def unload(self, thing: Stock, amount: Decimal, place: str) -> None:
        """What was picked up is dropped off."""
        where = {"to_location": self._place(place), "output_of": self.process}
        self._tell("dropoff", self.group, thing.holder, None, amount, thing=thing, **where)

    def accept(self, thing: Stock) -> None:
        """Something is taken in to be changed."""
        self._tell("accept", thing.holder, self.group, None, thing.amount, thing=thing, input_of=self.process)

    def give_back(self, thing: Stock, state: str) -> None:
        """What was taken in is given back changed."""
        how = {"output_of": self.process, "state": state}
        self._tell("modify", self.group, thing.holder, None, thing.amount, thing=thing, **how)

    def _pass(  # noqa: PLR0913, PLR0917 (both sides of what changes hands)
        self, action: str, giver: str, taker: str, kind: str, amount: Decimal, thing: Stock | None,
        into: Stock | None, place: str | None, note: str, *, in_return: bool = False,
    ) -> None:  # fmt: skip
        told: dict[str, Any] = {"to_location": self._place(place), "note": note}
        told["reciprocal_realization_of" if in_return else "realization_of"] = self.under
        if into is not None and into.is_born:
            told["to_resource_inventoried_as"] = into.uid
        elif into is not None:
            told["new_resource"] = self._birth(into)
        self._tell(action, giver, taker, kind, amount, thing=thing, **told)

    def _tell(
        self, action: str, provider: str, receiver: str, kind: str | None, amount: Decimal | None = None,
        *, thing: Stock | None = None, **told: Any,
    ) -> None:  # fmt: skip
        known = self.books.directory
        if kind is not None:
            told["resource_conforms_to"] = known.kinds[kind]
        if thing is not None and thing.is_born:
            told["resource_inventoried_as"] = thing.uid
        elif thing is not None:
            told["new_resource"] = self._birth(thing)
        if amount is not None:
            unit = known.kinds[kind or thing.kind if thing else kind or ""].default_unit_of_resource
            told["resource_quantity"] = Measure(amount, unit)
        agents: dict[str, Any] = {"provider": known.agents[provider], "receiver": known.agents[receiver]}
        # What is written with somebody about their letters stays among those whom it concerns.
        shared = Visibility.GROUP.value if self.group in CLOSED else ""
        told |= {"uid": self.books.next_uid(), "has_point_in_time": self.at, "visibility": shared}
        self.drafts.append(EventDraft(action, **agents, **told))

    def _birth(self, stock: Stock) -> ResourceDraft:
        stock.is_born = True
        values = {"name": stock.name, "conforms_to": self.books.directory.kinds[stock.kind]}
        if stock.is_public:
            values["visibility"] = Visibility.PUBLIC.value
        return ResourceDraft(values, uid=stock.uid, lot_code=stock.lot)

    def _change(self, stock: Stock, difference: Decimal) -> None:
        self.books.change(stock, difference)
        self.changes.append((stock, difference))

    def _place(self, name: str | None) -> SpatialThing | None:
        return None if name is None else self.books.directory.places[name]


def _hours(hours: Decimal) -> Measure:
    return Measure(hours, "hour")


def in_words(day: date) -> str:
    """Return a day as people write it: 8 September 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def week_code(day: date) -> str:
    """Return a day's year and week as lots carry it: 2638."""
    year, week, _ = day.isocalendar()
    return f"{year % 100:02}{week:02}"
