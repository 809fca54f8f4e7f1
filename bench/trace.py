"""How fast trace and track are: a long chain in a large ledger, and a large web of ancestors.

Run it alone with `python -m bench.trace`; it needs no database. Beside each figure stand a bare
breadth-first search in C over arrays of the same links, which knows no rule of the standard, and
for the chain a recursive SQL query over the same events in memory.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from oce.apps.trace.rules import archive
from oce.apps.trace.rules.adjacency import Adjacency
from oce.apps.trace.rules.columns import NONE, Columns
from oce.apps.trace.rules.nodes import Node

Report = Callable[[str, str, str, str], None]
Integers = NDArray[np.int64]

EVENTS = int(os.environ.get("OCE_BENCH_EVENTS", "1000000"))
CHAIN, ANCESTORS, ROUNDS = 10_000, 230_000, 15
ACTIONS = ("consume", "produce")

ANCESTORS_IN_SQL = """
WITH RECURSIVE ancestor(resource) AS (
    SELECT ?
    UNION
    SELECT taken.resource
    FROM ancestor
    JOIN event AS made ON made.resource = ancestor.resource AND made.output_of >= 0
    JOIN event AS taken ON taken.input_of = made.output_of
) SELECT count(*) FROM ancestor
"""


@dataclass(frozen=True)
class Productions:
    """A ledger of productions, each with the same number of inputs, and the resources to begin at."""

    columns: Columns
    first: Node
    last: Node


def productions(inputs: Integers) -> Columns:
    """Return the ledger in which production i consumes the resources in row i of `inputs` and produces resource i."""
    count, each = inputs.shape
    process = np.repeat(np.arange(count), each + 1).reshape(count, each + 1)
    is_output = np.zeros((count, each + 1), dtype=np.bool_)
    is_output[:, each] = True
    return Columns.of(
        ACTIONS,
        sequence=np.arange(1, count * (each + 1) + 1),
        action=is_output.astype(np.int64).ravel(),
        resource=np.column_stack([inputs, np.arange(count)]).ravel(),
        input_of=np.where(is_output, NONE, process).ravel(),
        output_of=np.where(is_output, process, NONE).ravel(),
    )


def long_chain() -> Productions:
    """Return productions from stocks of raw material, of which some here and there take the product of another."""
    count = EVENTS // 5
    chance = np.random.default_rng(1)
    inputs = chance.integers(count, count + 1_000, (count, 4))
    chain = np.sort(chance.choice(count, min(CHAIN, count), replace=False))
    inputs[chain[1:], 0] = chain[:-1]
    return Productions(productions(inputs), ("resource", int(chain[0])), ("resource", int(chain[-1])))


def web() -> Productions:
    """Return productions that all end in the last one: resources and processes are its ancestors, events the edges."""
    count = ANCESTORS // 2 * EVENTS // 1_000_000
    chance = np.random.default_rng(1)
    before = np.arange(count)[:, None]
    inputs = np.maximum(before - 1 - chance.integers(0, 400, (count, 8)), -1)
    inputs[:, 0] = before[:, 0] - 1
    inputs[inputs < 0] = count
    return Productions(productions(inputs), ("resource", 0), ("resource", count - 1))


def bare_search(columns: Columns, start: Node) -> Callable[[], int]:
    """Return a search back over the links of `columns` alone; it says how many nodes it came by."""
    events = np.arange(len(columns))
    made = columns.output_of >= 0
    resource = len(events) + columns.resource
    process = int(resource.max()) + 1 + np.maximum(columns.input_of, columns.output_of)
    source = np.concatenate([resource[made], events[made], process[~made], events[~made]])
    target = np.concatenate([events[made], process[made], events[~made], resource[~made]])
    size = int(process.max()) + 1
    links = csr_array((np.ones(len(source)), (source, target)), shape=(size, size))
    begin = len(events) + start[1]
    return lambda: len(breadth_first_order(links, begin, return_predecessors=False))


def sql_search(columns: Columns, start: Node) -> Callable[[], int]:
    """Return a recursive query for the resources among the ancestors of `start`."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, resource, input_of, output_of)")
    parts = (columns.sequence, columns.resource, columns.input_of, columns.output_of)
    rows = zip(*(part.tolist() for part in parts), strict=True)
    database.executemany("INSERT INTO event VALUES (?, ?, ?, ?)", rows)
    database.execute("CREATE INDEX by_resource ON event (resource)")
    database.execute("CREATE INDEX by_process ON event (input_of)")
    return lambda: int(database.execute(ANCESTORS_IN_SQL, [start[1]]).fetchone()[0])


