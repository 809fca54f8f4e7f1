"""What somebody did lately: the things they do again and again, and how long they worked on which day."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.utils.timezone import localtime

from oce.apps.events.durations import minutes_of
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.kit.actor import Actor, seen_by
from oce.vf.actions import ACTIONS
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

# How far back one looks for what somebody does again and again.
LOOKED_AT = 80
# Nobody works on more occasions in a year; of who does, or asks for all time, the last ones are counted.
OCCASIONS_MAX = 2_000
EFFORTS = tuple(name for name, row in ACTIONS.items() if row.takes_effort_quantity and not row.changes_hands)


class Left(NamedTuple):
    """What is left of an event after its corrections so far."""

    resource_quantity: Measure | None
    effort_quantity: Measure | None

    @property
    def is_nothing(self) -> bool:
        """Whether it was undone."""
        return not any(each is not None and each.value for each in self)


class Occasion(NamedTuple):
    """One piece of somebody's work: the event, its day by the reader's clock, and how many minutes are left of it."""

    event: EconomicEvent
    day: date
    minutes: Decimal


def own_events(actor: Actor, person: int) -> QuerySet[EconomicEvent]:
    """Return what a person did and gave, as far as the actor may see it, without corrections."""
    return seen_by(actor, EconomicEvent.every()).filter(provider=person, corrects=None)


def habits_of(actor: Actor, person: int, *, limit: int) -> list[EconomicEvent]:
    """Return the last events of a person, of each thing they do the last one only; what was undone is left out."""
    own = own_events(actor, person).order_by("-id")
    events = list(own[:LOOKED_AT])
    left = left_of(events)
    last: dict[object, int] = {}
    for event in events:
        if not left[event.pk].is_nothing:
            last.setdefault(alike(event), event.pk)
    # What they name is read for the few that are shown: for all that are looked at it would be six hundred records.
    named = (*EconomicEvent.named_by, "input_of__in_scope_of", "output_of__in_scope_of")
    return list(own.filter(pk__in=list(last.values())[:limit]).select_related(*named))


def open_work(actor: Actor, groups: Iterable[int], *, limit: int) -> list[Process]:
    """Return the work of some groups that is not finished, the newest first."""
    work = seen_by(actor, Process.every()).filter(finished=False, in_scope_of__in=list(groups))
    return list(work.select_related("in_scope_of").order_by("-id")[:limit])


def alike(event: EconomicEvent) -> tuple[object, ...]:
    """Return what two events have in common that are the same thing done again."""
    return (
        event.action,
        event.receiver_id,
        event.input_of_id,
        event.output_of_id,
        event.resource_conforms_to_id,
        event.resource_inventoried_as_id,
        event.to_resource_inventoried_as_id,
        tuple(event.resource_classified_as),
    )


def left_of(events: Iterable[EconomicEvent]) -> dict[int, Left]:
    """Return what is left of each event, by private key: one question for all."""
    left = {event.pk: Left(event.resource_quantity, event.effort_quantity) for event in events}
    if left:
        for correction in EconomicEvent.every().filter(corrects__in=list(left)).order_by():
            before = left[correction.corrects_id]
            left[correction.corrects_id] = Left(
                _added(before.resource_quantity, correction.resource_quantity),
                _added(before.effort_quantity, correction.effort_quantity),
            )
    return left


def occasions(actor: Actor, person: int, begin: datetime | None, end: datetime | None) -> list[Occasion]:
    """Return the work of a person between two moments, in the order of the ledger; what was undone is left out."""
    events = own_events(actor, person).filter(action__in=EFFORTS, effort_quantity_value__isnull=False)
    if begin is not None:
        events = events.filter(occurred_at__gte=begin)
    if end is not None:
        events = events.filter(occurred_at__lt=end)
    named = ("provider", "receiver", "input_of__in_scope_of", "output_of__in_scope_of", "resource_conforms_to")
    found = list(events.select_related(*named).order_by("-id")[:OCCASIONS_MAX])[::-1]
    left = left_of(found)
    minutes = {event.pk: minutes_of(left[event.pk].effort_quantity) for event in found}
    return [Occasion(each, localtime(each.occurred_at).date(), minutes[each.pk]) for each in found if minutes[each.pk]]


def minutes_in_all(found: Iterable[Occasion]) -> Decimal:
    """Return how many minutes several occasions are together."""
    return sum((each.minutes for each in found), Decimal(0))


def _added(before: Measure | None, change: Measure | None) -> Measure | None:
    if before is None or change is None:
        return before
    return Measure(EXACT.add(before.value, change.value), before.unit)
