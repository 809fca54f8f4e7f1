"""A week of one's work as a grid: what one works on down, seven days across, saved in one go.

Hours in a cell that had none are a new entry; changed ones are corrections of the entries of that day. What somebody else
changed in the meantime is said, and nothing is saved over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from oce.apps.events import commands, durations, recent
from oce.apps.events.drafts import EventDraft
from oce.apps.events.pages.quick import person_of
from oce.apps.events.pages.sheet_lines import NO_TIME, PLAIN_WORK
from oce.apps.processes.models import Process
from oce.kit import clock
from oce.kit.actor import seen_by
from oce.kit.pages import periods, undoing
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.choices import Offers
from oce.kit.pages.forms import KEY, fresh_key, in_words_of_a_form
from oce.kit.pages.records import SHOW
from oce.kit.pages.requests import Asked
from oce.kit.records import read_uid
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from oce.apps.agents.models import Agent
    from oce.apps.events.models import EconomicEvent

WEEK_URL = "/log/week"
DAYS = 7
# What one worked on in this week and the three before it is offered as a row.
WEEKS_BACK = 3
ROWS_MAX = 30
NEW_ROWS = 2
OF, COPY = "of", "copy"
CHANGED = gettext_noop(
    "These hours were changed meanwhile: it is {now} now. Look at it, then save once more what is still to be changed."
)


@dataclass
class Cell:
    """The hours of one day on one thing: what is in the ledger, what was there when the page was made, what is typed."""

    name: str
    day: date
    is_open: bool
    occasions: list[recent.Occasion] = field(default_factory=list)
    text: str = ""
    was: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def now(self) -> Decimal:
        """How many minutes are in the ledger."""
        return recent.minutes_in_all(self.occasions)

    @property
    def now_typed(self) -> str:
        """What is in the ledger, as it would be typed."""
        return durations.typed(self.now)

    @property
    def short(self) -> str:
        """The day in few letters."""
        return _short(self.day)

    @property
    def words(self) -> str:
        """What the cell is called for those who listen."""
        return date_format(self.day, pgettext("format of a day", "l, j F"))


@dataclass
class Row:
    """One thing that somebody works on, over the days of a week."""

    number: int
    like: EconomicEvent | None
    cells: list[Cell]
    process: Process | None = None

    @property
    def title(self) -> str:
        """What one works on."""
        if self.like is None:
            return str(self.process or "")
        return str(self.like.input_of or self.like.output_of or self.like.resource_conforms_to or self.like.receiver)

    @property
    def hint(self) -> str:
        """For whom, and of which kind."""
        if self.like is None:
            return ""
        words = [
            self.like.resource_conforms_to,
            self.like.receiver if self.like.receiver_id != self.like.provider_id else None,
        ]
        return " · ".join(str(each) for each in words if each is not None and str(each) != self.title)

    @property
    def total(self) -> str:
        """How long it was in all, as it would be typed."""
        return durations.typed(sum((each.now for each in self.cells), Decimal()))


class Week(NamedTuple):
    """A week: its first day, the rows of what one worked on, and some in which to begin something else."""

    monday: date
    rows: list[Row]
    new_rows: list[Row]

    @property
    def cells(self) -> list[Cell]:
        """All cells."""
        return [cell for row in (*self.rows, *self.new_rows) for cell in row.cells]

    @property
    def days(self) -> list[tuple[date, str, str]]:
        """The days, each with its name and the hours of all rows."""
        return [(day, _short(day), self._total(number)) for number, day in enumerate(_days(self.monday))]

    @property
    def total(self) -> str:
        """The hours of the week."""
        return durations.typed(sum((cell.now for cell in self.cells), Decimal()))

    def _total(self, number: int) -> str:
        return durations.typed(sum((row.cells[number].now for row in self.rows), Decimal()))


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: Asked) -> HttpResponse:
    """Show the grid of a week, or save what was typed into it: all of it or nothing."""
    me = person_of(request.actor)
    if me is None:
        return render(request, "events/week_of_nobody.html")
    sent = request.POST if request.method == "POST" else request.GET
    monday = _monday(sent.get(OF, ""))
    found = _week(request, me, monday)
    status = 200
    if request.method == "POST":
        _type_in(found, request)
        if SHOW not in request.POST:
            status = _saved(request, found, me)
            if status == HttpResponseRedirect.status_code:
                return HttpResponseRedirect(f"{WEEK_URL}?{OF}={monday.isoformat()}")
    shown = {
        "week": found,
        "of": monday.isoformat(),
        "label": _("{first} to {last}").format(
            first=date_format(monday, pgettext("format of a day", "j F")),
            last=date_format(monday + timedelta(days=DAYS - 1), pgettext("format of a day", "j F Y")),
        ),
        "previous": (monday - timedelta(days=DAYS)).isoformat(),
        "next": (monday + timedelta(days=DAYS)).isoformat() if monday + timedelta(days=DAYS) <= periods.today() else "",
        "choices": Offers(request.actor).choices(
            Process, [(row.process and str(row.process.uid)) or "" for row in found.new_rows]
        ),
        "is_refused": any(cell.faults for cell in found.cells),
        "key": fresh_key() if status != HttpResponse.status_code else request.POST.get(KEY) or fresh_key(),
    }
    return render(request, "events/week.html", shown, status=status)


def _week(request: Asked, me: Agent, monday: date) -> Week:
    """Return the grid as the ledger has it; where last week is to be copied, with its hours typed into what is empty."""
    begin = _moment(monday - timedelta(days=WEEKS_BACK * DAYS), time.min)
    end = _moment(monday + timedelta(days=DAYS), time.min)
    by_row: dict[object, list[recent.Occasion]] = {}
    for each in recent.occasions(request.actor, me.pk, begin, end):
        if each.event.resource_inventoried_as_id is None and each.event.resource_quantity is None:
            by_row.setdefault(recent.alike(each.event), []).append(each)
    rows = [_row(number, some, monday) for number, some in enumerate(list(by_row.values())[-ROWS_MAX:])]
    if COPY in request.GET:
        for row, some in zip(rows, list(by_row.values())[-ROWS_MAX:], strict=True):
            _copy(row, some)
    return Week(monday, rows, [Row(number, None, _cells(f"new.{number}", monday)) for number in range(NEW_ROWS)])


def _row(number: int, occasions: Sequence[recent.Occasion], monday: date) -> Row:
    row = Row(number, occasions[-1].event, _cells(f"row.{number}", monday))
    for cell in row.cells:
        cell.occasions = [each for each in occasions if each.day == cell.day]
        cell.text = cell.was = cell.now_typed
    return row


def _copy(row: Row, occasions: Iterable[recent.Occasion]) -> None:
    """Type the hours of a week before into the cells that are empty and may be filled."""
    before: dict[date, Decimal] = {}
    for each in occasions:
        before[each.day] = before.get(each.day, Decimal()) + each.minutes
    for cell in row.cells:
        if cell.is_open and not cell.text:
            cell.text = durations.typed(before.get(cell.day - timedelta(days=DAYS), Decimal()))


def _cells(name: str, monday: date) -> list[Cell]:
    today = periods.today()
    return [Cell(f"{name}.{number}", day, day <= today) for number, day in enumerate(_days(monday))]


def _type_in(found: Week, request: Asked) -> None:
    """Put what was sent into the grid; a row is known again by the event that it is like."""
    uids = {str(row.like.uid): row for row in found.rows if row.like is not None}
    for number in range(ROWS_MAX):
        row = uids.get(request.POST.get(f"row.{number}.like", ""))
        if row is not None:
            _type_into(row, f"row.{number}", request)
    for row in found.new_rows:
        uid = read_uid(request.POST.get(f"new.{row.number}.process", ""))
        row.process = seen_by(request.actor, Process.every()).filter(uid=uid).first() if uid else None
        _type_into(row, f"new.{row.number}", request)


def _type_into(row: Row, name: str, request: Asked) -> None:
    for number, cell in enumerate(row.cells):
        cell.text = request.POST.get(f"{name}.{number}", cell.text).replace("\x00", "").strip()
        cell.was = request.POST.get(f"{name}.{number}.was", "")


def _saved(request: Asked, found: Week, me: Agent) -> int:
    """Return the status of the answer after saving the grid, or after placing its refusals at its cells."""
    drafts: list[EventDraft] = []
    cells: list[Cell] = []
    refusals: list[Refusal] = []
    for row in (*found.rows, *found.new_rows):
        for cell in row.cells:
            try:
                told = list(told_by(row, cell, me))
            except Refused as refused:
                cell.faults = sentences(refused.refusals)
                refusals += refused.refusals
                continue
            drafts += told
            cells += [cell] * len(told)
    if refusals:
        return status_of(refusals)
    if not drafts:
        return HttpResponseRedirect.status_code
    try:
        key = request.POST.get(KEY) or None
        events = commands.record_events(request.actor, drafts, key=key)  # type: ignore[call-arg]  # every command takes a key
    except Refused as refused:
        refusals = in_words_of_a_form(refused.refusals)
        for each in refusals:
            _cell_of(each, cells).faults += sentences([each])
        return status_of(refusals)
    undo = " ".join(str(each.uid) for each in events if not each.is_correction)
    said = ngettext("Saved: {count} change of your week.", "Saved: {count} changes of your week.", len(events))
    undoing.offer(
        request,
        said.format(count=len(events)),
        undo="/log/undo" if len(undo.split()) == len(events) else "",
        sends={"events": undo, KEY: fresh_key(), "next": f"{WEEK_URL}?{OF}={found.monday.isoformat()}"},
    )
    return HttpResponseRedirect.status_code


def told_by(row: Row, cell: Cell, me: Agent) -> Iterator[EventDraft]:
    """Yield what brings the ledger to what a cell says: nothing, a new entry, or corrections of those there are.

    Raises:
        Refused: where the text is no time, or somebody changed the hours since the page was made.
    """
    if not cell.is_open or cell.text == cell.was:
        return
    wanted = _minutes(cell.text)
    if cell.was != cell.now_typed:
        now = durations.in_words(cell.now)
        raise Refused(Refusal("events.hours_changed", CHANGED, None, now=now))
    if wanted == cell.now:
        return
    if cell.occasions and _is_exact(wanted - cell.now):
        yield from _corrected(cell.occasions, wanted - cell.now)
        return
    # What has no end in hours is not corrected by a difference: it is taken back and told anew.
    yield from _corrected(cell.occasions, -cell.now)
    if wanted:
        yield _new(row, cell, me, wanted)


def _is_exact(minutes: Decimal) -> bool:
    return durations.of_minutes(abs(minutes)).unit == durations.HOUR


def _minutes(text: str) -> Decimal:
    if not text:
        return Decimal()
    found = durations.duration_in(text)
    if found is None:
        raise Refused(Refusal("events.not_a_time", NO_TIME, None, text=text[:100]))
    return durations.minutes_of(found)


def _corrected(occasions: Sequence[recent.Occasion], difference: Decimal) -> Iterator[EventDraft]:
    """Yield the corrections that together make such a difference, from the last entry backwards."""
    for number, each in enumerate(reversed(occasions)):
        is_last = number == len(occasions) - 1
        part = difference if is_last else max(difference, -each.minutes)
        if part:
            yield _correction(each.event, part)
        difference -= part
        if not difference:
            return


def _correction(event: EconomicEvent, minutes: Decimal) -> EventDraft:
    unit = event.effort_quantity_unit
    value = EXACT.divide(minutes, durations.MINUTES_IN[unit])
    return EventDraft(event.action, corrects=event, effort_quantity=Measure(value, unit))


def _new(row: Row, cell: Cell, me: Agent, minutes: Decimal) -> EventDraft:
    """Return a new entry like the others of its row, at noon of its day; of today, now."""
    like, process = row.like, row.process
    moment = clock.moment_of_wish() if cell.day == periods.today() else _moment(cell.day, time(12))
    took = durations.of_minutes(minutes)
    if like is None:
        whom = process.in_scope_of if process is not None and process.in_scope_of is not None else me
        return EventDraft(
            "work",
            provider=me,
            receiver=whom,
            input_of=process,
            resource_classified_as=(PLAIN_WORK,),
            effort_quantity=took,
            has_point_in_time=moment,
        )
    return EventDraft(
        like.action,
        provider=like.provider,
        receiver=like.receiver,
        input_of=like.input_of,
        output_of=like.output_of,
        resource_conforms_to=like.resource_conforms_to,
        resource_classified_as=tuple(like.resource_classified_as),
        effort_quantity=took,
        has_point_in_time=moment,
    )


def _cell_of(refusal: Refusal, cells: Sequence[Cell]) -> Cell:
    """Return the cell whose draft a refusal means; a single draft is not numbered."""
    number = (refusal.field or "").removeprefix("events.").partition(".")[0]
    return cells[int(number)] if number.isdecimal() and int(number) < len(cells) else cells[0]


def _monday(text: str) -> date:
    """Return the first day of the week that holds a day; of this week where the text is none that has passed."""
    today = periods.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    day = day if day.year >= periods.YEAR_MIN and day <= today else today
    return day - timedelta(days=day.weekday())


def _short(day: date) -> str:
    return date_format(day, pgettext("format of a day", "D j"))


def _days(monday: date) -> list[date]:
    return [monday + timedelta(days=number) for number in range(DAYS)]


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=get_current_timezone())
