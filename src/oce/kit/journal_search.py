"""What somebody looks for in the journal: who did it, what was done, when, and to which record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.timezone import get_current_timezone

from oce.kit.journal import JournalLine
from oce.kit.records import read_uid
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from oce.kit.actor import Actor

# Days outside of these years are slips of the keyboard, and their moments may not exist in every zone.
YEAR_MIN, YEAR_MAX = 1000, 9000
NOT_A_DAY = gettext_noop("{text} is not a day. Write it as year-month-day, such as 2026-11-23.")
NO_RECORD = gettext_noop("{text} is no address of a record. Copy it from the page of the record.")


@dataclass(frozen=True, slots=True)
class Sought:
    """A search of the journal, as it was typed; what is empty narrows nothing.

    Attributes:
        who: letters of a name.
        what: the name of a command: `events.record_event`.
        since: the first day.
        until: the last day.
        record: the address or identifier of a record.
    """

    who: str = ""
    what: str = ""
    since: str = ""
    until: str = ""
    record: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything is looked for."""
        return any((self.who, self.what, self.since, self.until, self.record))

    def refusals(self) -> list[Refusal]:
        """Return what cannot be understood of it."""
        days = (("since", self.since), ("until", self.until))
        found = [
            Refusal("kit.journal_day", NOT_A_DAY, field, text=text[:100])
            for field, text in days
            if text and _day(text) is None
        ]
        if self.record and read_uid(self.record) is None:
            found.append(Refusal("kit.journal_record", NO_RECORD, "record", text=self.record[:100]))
        return found


def told_to(actor: Actor) -> QuerySet[JournalLine]:
    """Return the lines that an actor may read, newest first: all for who looks after the house, their own for others.

    A line names what a wish was about, whoever may see that since.
    """
    lines = JournalLine.objects.order_by("-id")
    if actor.sees_everything:
        return lines
    return lines.none() if actor.agent is None else lines.filter(agent=actor.agent)


def found(lines: QuerySet[JournalLine], sought: Sought) -> QuerySet[JournalLine]:
    """Return those of `lines` that answer a search; none where it cannot be understood."""
    if sought.refusals():
        return lines.none()
    condition = Q()
    if sought.who:
        condition &= Q(actor__icontains=sought.who)
    if sought.what:
        condition &= Q(command=sought.what)
    for name, text, later in (("at__gte", sought.since, 0), ("at__lt", sought.until, 1)):
        day = _day(text)
        if day is not None:
            condition &= Q(**{name: _midnight(day + timedelta(days=later))})
    return _about(lines.filter(condition), sought.record)


def _about(lines: QuerySet[JournalLine], record: str) -> QuerySet[JournalLine]:
    uid = read_uid(record) if record else None
    if uid is None:
        return lines
    return lines.annotate(named=Cast("subjects", TextField())).filter(named__contains=str(uid))


def _day(text: str) -> date | None:
    try:
        found_day = date.fromisoformat(text)
    except ValueError:
        return None
    return found_day if YEAR_MIN <= found_day.year <= YEAR_MAX else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())
