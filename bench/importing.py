"""How fast a large file of events is taken in, replayed and asked about.

The file is a table as a spreadsheet writes it, read by the command that people use; agents, kinds, processes and resources
are there before. About two fifths of its events are productions, the rest are uses, transfers and work.
"""

from __future__ import annotations

import csv
import os
import random
import resource as limits
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import raw

Report = Callable[[str, str, str, str], None]

EVENTS = int(os.environ.get("OCE_BENCH_EVENTS", "1000000"))
AGENTS, KINDS, PROCESSES, RESOURCES, PLACES = 100, 20, 5_000, 10_000, 100
ASKED, ROUNDS = 1_000, 7
HEADERS = (
    "action", "provider", "receiver", "resourceInventoriedAs", "toResourceInventoriedAs", "resourceConformsTo",
    "resourceQuantity", "unit", "effortQuantity", "effortUnit", "inputOf", "outputOf", "hasPointInTime",
)  # fmt: skip
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def run(report: Report) -> None:
    """Import into the running database, then measure what can be asked of the large ledger."""
    _fill()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "events.csv"
        _write(file)
        _import(file, report)
    _replay(report)
    _ask(report)


def _fill() -> None:
    from oce.apps.agents.models import Agent, SpatialThing
    from oce.apps.knowledge.models import ResourceSpecification
    from oce.apps.processes.models import Process
    from oce.apps.resources.models import EconomicResource, Opening
    from oce.vf.states import ZERO

    Agent.objects.bulk_create(Agent(agent_class="Organization", name=f"A{number}") for number in range(AGENTS))
    kinds = ResourceSpecification.objects.bulk_create(
        ResourceSpecification(name=f"K{number}") for number in range(KINDS)
    )
    Process.objects.bulk_create(Process(name=f"P{number}") for number in range(PROCESSES))
    roots = SpatialThing.objects.bulk_create(SpatialThing(name=f"Region {number}") for number in range(10))
    places = SpatialThing.objects.bulk_create(
        SpatialThing(name=f"Store {number}", within=roots[number % 10]) for number in range(PLACES)
    )
    resources = EconomicResource.objects.bulk_create(
        EconomicResource(name=f"R{number}", conforms_to=kinds[number % KINDS], current_location=places[number % PLACES])
        for number in range(RESOURCES)
    )
    Opening.objects.bulk_create(
        Opening(resource=resource, accounting=ZERO, onhand=ZERO, location=resource.current_location)
        for resource in resources
    )


def _write(file: Path) -> None:
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADERS)
        writer.writerows(_rows())


def _rows() -> Iterator[tuple[Any, ...]]:
    chance = random.Random(2012)
    step = timedelta(days=300) / EVENTS
    for number in range(EVENTS):
        owned = chance.randrange(RESOURCES)
        agent, when = f"A{owned % AGENTS}", (BEGAN + step * number).replace(microsecond=0).isoformat()
        process = f"P{number % PROCESSES}"
        match number % 5:
            case 0 | 1:
                amount = chance.randrange(1, 4000) / 4
                yield "produce", agent, agent, f"R{owned}", "", "", amount, "kilogram", "", "", "", process, when
            case 2:
                amount = chance.randrange(1, 400) / 4
                yield "consume", agent, agent, f"R{owned}", "", "", amount, "kilogram", "", "", process, "", when
            case 3:
                other = (owned + KINDS) % RESOURCES
                receiver = f"A{other % AGENTS}"
                yield "transfer", agent, receiver, f"R{owned}", f"R{other}", "", 1, "kilogram", "", "", "", "", when
            case _:
                yield "work", agent, f"A{(owned + 7) % AGENTS}", "", "", "K3", "", "", 1.5, "hour", process, "", when


def _import(file: Path, report: Report) -> None:
    from django.db import connection

    from oce.apps.spreadsheets.commands import import_table
    from oce.apps.spreadsheets.uploads import source_at
    from oce.kit.actor import SYSTEM

    began = time.perf_counter()
    outcome = import_table(SYSTEM, source_at(file))
    seconds = time.perf_counter() - began
    megabytes = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss / 1024
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_economicevent")
        assert cursor.fetchone()[0] == EVENTS, outcome
        cursor.execute("SELECT * FROM events_economicevent LIMIT 200000")
        columns = tuple(column[0] for column in cursor.description)
        plain = raw.plain_connection()
        rows = plain.execute("SELECT * FROM events_economicevent LIMIT 200000").fetchall()
        plain.close()
    rate, raw_rate = EVENTS / seconds, raw.bulk_rate(rows, columns)
    report(
        f"bulk import of {EVENTS:,} events from a CSV file through the same rules",
        f"{rate:,.0f} events/s ({seconds:.1f} s), at most {megabytes:,.0f} MB",
        "30,000 events/s, 1,536 MB",
        f"plain statements into the same table with its indexes: {raw_rate:,.0f}/s; ratio {rate / raw_rate:.2f}",
    )


def _replay(report: Report) -> None:
    from oce.apps.events.checks import check_ledger

    began = time.perf_counter()
    faults = list(check_ledger())
    seconds = time.perf_counter() - began
    assert not faults, faults[0]
    plain = raw.plain_connection()
    began = time.perf_counter()
    plain.execute("SELECT * FROM events_economicevent ORDER BY id").fetchall()
    raw_seconds = time.perf_counter() - began
    plain.close()
    report(
        f"replay and check of {EVENTS:,} events",
        f"{seconds:.1f} s, no difference",
        "15 s",
        f"only reading the rows: {raw_seconds:.1f} s; ratio {seconds / raw_seconds:.1f}",
    )


def _ask(report: Report) -> None:
    from oce.apps.agents.models import SpatialThing
    from oce.apps.events import balances, snapshot
    from oce.apps.resources import queries
    from oce.apps.resources.models import EconomicResource
    from oce.kit.actor import SYSTEM

    began = time.perf_counter()
    snapshot.refresh()
    report(
        "the ledger written as columns",
        f"{time.perf_counter() - began:.1f} s",
        "in the background",
        "once, then only new events",
    )
    keys = list(EconomicResource.objects.order_by("id").values_list("id", flat=True)[:ASKED])
    past = BEGAN + timedelta(days=150)
    places = list(SpatialThing.objects.filter(within=None).order_by("id"))
    plain = raw.plain_connection()
    wanted = "id, onhand_quantity_value, accounting_quantity_value"
    statement = f"SELECT {wanted} FROM resources_economicresource WHERE id <= {keys[-1]}"
    now, raw_now = _median(lambda: queries.stock_of_many(keys)), _median(lambda: plain.execute(statement).fetchall())
    plain.close()
    report(
        f"quantities of {ASKED:,} resources now",
        f"{now:.1f} ms",
        "20 ms",
        f"plain statement: {raw_now:.1f} ms; ratio {now / raw_now:.1f}",
    )
    then = _median(lambda: balances.balances_at(keys, past))
    report(
        f"the same at a past date, out of {EVENTS:,} events",
        f"{then:.1f} ms",
        "150 ms",
        f"ratio to now {then / now:.1f}",
    )
    tree = _median(lambda: queries.stock_by_place(SYSTEM, places[0]))
    report(
        f"quantities by a tree of places, of {RESOURCES // len(places):,} resources below it and of all others left out",
        f"{tree:.1f} ms",
        "150 ms",
        f"ratio to now {tree / now:.1f}",
    )


def _median(work: Callable[[], object]) -> float:
    """Return the median time of `work` in milliseconds, after once to warm up."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    from bench.measure import report

    run(report)
