"""Today: how much one did, what one does again and again, what waits, and what happened in the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from oce.apps.events import durations, recent
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.quick import HABITS_SHOWN, LOG_URL, person_of
from oce.apps.events.pages.verbs import icon_of
from oce.apps.events.pages.week import WEEK_URL
from oce.kit import clock
from oce.kit.actor import seen_by
from oce.kit.pages import periods
from oce.kit.pages.forms import fresh_key
from oce.kit.pages.navigation import list_url
from oce.kit.pages.portraits import portraits_of
from oce.kit.pages.requests import Asked

if TYPE_CHECKING:
    from django.http import HttpResponse

    from oce.apps.processes.models import Process

FEED_SHOWN = 20
DAYS = 7
# The height of the strip; a bar is as high as its share of the longest day, or of a common one.
HEIGHT = 96
COMMON_DAY = Decimal(8 * 60)
# The hours from which on it is no longer morning, and no longer day.
NOON, EVENING = 12, 18


class Bar(NamedTuple):
    """One day of the week: what it is called, how long one worked, and how high its bar is."""

    day: date
    name: str
    minutes: Decimal
    height: int
    url: str
    is_today: bool

    @property
    def words(self) -> str:
        """How long one worked, in words."""
        return durations.in_words(self.minutes)

    @property
    def top(self) -> int:
        """How far below the upper edge the bar begins."""
        return HEIGHT - self.height


class Habit(NamedTuple):
    """A thing that somebody does again and again, with how much it was last time."""

    event: EconomicEvent
    icon: str
    what: str
    amount: str
    is_one_press: bool
    key: str


class Day(NamedTuple):
    """What happened on one day, the latest first."""

    name: str
    events: list[tuple[str, EconomicEvent, Process | None]]


@require_safe
def today(request: Asked) -> HttpResponse | None:
    """Show today to a person; whoever is none has nothing to look back on, and sees the house instead."""
    me = person_of(request.actor)
    if me is None:
        return None
    day = periods.today()
    period = request.period
    monday = day - timedelta(days=day.weekday())
    begin, end = _midnight(monday - timedelta(days=DAYS)), _midnight(monday + timedelta(days=DAYS))
    found = recent.occasions(
        request.actor,
        me.pk,
        min(begin, period.begin) if period.begin else None,
        max(end, period.end) if period.end else None,
    )
    of_period = [each for each in found if _lies_in(each, period)]
    habits = recent.habits_of(request.actor, me.pk, limit=HABITS_SHOWN)
    shown_week, of_week = week_shown(found, monday)
    feed = _feed(request)
    shown = {
        "me": me,
        "greeting": _greeting(localtime(clock.now())).format(name=me),
        "hours": durations.in_words(recent.minutes_in_all(of_period)),
        "occasions": len(of_period),
        "bars": list(bars(of_week, shown_week, day, str(me.uid))),
        "is_last_week": shown_week < monday,
        "week_url": f"{WEEK_URL}?of={shown_week.isoformat()}",
        "week_hours": durations.in_words(recent.minutes_in_all(of_week)),
        "height": HEIGHT,
        "habits": [_habit(each) for each in habits],
        "days": list(days(feed, day)),
        "portraits": portraits_of(each.provider for each in feed),
        "log_url": LOG_URL,
        "ledger_url": list_url(EconomicEvent),
    }
    return render(request, "events/today.html", shown)


def week_shown(found: Sequence[recent.Occasion], monday: date) -> tuple[date, list[recent.Occasion]]:
    """Return this week by its Monday with what was done in it; the one before, as long as only that has anything."""
    weeks = {begin: _in_week(found, begin) for begin in (monday, monday - timedelta(days=DAYS))}
    return next(((begin, some) for begin, some in weeks.items() if some), (monday, []))


def _in_week(found: Iterable[recent.Occasion], monday: date) -> list[recent.Occasion]:
    return [each for each in found if monday <= each.day < monday + timedelta(days=DAYS)]


def bars(found: Iterable[recent.Occasion], monday: date, today: date, uid: str) -> Iterator[Bar]:
    """Yield the seven days of a week, each with a bar that leads to its entries."""
    minutes = {monday + timedelta(days=number): Decimal() for number in range(DAYS)}
    for each in found:
        if each.day in minutes:
            minutes[each.day] += each.minutes
    most = max(COMMON_DAY, *minutes.values())
    for day, worked in minutes.items():
        asked = {"who": uid, "occurredAt.from": day.isoformat(), "occurredAt.until": day.isoformat()}
        height = int(worked * HEIGHT / most)
        url = f"{list_url(EconomicEvent)}?{urlencode(asked)}"
        yield Bar(day, date_format(day, "D"), worked, max(height, 3 if worked else 0), url, day == today)


def days(events: Iterable[EconomicEvent], today: date) -> Iterator[Day]:
    """Yield the events day by day, by when they were written down."""
    for day, some in groupby(events, key=lambda each: localtime(each.created).date()):
        yield Day(
            _name_of(day, today), [(icon_of(each.action), each, each.input_of or each.output_of) for each in some]
        )


def _feed(request: Asked) -> list[EconomicEvent]:
    """Return the last events of the groups that one looks at, with all that their sentences name."""
    events = seen_by(request.actor, EconomicEvent.every())
    agents = request.scope.agents
    if agents:
        events = events.filter(Q(provider__in=agents) | Q(receiver__in=agents))
    return list(events.select_related(*EconomicEvent.named_by, "input_of", "output_of").order_by("-id")[:FEED_SHOWN])


def _habit(event: EconomicEvent) -> Habit:
    process = event.input_of or event.output_of
    what = str(process or event.thing or event.receiver)
    amount = event.effort_quantity or event.resource_quantity
    words = durations.in_words(durations.minutes_of(amount)) if event.effort_quantity else str(event).partition(" ")[2]
    is_one_press = event.effort_quantity is not None and event.resource_quantity is None
    return Habit(event, icon_of(event.action), what, words, is_one_press, fresh_key())


def _lies_in(occasion: recent.Occasion, period: periods.Period) -> bool:
    last = period.last
    return period.first is None or last is None or period.first <= occasion.day <= last


def _greeting(now: datetime) -> str:
    if now.hour < NOON:
        return _("Good morning, {name}")
    return _("Good afternoon, {name}") if now.hour < EVENING else _("Good evening, {name}")


def _name_of(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    return (
        _("Yesterday")
        if day == today - timedelta(days=1)
        else date_format(day, pgettext("format of a day", "l, j F Y"))
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())
