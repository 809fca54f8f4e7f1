"""The sheet on which people log what they did, in the words of every day: a head for all lines, and a line an event.

It asks for as little as it can: who acts, whose things they are and in which unit they are counted follows from what is
chosen. Its inputs bear the names of the exact form (`entry`), so that a link can fill in either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy

from oce.apps.agents.models import Agent
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.photos import PHOTO
from oce.apps.events.pages.sheet_lines import SheetLine, asked
from oce.apps.events.pages.things import PROCESS, Things
from oce.kit import clock
from oce.kit.pages import periods
from oce.kit.pages.answers import sentences
from oce.kit.pages.choices import Offers
from oce.kit.pages.forms import RecordForm
from oce.kit.pages.inputs import read_moment
from oce.kit.properties import Kind, RecordProperty
from oce.vf.actions import ACTIONS
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import QueryDict

    from oce.apps.events.drafts import EventDraft
    from oce.apps.processes.models import Process
    from oce.kit.actor import Actor

LINES_MAX = 12
NAME_MAX = 200
NOON = time(12)
ON, WORK, DAY, ALSO, NOTE = "on", "what", "day", "also", "note"

WHO = asked(EconomicEvent, "provider", gettext_lazy("who"))
FOR_WHOM = asked(EconomicEvent, "receiver", gettext_lazy("for whom"))
WHERE = replace(asked(EconomicEvent, "input_of", gettext_lazy("another piece of work")), name=PROCESS, term=PROCESS)
OTHERS = RecordProperty(
    name=ALSO,
    term=ALSO,
    kind=Kind.REFERENCES,
    label=gettext_lazy("who else did the same"),
    gloss=gettext_noop("The same is logged for each of them."),
    target=Agent,
)
WHEN = asked(EconomicEvent, "has_point_in_time", gettext_lazy("when"))
HEAD = (WHO, FOR_WHOM, WHERE, OTHERS)


class Suggestion(NamedTuple):
    """A piece of work that somebody may mean: what is sent, what is read, for whom it is, and whether it is chosen."""

    value: str
    label: str
    hint: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a sheet tells: the drafts with the number of the line that tells each, and a new process where it names one."""

    drafts: list[EventDraft]
    lines: list[int]
    process: dict[str, Any] | None


