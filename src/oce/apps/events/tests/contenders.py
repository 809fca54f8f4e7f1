"""Many writers on one database: processes that each run several threads, told what to do on their standard input.

`python -m oce.apps.events.tests.contenders` works on the database that `OCE_DATABASE` names. Each line it reads is a wish as
JSON, `{"wish": "consume", "threads": 4, ...}`; it answers with one line, what each thread came to.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import django
import pyarrow as pa

django.setup()

from django.core.management import call_command  # noqa: E402 (Django is ready only now)
from django.db import connections, transaction  # noqa: E402

from oce.apps.events import commands, queries  # noqa: E402
from oce.apps.events.bulk import record_table  # noqa: E402
from oce.apps.events.checks import check_ledger  # noqa: E402
from oce.apps.events.drafts import ResourceDraft  # noqa: E402
from oce.apps.events.models import EconomicEvent  # noqa: E402
from oce.apps.events.replaying import differences  # noqa: E402
from oce.apps.events.tests.village import Village, balances, kg  # noqa: E402
from oce.apps.processes.models import Process  # noqa: E402
from oce.apps.resources.models import BatchLotRecord, EconomicResource  # noqa: E402
from oce.kit.actor import SYSTEM  # noqa: E402
from oce.vf.refusals import Refused  # noqa: E402

Answer = Any
# Long enough for another writer to begin before this one is done.
PAUSE_SECONDS = 0.01


class Known(Village):
    """The village that another process has founded."""

    def __init__(self) -> None:
        self.mill, self.bakery = Village.agents()
        self.flour, self.bread = Village.kinds()


def found() -> Answer:
    """Make the tables and the village."""
    call_command("migrate", verbosity=0)
    Village().refuses_shortages(Village.agents()[0])
    return "founded"


def stock(amount: int) -> Answer:
    """Return the identifier of new flour."""
    return str(Known().stocked(amount).uid)


def consume(resource: str, amount: int) -> Answer:
    """Take of a resource until there is nothing more to take, and return how often it was granted."""
    village, taken = Known(), 0
    while True:
        try:
            village.record("consume", amount, resource_inventoried_as=resource)
        except Refused as refused:
            assert [each.code for each in refused.refusals] == ["effects.shortage"], refused
            return taken
        taken += 1


def correct(event: str, amount: int) -> Answer:
    """Take back a part of an event, and return whether that was granted."""
    return _granted(lambda: commands.correct_event(SYSTEM, event, resource_quantity=kg(-amount)))


def undo(event: str) -> Answer:
    """Undo an event, and return whether that was granted."""
    return _granted(lambda: commands.undo_event(SYSTEM, event))


def with_key(resource: str, key: str) -> Answer:
    """Consume with an idempotency key, and return the event."""
    draft = Known().draft("consume", 1, resource_inventoried_as=resource)
    record: Any = commands.record_event  # every command takes a key, which its type does not show
    return str(record(SYSTEM, draft, key=key).uid)


def with_identifier(resource: str, iri: str) -> Answer:
    """Consume under an address, and return whether that was granted."""
    draft = Known().draft("consume", 1, resource_inventoried_as=resource, iri=iri)
    return _granted(lambda: commands.record_event(SYSTEM, draft))


def with_lot(code: str) -> Answer:
    """Bring in flour of a lot."""
    Known().stocked(1, new_resource=ResourceDraft(lot_code=code))
    return True


def swap(one: str, other: str, times: int) -> Answer:
    """Move flour there and back in one wish, again and again; half of the writers begin at the other end."""
    village = Known()
    if threading.get_ident() // 4096 % 2:
        one, other = other, one
    for _ in range(times):
        commands.record_events(
            SYSTEM,
            [
                village.draft("move", 1, resource_inventoried_as=one, to_resource_inventoried_as=other),
                village.draft("move", 1, resource_inventoried_as=other, to_resource_inventoried_as=one),
            ],
        )
    return True


def cross(one: str, other: str, times: int) -> Answer:
    """Take from two resources in one wish with a correction in between, so that their locks are taken one after the other."""
    village = Known()
    if threading.get_ident() // 4096 % 2:
        one, other = other, one
    for _ in range(times):
        mistaken = village.record("raise", 1, resource_conforms_to=village.flour, new_resource=ResourceDraft())
        drafts = [
            village.draft("raise", 1, resource_inventoried_as=one),
            village.draft("raise", -1, provider=None, receiver=None, corrects=mistaken),
            village.draft("raise", 1, resource_inventoried_as=other),
        ]
        commands.record_events(SYSTEM, drafts)
    return True


def pack(things: list[str], processes: list[str]) -> Answer:
    """Combine things in processes, while `bring_out` makes the boxes."""
    for thing, process in zip(things, processes, strict=True):
        with transaction.atomic():
            Known().record("combine", 1, resource_inventoried_as=thing, input_of=process)
            time.sleep(PAUSE_SECONDS)
    return True


def bring_out(things: list[str], processes: list[str]) -> Answer:
    """Make the boxes into which `pack` packs."""
    village = Known()
    for _, process in zip(things, processes, strict=True):
        with transaction.atomic():
            village.record(
                "produce", 1, resource_conforms_to=village.bread, output_of=process, new_resource=ResourceDraft()
            )
            time.sleep(PAUSE_SECONDS)
    return True


def packing(count: int) -> Answer:
    """Return things and processes for `pack` and `bring_out`."""
    village = Known()
    things = [str(village.stocked(1).uid) for _ in range(count)]
    return [things, [str(village.process().uid) for _ in range(count)]]


def take_table(resource: str, rows: int) -> Answer:
    """Write a table of so many kilograms that were taken, and return how many rows that were."""
    told = {"action": "lower", "provider": "Mill", "receiver": "Mill", "resource_inventoried_as": resource,
            "resource_quantity_value": "1", "resource_quantity_unit": "kilogram"}  # fmt: skip
    with transaction.atomic():
        return record_table(pa.table({name: [text] * rows for name, text in told.items()}))[0]


def add(resource: str, times: int) -> Answer:
    """Bring in so many kilograms, one by one."""
    village = Known()
    for _ in range(times):
        village.record("raise", 1, resource_inventoried_as=resource)
    return True


def write(amount: int, pause: float) -> Answer:
    """Record so many events, each in a transaction that stays open for a while, and return how long the longest took."""
    village, longest = Known(), 0.0
    for _ in range(amount):
        began = time.monotonic()
        with transaction.atomic():
            village.stocked(1)
            time.sleep(pause)
        longest = max(longest, time.monotonic() - began)
    return longest


def follow(since: int, until_count: int, seconds: float) -> Answer:
    """Follow what is new until so many events were seen or the time is over, and return their places."""
    seen: list[int] = []
    end = time.monotonic() + seconds
    while len(seen) < until_count and time.monotonic() < end:
        news = queries.events_since(SYSTEM, since, limit=7)
        seen += [event.pk for event in news.events]
        since = news.until
    return seen


def check(seconds: float) -> Answer:
    """Check the ledger again and again while others write, and return every difference that was found."""
    found: list[str] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found += check_ledger()
    return found


def look(resource: str) -> Answer:
    """Return what is left of a resource, the chain of its events, and whether the ledger replays."""
    found = EconomicResource.objects.get(uid=resource)
    events = EconomicEvent.objects.filter(resource_inventoried_as=found).order_by("id")
    return {
        "balances": balances(found),
        "events": list(events.values_list("pk", flat=True)),
        "previous": list(events.values_list("previous_event_id", flat=True)),
        "last": found.last_event,
        "uids": [str(uid) for uid in events.values_list("uid", flat=True)],
        "differences": [str(each) for each in differences()],
        "lots": BatchLotRecord.objects.count(),
        "inside": sum(each.contained_in.count() for each in EconomicResource.objects.all()),
        "processes": Process.objects.count(),
        "count": EconomicEvent.objects.count(),
        "places": list(EconomicEvent.objects.order_by("id").values_list("pk", flat=True)),
    }


def _granted(wish: Callable[[], object]) -> Answer:
    try:
        wish()
    except Refused as refused:
        return [each.code for each in refused.refusals]
    return True


WISHES: dict[str, Callable[..., Answer]] = {
    each.__name__: each
    for each in (
        found, stock, consume, correct, undo, with_key, with_identifier, with_lot, swap, cross, pack, bring_out, packing,
        take_table, add, write, follow, check, look,
    )
}  # fmt: skip


def grant(wish: str, threads: int = 1, **told: Any) -> list[Answer]:
    """Let so many threads make the same wish at once, and return what each came to; a fault is told as a text."""
    answers: list[Answer] = []

    def run() -> None:
        try:
            answers.append(WISHES[wish](**told))
        except Exception as fault:  # noqa: BLE001 (it is told to the test, which expects something else)
            answers.append(f"{type(fault).__name__}: {fault}")
        finally:
            connections.close_all()

    running = [threading.Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return answers


def main() -> None:
    """Grant what is read, line by line."""
    print("ready", flush=True)  # noqa: T201 (this is how the test hears)
    for line in sys.stdin:
        print(json.dumps(grant(**json.loads(line))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
