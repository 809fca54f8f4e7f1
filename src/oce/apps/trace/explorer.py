"""Where a thing came from and where it went, as one page tells it: the answer, the picture, the entries, the steps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from oce.apps.trace import wording
from oce.apps.trace.naming import Names
from oce.apps.trace.rules.balances import Balance, balances
from oce.apps.trace.rules.flows import Entry, Sort, flows_of
from oce.apps.trace.sights import LEVELS, STEPS_A_LEVEL, Seen, entries_of
from oce.kit.action_labels import action_label
from oce.kit.pages.navigation import record_url
from oce.vf.actions import ACTIONS
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from oce.apps.events.models import EconomicEvent
    from oce.apps.processes.models import Process
    from oce.apps.trace.rules.flows import Knot
    from oce.apps.trace.rules.river import River


@dataclass(frozen=True, slots=True)
class Question:
    """How somebody wants to see a trace.

    Attributes:
        levels: how far each way; None to the ends.
        sort: only entries of this sort.
        is_collapsed: a thing is drawn once, however often it changed hands or places.
        since: only what happened from then on.
        until: only what happened before then.
    """

    levels: int | None = LEVELS
    sort: Sort | None = None
    is_collapsed: bool = False
    since: datetime | None = None
    until: datetime | None = None

    def includes(self, event: EconomicEvent) -> bool:
        """Return whether an event lies in the stretch of time that is asked for."""
        return (self.since is None or event.occurred_at >= self.since) and (
            self.until is None or event.occurred_at < self.until
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger on the way, in words."""

    event: EconomicEvent
    level: int
    what: str
    thing: str
    giver: str
    taker: str
    amount: str
    step: str

    @property
    def url(self) -> str:
        """Where the entry has its page."""
        return record_url(self.event)


@dataclass(frozen=True, slots=True)
class Level:
    """The entries that are equally far from the start: below nothing those that lead to it."""

    number: int
    lines: tuple[Line, ...]

    @property
    def distance(self) -> int:
        """How far it is, whichever way."""
        return abs(self.number)


