"""Writes whole tables of events: the same rules and the same effects as for one event, a hundred thousand rows at a time.

What differs from the recorder is only how facts come in (columns, each distinct text read once) and how rows go out (`COPY` on
PostgreSQL, one prepared statement on SQLite). Corrections are not for tables: they must look at what they correct, which is the
recorder's work.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, Any

from oce.apps.events import columns, history, rules
from oce.apps.events.contents import Contents, contents_of, count_combined
from oce.apps.events.identifiers import taken_meanwhile
from oce.apps.events.ledger_rows import LedgerRows, indexes_made_afterwards, ledger_rows
from oce.apps.events.legs import packed
from oce.apps.events.lines import creates_here
from oce.apps.events.models import EconomicEvent
from oce.apps.events.notices import EventsRecorded
from oce.apps.events.sequence import take_places
from oce.apps.resources import stock
from oce.kit import clock, locks
from oce.kit.memory import collector_resting
from oce.kit.notices import announce
from oce.kit.rows import database_of
from oce.vf import flows
from oce.vf.actions import ACTIONS
from oce.vf.refusals import Refusal, Refused, gettext_noop
from oce.vf.replays import Replay
from oce.vf.states import NEW, ZERO, Happening, ResourceState, refuse_shortage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime, tzinfo

    import pyarrow as pa

    from oce.apps.resources.stock import Held

CHUNK = 50_000
# So many faulty rows are told at once; a person mends them, or the matching of columns, and tries again.
FAULTS_MAX = 1_000
_READ = (
    "action",
    "provider",
    "receiver",
    "resource_inventoried_as",
    "to_resource_inventoried_as",
    "resource_conforms_to",
    "input_of",
    "output_of",
    "resource_quantity_value",
    "resource_quantity_unit",
    "effort_quantity_value",
    "effort_quantity_unit",
    "to_location",
    "state",
    "has_beginning",
    "has_end",
    "has_point_in_time",
)
_NO_ACTION = Refusal(
    "events.no_action", gettext_noop("This row does not say what happened. Fill in the action."), "action"
)
_NO_UNIT = Refusal(
    "events.no_unit",
    gettext_noop("This quantity has no unit. Give one, such as kilogram, or one for pieces."),
    "resourceQuantity",
)
# Carried into the row without being looked at.
_CARRIED = ("uid", "iri", "realization_of", "reciprocal_realization_of", "created", "image", "note", "visibility")
_CREATED = _CARRIED.index("created")


def record_table(
    table: pa.Table, *, zone: tzinfo = UTC, progress: Callable[[int, int], None] | None = None
) -> tuple[int, list[Refusal]]:
    """Write a table of events, all or none, inside the running transaction.

    Args:
        table: one row an event; columns are named like the columns of an event in Python (`provider`,
            `resource_quantity_value`, `resource_quantity_unit`, `has_point_in_time` ...); references are identifiers,
            addresses or unambiguous names.
        zone: in which moments without a zone are read.
        progress: told how many of how many rows are done.

    Returns:
        How many events were written, and the shortages of which the accountable only want to be warned.

    Raises:
        Refused: with the faults of at most a thousand rows, each at `events.<row>.<property>`, rows counted from 0.
    """
    locks.shared("references")
    with collector_resting(), indexes_made_afterwards(table.num_rows):
        writing = _Writing(columns.read(table, zone), progress or (lambda _done, _of: None))
        writing.run()
    return writing.count, writing.warnings


class _Writing:
    """A table on its way into the ledger."""

    def __init__(self, read: columns.Columns, progress: Callable[[int, int], None]) -> None:
        self.read = read
        self.progress = progress
        self.now = clock.now()
        self.warnings: list[Refusal] = []
        self.refusals: list[Refusal] = []
        self.count = 0
        self.combined: Counter[int] = Counter()
        # The shapes of which the rules forbid nothing.
        self.fine: set[tuple[Any, ...]] = set()
        self.has_odd_times = self._has_odd_times()
        processes = {key for name in ("input_of", "output_of") for key in set(read.of(name)) if key is not None}
        self.processes = columns.stages(processes)
        self.held: dict[int, Held] = {}
        self.play = Replay({})
        self.refusing = stock.refusing()

    def run(self) -> None:
        """Hold every resource of the table, in the order of their keys, then let the rows happen chunk by chunk."""
        names = ("resource_inventoried_as", "to_resource_inventoried_as")
        keys = {key for name in names for key in set(self.read.of(name)) if key is not None}
        contents = self._contents()
        self.held = stock.held_many(keys | contents.touched)
        states: dict[Any, ResourceState] = {key: each.state for key, each in self.held.items()}
        unowned = [
            key for key, state in states.items() if state.accountable is None and state.previous_event is not None
        ]
        self.play = Replay(
            states,
            containers=contents.containers,
            custody=history.last_custodies(unowned),
        )
        rows = ledger_rows(self.now)
        first = last = 0
        for start in range(0, self.read.count, CHUNK):
            stop = min(start + CHUNK, self.read.count)
            places = take_places(stop - start)
            with taken_meanwhile(), database_of(EconomicEvent).wrap_database_errors, rows.writing():
                self._happen(start, stop, places, rows)
            first, last = first or places[0], places[-1]
            self.count = stop
            self.progress(stop, self.read.count)
        if self.refusals:
            raise Refused(self.refusals[:FAULTS_MAX])
        self._store()
        if self.count:
            announce(EventsRecorded(first, last, self.count))

    def _contents(self) -> Contents:
        """Return what lies in what, as far as the rows may change it."""
        flows = set(zip(*(self.read.of(name) for name in ("action", "input_of", "output_of")), strict=True))
        combines = {key: combines for key, (_, combines) in self.processes.items()}
        return contents_of((flow for flow in flows if flow[0] is not None), combines)

    def _happen(self, start: int, stop: int, places: Sequence[int], rows: LedgerRows) -> None:
        """Let the rows from `start` to `stop` happen, and give their lines to `rows`."""
        happen = zip(*(self.read.of(name)[start:stop] for name in _READ), strict=True)
        carried = zip(*(self.read.of(name)[start:stop] for name in _CARRIED), strict=True)
        states = self.play.states
        take = self.play.take
        processes = self.processes
        for row, place, told, more in zip(range(start, stop), places, happen, carried, strict=True):
            (action, provider, receiver, resource, to_resource, _kind, input_of, output_of, quantity, unit, effort,
             _effort_unit, place_to, state, beginning, end, point) = told  # fmt: skip
            moment = point or end or beginning
            refusals = self._refuse(row, told, more[_CREATED])
            if refusals:
                self._fault(row, refusals)
                continue
            before = states.get(resource, NEW)
            to_before = states.get(to_resource, NEW)
            happening = Happening(
                place, action, quantity, unit, provider, receiver, resource, to_resource, place_to, state,
                processes[output_of][0] if output_of is not None else None, None, moment, None,
                creates_here(
                    ACTIONS[action], None if resource is None else before, None if to_resource is None else to_before,
                    agents_differ=provider != receiver,
                ),
                input_of, output_of, effort,
            )  # fmt: skip
            try:
                effect = take(happening)
            except Refused as refused:
                self._fault(row, refused.refusals)
                continue
            if resource is not None:
                self._judge(row, resource, before)
            if to_resource is not None:
                self._judge(row, to_resource, to_before)
            rows.add(
                place, told, more, moment,
                before.previous_event if resource is not None else None,
                to_before.previous_event if to_resource is not None else None,
                packed(effect, creates=happening.creates),
            )  # fmt: skip
            if ACTIONS[action].contained_effect == "update" and input_of is not None:
                self.combined[input_of] += 1

    def _refuse(self, row: int, told: tuple[Any, ...], created: datetime | None) -> list[Refusal]:
        """Return what the rules forbid of a row, apart from balances; what no row of the table can fail is not asked."""
        (action, provider, receiver, resource, to_resource, kind, input_of, output_of, quantity, unit, effort,
         effort_unit, _, _, beginning, end, point) = told  # fmt: skip
        shape = (
            action, resource is not None, to_resource is not None,
            resource is not None and resource == to_resource,
            input_of is not None, output_of is not None, flows.agents_of(provider, receiver),
            quantity is not None, effort is not None,
            (quantity is not None and quantity < ZERO) or (effort is not None and effort < ZERO),
            False, kind is not None,
        )  # fmt: skip
        faults: Sequence[Refusal] = self.read.faults.get(row, ())
        is_shapeless = row in self.read.shapeless
        if not is_shapeless:
            if (quantity is not None and unit is None) or (effort is not None and effort_unit is None):
                faults = [*faults, _NO_UNIT]
            if action is None:
                faults, is_shapeless = [*faults, _NO_ACTION], True
        if faults or self.has_odd_times or shape not in self.fine:
            known = None if is_shapeless else flows.Shape(*shape)
            refusals = [*faults, *rules.judge(rules.Told(known, beginning, end, point, created), self.now)]
            if refusals:
                return refusals
            self.fine.add(shape)
        if kind is None and to_resource is None:
            return []
        return rules.refuse_kinds(action, kind, self.held.get(resource), self.held.get(to_resource))

    def _has_odd_times(self) -> bool:
        """Return whether any row could be told of at a wrong time."""
        told = {name: [each for each in self.read.of(name) if each is not None] for name in columns.MOMENTS}
        is_span = bool(told["has_beginning"] and told["has_end"])
        return is_span or any(max(moments) > self.now for moments in told.values() if moments)

    def _judge(self, row: int, key: int, before: ResourceState) -> None:
        """Refuse or warn of a balance that fell below zero, as the accountable has decided."""
        after = self.play.states[key]
        if after.onhand >= ZERO and after.accounting >= ZERO:
            return
        is_refused = (after if before.accountable is None else before).accountable in self.refusing
        told = self.refusals if is_refused else self.warnings
        if len(told) < FAULTS_MAX:
            shortage = refuse_shortage(before, after, name=self.held[key].name)
            told.extend(refusal.at(f"events.{row}") for refusal in shortage)

    def _fault(self, row: int, refusals: Iterable[Refusal]) -> None:
        if len(self.refusals) < FAULTS_MAX:
            self.refusals.extend(refusal.at(f"events.{row}") for refusal in refusals)

    def _store(self) -> None:
        states = self.play.states
        stock.store(
            {key: (each.state, states[key]) for key, each in self.held.items() if states[key] is not each.state}
        )
        count_combined(self.combined)