@dataclass(frozen=True)
class Times:
    """How long work took, in milliseconds: on the clock in the middle and at best, and of the processor at best."""

    median: float
    best: float
    processor: float

    def __str__(self) -> str:
        return f"{self.median:.0f} ms (best {self.best:.0f}, processor {self.processor:.0f})"

    def beside(self, raw: Times) -> str:
        """Return how many times as much of the processor this took as something raw."""
        return f"{raw}; ratio {self.processor / max(raw.processor, 1e-3):.2f}"


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> Times:
    """Return how long `work` takes; the processor's time is what counts where others use the machine too."""
    clock, processor = [], []
    for _ in range(rounds):
        began, began_processor = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - began_processor) * 1000)
    return Times(statistics.median(clock), min(clock), min(processor))


def cold(folder: Path, start: Node, *, is_built: bool) -> float:
    """Return the milliseconds from starting a new process to its first trace, built from the columns or not."""
    began = time.perf_counter()
    how = "built" if is_built else "kept"
    command = [sys.executable, "-m", "bench.trace", how, str(folder), str(start[1])]
    subprocess.run(command, check=True)
    return (time.perf_counter() - began) * 1000


def run(report: Report) -> None:
    """Measure both ledgers and report."""
    _run_chain(report)
    _run_web(report)


def _run_chain(report: Report) -> None:
    ledger = long_chain()
    adjacency = Adjacency.of(ledger.columns)
    bare = bare_search(ledger.columns, ledger.last)
    traced = adjacency.trace([ledger.last])
    _expect_same(bare(), len(traced))
    ours, raw = timed(lambda: adjacency.trace([ledger.last])), timed(bare)
    sql = timed(sql_search(ledger.columns, ledger.last), 3)
    report(
        f"trace of a chain of {CHAIN:,} productions in a ledger of {EVENTS:,} events",
        f"{ours}, {len(traced):,} nodes",
        "100 ms",
        f"bare breadth-first search: {ours.beside(raw)}; recursive SQL: {ours.beside(sql)}",
    )
    tracked = adjacency.track([ledger.first])
    ours = timed(lambda: adjacency.track([ledger.first]))
    report(
        "track of the same chain",
        f"{ours}, {len(tracked):,} nodes",
        "100 ms",
        f"bare breadth-first search back: {ours.beside(raw)}",
    )
    late = Columns.of(ACTIONS, sequence=[EVENTS + 1], action=[0], resource=[ledger.last[1]], input_of=[EVENTS])
    ours = timed(lambda: adjacency.extended(late).graph(is_back=True), 5)
    report("take in a later event", str(ours), "none", "a copy of the graph for one direction, with the event")


def _expect_same(bare: int, ours: int) -> None:
    """Refuse to compare unlike work: where no rule has a case, both searches come by the same nodes."""
    if bare != ours:
        raise RuntimeError(f"The bare search came by {bare:,} nodes and ours by {ours:,}.")


def _run_web(report: Report) -> None:
    ledger = web()
    adjacency = Adjacency.of(ledger.columns)
    bare = bare_search(ledger.columns, ledger.last)
    traced = adjacency.trace([ledger.last], nodes_max=2 * EVENTS)
    _expect_same(bare(), len(traced))
    ours = timed(lambda: adjacency.trace([ledger.last], nodes_max=2 * EVENTS))
    beside = f"bare breadth-first search: {ours.beside(timed(bare))}"
    ancestors = int((traced.kind > 0).sum())
    what = f"{ancestors:,} ancestors over {len(ledger.columns):,} edges"
    report(f"trace of {what}, warm", f"{ours}, {len(traced):,} nodes", "700 ms", beside)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "ledger"
        archive.save(adjacency, folder)
        built = cold(folder, ledger.last, is_built=True)
        kept = cold(folder, ledger.last, is_built=False)
    report(
        f"trace of {what}, in a new process",
        f"{built:.0f} ms with the graph built from the columns, {kept:.0f} ms with the graph kept in files",
        "5000 ms",
        beside,
    )


def _first_trace(how: str, folder: str, start: str) -> None:
    adjacency = archive.load(Path(folder))
    if how == "built":
        adjacency = Adjacency.of(adjacency.columns)
    adjacency.trace([("resource", int(start))], nodes_max=2 * EVENTS)


if __name__ == "__main__":
    if sys.argv[1:]:
        _first_trace(*sys.argv[1:])
    else:
        run(lambda *row: print(" | ".join(row), flush=True))