class Sheet:
    """The whole form: the head, and as many lines as were begun."""

    def __init__(
        self,
        actor: Actor,
        sent: QueryDict,
        me: Agent | None,
        habits: list[EconomicEvent],
        nearby: Iterable[Process] = (),
    ) -> None:
        """Take what came back from the browser, or what the address fills in before.

        Args:
            actor: who asks.
            sent: what was sent.
            me: the person who asks, where that is one.
            habits: what that person did last, for suggestions.
            nearby: open work of the groups of that person, for suggestions.
        """
        self.sent = sent
        self.me = me
        self.habits = habits
        self.nearby = nearby
        self.things = Things(actor, sent)
        self.offers = Offers(actor)
        self.head = RecordForm(EconomicEvent, self.offers, sent, asked=HEAD)
        self.lines = [
            SheetLine(number, ACTIONS[name], self.offers, sent, self.things)
            for number, name in enumerate(actions_of(sent))
        ]
        self.faults: list[str] = []
        self.day_faults: list[str] = []
        self.work_faults: list[str] = []
        self.photo_faults: list[str] = []
        self.is_used = False

    @property
    def work(self) -> str:
        """The words for work that has no process yet."""
        return self.said(WORK)

    @property
    def note(self) -> str:
        """What else there is to say."""
        return self.said(NOTE)

    @property
    def day(self) -> str:
        """The day as it stands in its input: today where nobody says."""
        return self.said(DAY) or periods.today().isoformat()

    @property
    def stands_at_work(self) -> bool:
        """Whether any line can stand in a process, so that it is worth asking for one."""
        return any(line.row.input_output for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether what is seldom said is to be shown at once."""
        return any(not one.typed.is_blank or one.faults for one in self.head.fields if one.each is not FOR_WHOM)

    @property
    def suggestions(self) -> list[Suggestion]:
        """What somebody did last, other open work of their groups, and the process that the address names."""
        chosen = self.said(ON)
        process = self.things.processes.get(self.said(PROCESS))
        named = [process] if process is not None and not chosen else []
        known = {each.pk for each in named} | {each.input_of_id or each.output_of_id for each in self.habits}
        nearby = [each for each in self.nearby if each.pk not in known]
        return [
            *(self._of_process(each, is_chosen=True) for each in named),
            *self._of_habits(chosen),
            *(self._of_process(each, is_chosen=str(each.uid) == chosen) for each in nearby),
        ]

    def said(self, name: str) -> str:
        """Return one plain input, without what no text holds."""
        return self.sent.get(name, "").replace("\x00", "").strip()

    def read(self) -> tuple[Told, list[Refusal]]:
        """Return what the sheet tells, and everything of it that cannot be read."""
        values, refusals = self.head.read()
        also = [text for text in values.pop(ALSO, []) if text]
        head = self._completed(values)
        try:
            head["has_point_in_time"] = self._moment()
        except Refused as refused:
            refusals += [each.placed(DAY) for each in refused.refusals]
        told = Told([], [], self._new_process(head))
        for line in self.lines:
            draft, faults = line.draft(head)
            refusals += faults
            repeated = also if line.row.takes_effort_quantity and draft.resource_inventoried_as is None else []
            for each in (draft, *(replace(draft, provider=person) for person in repeated)):
                told.drafts.append(each)
                told.lines.append(line.number)
        if told.drafts and self.note:
            told.drafts[0] = replace(told.drafts[0], note=self.note)
        return told, refusals

    def refuse(self, refusals: Iterable[Refusal], told: Told | None) -> None:
        """Show every refusal where it belongs: at a line, at the head, or above everything."""
        for refusal in refusals:
            self.is_used = self.is_used or refusal.code == "pages.saved_already"
            where, _dot, rest = (refusal.field or "").partition(".")
            number, _dot, rest = rest.partition(".") if where == "events" else ("", "", "")
            if number.isdecimal() and self._line(int(number), told) is not None:
                self._refuse_in_line(refusal, int(number), rest, told)
            elif where == DAY:
                self.day_faults += sentences([refusal])
            elif where == PHOTO:
                self.photo_faults += sentences([refusal])
            elif where == "name":
                self.work_faults += sentences([refusal])
            else:
                place = self.head.by_term(_AT_HEAD.get(where, where))
                (place.faults if place else self.faults).extend(sentences([refusal]))

    @property
    def is_refused(self) -> bool:
        """Whether anything is wrong anywhere."""
        forms = [self.head, *(form for line in self.lines for form in (line.form, line.birth) if form is not None)]
        in_lines = any(line.faults or line.time_faults for line in self.lines)
        at_head = (self.faults, self.day_faults, self.work_faults, self.photo_faults)
        return any(at_head) or in_lines or any(form.faulty for form in forms)

    def _refuse_in_line(self, refusal: Refusal, number: int, term: str, told: Told | None) -> None:
        """Show the refusal of a draft at its line; who acts is asked for in the head alone."""
        line = self._line(number, told)
        assert line is not None  # noqa: S101 (asked before)
        here = line.form.by_term(term.partition(".")[0])
        place = None if here is not None else self.head.by_term(_AT_HEAD.get(term, term))
        if place is not None:
            place.faults.extend(each for each in sentences([refusal]) if each not in place.faults)
        else:
            line.refuse(refusal.placed(term))

    def _line(self, number: int, told: Told | None) -> SheetLine | None:
        """Return the line that told a draft, or that a refusal of the form itself means."""
        place = told.lines[number] if told is not None and number < len(told.lines) else number
        return self.lines[place] if place < len(self.lines) else None

    def _completed(self, head: dict[str, Any]) -> dict[str, Any]:
        """Return the head with what the chosen suggestion says, and with the one who asks."""
        like = self._like()
        if like is not None:
            process = like.input_of or like.output_of
            head.setdefault(PROCESS, process and str(process.uid))
            head.setdefault("receiver", str(like.receiver.uid))
        elif self.said(ON) and not self.work:
            head.setdefault(PROCESS, self.said(ON))
        if self.work:
            head[PROCESS] = None
        process = self.things.processes.get(head.get(PROCESS) or "")
        if process is not None and process.in_scope_of is not None:
            head.setdefault("receiver", str(process.in_scope_of.uid))
        if self.me is not None:
            head.setdefault("provider", str(self.me.uid))
        return head

    def _new_process(self, head: dict[str, Any]) -> dict[str, Any] | None:
        if not self.work or not self.stands_at_work:
            return None
        return {"name": self.work, "in_scope_of": head.get("receiver")}

    def _moment(self) -> datetime:
        """Return when it was: of today now, of another day its noon."""
        day = read_moment(WHEN, self.day).date()
        now = clock.moment_of_wish()
        return now if day == periods.today() else read_moment(WHEN, datetime.combine(day, NOON).isoformat())

    def _like(self) -> EconomicEvent | None:
        """Return the event that the chosen suggestion repeats."""
        return None if self.work else next((each for each in self.habits if str(each.uid) == self.said(ON)), None)

    def _of_process(self, process: Process, *, is_chosen: bool) -> Suggestion:
        return Suggestion(str(process.uid), str(process), str(process.in_scope_of or ""), is_chosen)

    def _of_habits(self, chosen: str) -> Iterator[Suggestion]:
        shown = set()
        for event in self.habits:
            process = event.input_of or event.output_of
            if (event.input_of_id or event.output_of_id, event.receiver_id) in shown or process is None:
                continue
            shown.add((process.pk, event.receiver_id))
            hint = str(event.receiver) if event.receiver_id != event.provider_id else ""
            yield Suggestion(str(event.uid), str(process), hint, str(event.uid) == chosen)


_AT_HEAD = {"inputOf": PROCESS, "outputOf": PROCESS, "inScopeOf": "receiver"}


def actions_of(sent: QueryDict) -> Iterator[str]:
    """Yield the actions of the lines, as far as they are numbered without a gap."""
    for number in range(LINES_MAX):
        name = sent.get(f"events.{number}.action", "")
        if name not in ACTIONS:
            return
        yield name