@dataclass(frozen=True, slots=True)
class Sum:
    """What went in and came out in one measure, in words, with what to think of it."""

    went_in: str
    came_out: str
    verdict: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A process on the way with its mass balance."""

    process: Process
    name: str
    sums: tuple[Sum, ...]
    remarks: tuple[str, ...]

    @property
    def has_gap(self) -> bool:
        """Whether something is missing."""
        return bool(self.remarks) or any(each.is_gap for each in self.sums)


@dataclass(frozen=True, slots=True)
class Explored:
    """The whole answer.

    Attributes:
        answer: sentences with exact numbers.
        river: what is drawn.
        back: entries that led to the start, the nearest level first.
        forth: entries that led on from it.
        steps: the processes on the way.
        breaks: sentences, one for each place where the trail ends at somebody who records elsewhere or not at all.
        returns: sentences, one for each thing that comes back to where it was before.
        hidden: how many records on the way are not seen.
        more: how many lie beyond the bounds.
        outside: how many entries lie outside of the stretch of time.
    """

    seen: Seen
    names: Names
    title: str
    answer: tuple[str, ...]
    river: River
    back: tuple[Level, ...]
    forth: tuple[Level, ...]
    steps: tuple[Step, ...]
    breaks: tuple[str, ...]
    returns: tuple[str, ...]
    hidden: int
    more: int
    outside: int

    @property
    def lines(self) -> list[Line]:
        """All entries, the farthest back first, the farthest on last."""
        return [line for level in (*reversed(self.back), *self.forth) for line in level.lines]


def explored(seen: Seen, question: Question, *, as_roles: bool = False) -> Explored:
    """Return what is to be told of what somebody sees."""
    names = Names(seen, as_roles=as_roles)
    entries = entries_of(seen)
    passed = [event for event in seen.passed if not event.corrects_id]
    timely = [event for event in passed if question.includes(event)]
    chosen = [event for event in timely if question.sort in {None, entries[event.pk].sort}]
    flows = flows_of(entries[event.pk] for event in timely if entries[event.pk].sort is Sort.THINGS)
    # Not at the top: it is laid out with a heavy library.
    from oce.apps.trace.rules.river import river

    drawn = river(flows_of(entries[event.pk] for event in chosen), _away(seen), is_collapsed=question.is_collapsed)
    lines = [_line(names, event, entries[event.pk], seen) for event in chosen]
    told = wording.Told(seen, names, [entries[event.pk] for event in timely], flows, _away(seen))
    return Explored(
        seen=seen,
        names=names,
        title=wording.title(seen, names),
        answer=tuple(wording.answer(told)),
        river=drawn,
        back=_levels(line for line in lines if line.level < 0),
        forth=_levels(line for line in lines if line.level >= 0),
        steps=tuple(
            _steps(seen, names, entries, {key for event in chosen for key in (event.input_of_id, event.output_of_id)})
        ),
        breaks=tuple(wording.breaks(told)),
        returns=tuple(wording.returns(names, drawn)),
        hidden=seen.sight.hidden,
        more=seen.sight.more,
        outside=len(passed) - len(timely),
    )


def _away(seen: Seen) -> Mapping[Knot, int]:
    return {(kind, key): steps for (kind, key), steps in seen.sight.distance.items() if kind != "event"}


def _line(names: Names, event: EconomicEvent, entry: Entry, seen: Seen) -> Line:
    steps = seen.sight.distance["event", event.pk]
    level = -(-abs(steps) // STEPS_A_LEVEL)
    thing = next((each for each in entry.sides if each is not None), None)
    step = event.input_of_id or event.output_of_id
    return Line(
        event=event,
        level=-level if steps < 0 else level,
        what=action_label(event.action),
        thing="" if thing is None else names.thing(thing),
        giver=names.agent(event.provider_id),
        taker=names.agent(event.receiver_id),
        amount=names.amount(entry.amount, thing),
        step=names.step(step) if step is not None else "",
    )


def _levels(lines: Iterable[Line]) -> tuple[Level, ...]:
    """Return the lines by level, the nearest first."""
    by_level: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_level[line.level].append(line)
    return tuple(Level(number, tuple(by_level[number])) for number in sorted(by_level, key=abs))


def _steps(seen: Seen, names: Names, entries: Mapping[int, Entry], shown: set[int | None]) -> Iterable[Step]:
    """Yield the processes of the lines that are shown, with what went in and came out."""
    inputs: dict[int, list[Entry]] = defaultdict(list)
    outputs: dict[int, list[Entry]] = defaultdict(list)
    for each in entries.values():
        if each.amount is not None and ACTIONS[each.action].counts:
            if each.input_of is not None:
                inputs[each.input_of].append(each)
            if each.output_of is not None:
                outputs[each.output_of].append(each)
    distance = seen.sight.distance
    for key in sorted(set(seen.processes) & shown, key=lambda key: (distance.get(("process", key), 0), key)):
        went_in, came_out = inputs[key], outputs[key]
        found = balances(_amounts(went_in), _amounts(came_out)) if seen.sight.is_whole else []
        yield Step(
            process=seen.processes[key],
            name=names.step(key),
            sums=tuple(_sum(names, each, went_in, came_out) for each in found),
            remarks=tuple(
                wording.remarks(
                    seen, key, has_inputs=_is_told(went_in, came_out), has_outputs=_is_told(came_out, went_in)
                )
            ),
        )


def _is_told(entries: Collection[Entry], others: Collection[Entry]) -> bool:
    """Return whether one side of a step is told; packing gives nothing out, and unpacking takes nothing in."""
    return bool(entries) or all(ACTIONS[each.action].contained_effect for each in others)


def _amounts(entries: Iterable[Entry]) -> list[Measure]:
    return [each.amount for each in entries if each.amount is not None]


def _sum(names: Names, balance: Balance, went_in: Iterable[Entry], came_out: Iterable[Entry]) -> Sum:
    verdict, is_gap = wording.verdict(names, balance)
    return Sum(
        went_in=names.amount(Measure(balance.went_in, balance.unit), _only(went_in)) if balance.went_in else "",
        came_out=names.amount(Measure(balance.came_out, balance.unit), _only(came_out)) if balance.came_out else "",
        verdict=verdict,
        is_gap=is_gap,
    )


def _only(entries: Iterable[Entry]) -> int | None:
    """Return the thing that all entries are about, where it is one."""
    things = {each.resource for each in entries}
    return things.pop() if len(things) == 1 else None
