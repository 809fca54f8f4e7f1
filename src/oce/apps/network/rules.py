"""What many events come to: hours, what was made, given and received, who worked when, and what flows between whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from oce.vf.actions import ACTIONS
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure
from oce.vf.refusals import Refused

HOUR = "hour"
PIECES = "one"
# Pictures show hours to the hundredth; sums by unit are exact.
PLACES = 2
WORK = frozenset({"work"})
MAKING = frozenset({"produce"})
USING = frozenset({"use", "consume", "cite"})
# What goes from one to another: things by the actions that hand them over, and services. Who carries or mends a thing is
# given nothing.
HANDING = frozenset({name for name, row in ACTIONS.items() if row.changes_hands} | {"deliverService"})
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sum:
    """Events that are alike, added up: who gave whom how much of which kind; agents and kinds by their private keys.

    Work is told by day where a picture of weeks wants it, which may begin before the period that is added up.
    """

    action: str
    provider: int
    receiver: int
    kind: int | None
    amount: Measure | None
    effort: Measure | None
    count: int
    day: date | None = None
    is_in_period: bool = True


class Amount(NamedTuple):
    """How much of a kind it was, in one unit; None where no kind is said, as of work."""

    kind: int | None
    measure: Measure


@dataclass(frozen=True, slots=True)
class Figures:
    """What somebody did in a period: hours by unit, and amounts by kind, the most often told first."""

    worked: tuple[Amount, ...]
    made: tuple[Amount, ...]
    used: tuple[Amount, ...]
    given: tuple[Amount, ...]
    received: tuple[Amount, ...]
    count: int


class Flow(NamedTuple):
    """How much of a kind went from one to another, in one unit."""

    provider: int
    receiver: int
    kind: int | None
    measure: Measure


def figures_of_group(sums: Collection[Sum], inside: Collection[int]) -> Figures:
    """Return what a group with its parts worked, made, used, gave to others and received from others."""
    return Figures(
        worked=amounts(each for each in sums if each.action in WORK and each.receiver in inside),
        made=amounts(each for each in sums if each.action in MAKING and each.receiver in inside),
        used=amounts(each for each in sums if each.action in USING and each.provider in inside),
        given=amounts(each for each in handed_over(sums) if each.provider in inside and each.receiver not in inside),
        received=amounts(each for each in handed_over(sums) if each.receiver in inside and each.provider not in inside),
        count=sum(each.count for each in sums),
    )


def figures_of_person(sums: Collection[Sum], person: int) -> Figures:
    """Return what a person worked, made, used, gave and received."""
    own = [each for each in sums if each.provider == person]
    return Figures(
        worked=amounts(each for each in own if each.action in WORK),
        made=amounts(each for each in own if each.action in MAKING),
        used=amounts(each for each in own if each.action in USING),
        given=amounts(handed_over(own)),
        received=amounts(each for each in handed_over(sums) if each.receiver == person),
        count=sum(each.count for each in sums),
    )


def handed_over(sums: Iterable[Sum]) -> list[Sum]:
    """Return what went from one to another as a thing or a service: not work, which is given to a process."""
    return [each for each in sums if each.provider != each.receiver and each.action in HANDING]


def amounts(sums: Iterable[Sum]) -> tuple[Amount, ...]:
    """Return the sums by kind and unit, exactly; the kind of which most is told comes first. What was undone is nothing."""
    totals: dict[tuple[int | None, str], Decimal] = defaultdict(Decimal)
    told: Counter[tuple[int | None, str]] = Counter()
    for each in sums:
        measure = each.amount or each.effort
        if measure is None:
            continue
        at = (each.kind if each.amount is not None else None, measure.unit)
        totals[at] = EXACT.add(totals[at], measure.value)
        told[at] += each.count
    counted = [at for at, _ in told.most_common() if totals[at]]
    return tuple(Amount(kind, Measure(totals[kind, unit], unit)) for kind, unit in counted)


def by_unit(found: Iterable[Amount]) -> list[Measure]:
    """Return the amounts of all kinds together, one for each unit."""
    return added_up(each.measure for each in found)


def added_up(measures: Iterable[Measure]) -> list[Measure]:
    """Return the exact sum of each unit, in the order in which the units were first told."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for each in measures:
        totals[each.unit] = EXACT.add(totals[each.unit], each.value)
    return [Measure(value, unit) for unit, value in totals.items()]


def in_hours(measure: Measure | None) -> Decimal | None:
    """Return an effort in hours, to the hundredth; None where it is none, or no time."""
    if measure is None or measure.unit == HOUR:
        return None if measure is None else measure.value
    try:
        return measure.to(HOUR, places=PLACES).value
    except Refused:
        return None


def flows(sums: Iterable[Sum], inside: Collection[int]) -> list[Flow]:
    """Return what came from outside and what went outside, by partner, kind and unit; the parts of a group count as it."""
    totals: dict[tuple[int, int, int | None, str], Decimal] = defaultdict(Decimal)
    for each in handed_over(sums):
        if each.amount is None or (each.provider in inside) == (each.receiver in inside):
            continue
        at = (each.provider, each.receiver, each.kind, each.amount.unit)
        totals[at] = EXACT.add(totals[at], each.amount.value)
    return [
        Flow(giver, taker, kind, Measure(value, unit))
        for (giver, taker, kind, unit), value in totals.items()
        if value > 0
    ]


def units_of(found: Iterable[Flow]) -> list[str]:
    """Return the units of flows, the one with most flows first; pieces last, which count unlike things alike."""
    told = Counter(each.measure.unit for each in found)
    return sorted(told, key=lambda unit: (unit == PIECES, -told[unit], unit))


def week_of(day: date) -> date:
    """Return the Monday of the week."""
    return day - timedelta(days=day.weekday())


def weeks_until(last: date, count: int) -> list[date]:
    """Return the Mondays of so many weeks, of which the last holds the day."""
    newest = week_of(last)
    return [newest - timedelta(weeks=back) for back in range(count - 1, -1, -1)]


def hours_by_week(sums: Iterable[Sum], weeks: Collection[date], *, of_person: bool) -> dict[int, dict[date, Decimal]]:
    """Return the hours of each week by who worked, or of one person by for whom; who has most of them comes first.

    What cannot be said in hours is left out.
    """
    summed: dict[int, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for each in sums:
        if each.day is None or each.action not in WORK:
            continue
        key = each.receiver if of_person else each.provider
        time, week = in_hours(each.effort), week_of(each.day)
        if time is not None and week in weeks:
            summed[key][week] = EXACT.add(summed[key][week], time)
    return dict(sorted(summed.items(), key=lambda item: -sum(item[1].values())))


@dataclass(frozen=True, slots=True)
class Strand:
    """What ties two ends together: how many events, and how many hours among them."""

    count: int
    hours: Decimal


def strands(sums: Iterable[Sum], home: Mapping[int, int]) -> dict[tuple[int, int], Strand]:
    """Return what flowed between every two ends; `home` says for which other end one counts, such as for its group."""
    found: dict[tuple[int, int], Strand] = {}
    for each in sums:
        ends = (home.get(each.provider, each.provider), home.get(each.receiver, each.receiver))
        if ends[0] != ends[1]:
            before = found.get(ends, Strand(0, ZERO))
            time = in_hours(each.effort) if each.action in WORK else None
            found[ends] = Strand(before.count + each.count, EXACT.add(before.hours, time or ZERO))
    return found
