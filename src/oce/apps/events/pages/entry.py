"""The form in which people tell the ledger what happened: a head for all lines, and a line an event.

A line asks only for what its action takes, read from the action's row; what the head says holds for every line that
does not say otherwise. Work, use and output of a process go into the ledger together, all or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from oce.apps.events import links
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.kit.pages.answers import sentences
from oce.kit.pages.choices import Offers
from oce.kit.pages.forms import RecordForm
from oce.kit.properties import Kind, RecordProperty, property_of
from oce.kit.records import Record
from oce.vf import flows
from oce.vf.actions import ACTIONS, Action
from oce.vf.refusals import Refusal, gettext_noop

LINES_MAX = 40
IN, OUT = "in", "out"


def _of(model: type[Record], name: str) -> RecordProperty:
    found = property_of(model, name)
    assert found is not None, name  # noqa: S101 (names of our own models)
    return found


def _of_event(name: str) -> RecordProperty:
    # Whether provider and receiver are needed is known only when head and line are put together.
    return replace(_of(EconomicEvent, name), is_required=False)


PROCESS = replace(_of_event("input_of"), name="process", term="process", label=_("process"))
SIDE = RecordProperty(
    name="side",
    term="side",
    kind=Kind.CHOICE,
    label=_("where it stands"),
    gloss=gettext_noop("Whether it goes into the process or comes out of it."),
    choices=((IN, _("into the process")), (OUT, _("out of the process"))),
)
LOT = RecordProperty(
    name="lot_code",
    term="lotCode",
    kind=Kind.TEXT,
    label=_("lot code"),
    gloss=gettext_noop("The lot of that code, written down if nobody has yet."),
    empty="",
)
BEGINS = RecordProperty(
    name="begins",
    term="begins",
    kind=Kind.TRUTH,
    label=_("this begins a new resource"),
    gloss=gettext_noop("Nothing like it is in the inventory yet, or it is to be kept apart."),
    empty=False,
)
HEAD = (
    _of_event("provider"),
    _of_event("receiver"),
    _of_event("has_point_in_time"),
    PROCESS,
)
HEAD_MORE = tuple(
    _of_event(name) for name in ("has_beginning", "has_end", "realization_of", "reciprocal_realization_of")
)
LINE_MORE = (
    _of_event("provider"),
    _of_event("receiver"),
    *(_of_event(name) for name in ("has_point_in_time", "resource_classified_as", "image")),
    *(_of_event(name) for name in links.kept()),
)
# What a new resource is refused for is asked for under another name.
_ASKED_AS = {"conformsTo": "resourceConformsTo", "ofBatchLot": "lotCode"}
BIRTH = (BEGINS, _of(EconomicResource, "name"), LOT, _of(EconomicResource, "tracking_identifier"))


def asked_of(row: Action) -> Iterator[RecordProperty]:
    """Yield what the form of an action asks for, by the behaviours of its row."""
    if row.takes_resource_quantity:
        yield _of_event("resource_quantity")
    if row.takes_effort_quantity:
        yield _of_event("effort_quantity")
    yield _of_event("resource_inventoried_as")
    yield _of_event("resource_conforms_to")
    if not flows.refuse_to_side(row, has_to=True, same=False, agents="differ"):
        yield _of_event("to_resource_inventoried_as")
    if row.location_effect:
        yield _of_event("to_location")
    if row.state_effect:
        yield _of_event("state")
    if row.may_be_input and row.may_be_output:
        yield SIDE
    yield _of_event("note")


@dataclass
class Line:
    """One event as it is being told."""

    number: int
    row: Action
    offers: Offers
    sent: QueryDict
    faults: list[str] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """What stands before the names of its inputs, and before the refusals of its draft."""
        return f"events.{self.number}"

    @cached_property
    def form(self) -> RecordForm:
        """What its action asks for."""
        return self._form(tuple(asked_of(self.row)))

    @cached_property
    def more(self) -> RecordForm:
        """What is seldom said of one line alone."""
        return self._form(LINE_MORE)

    @cached_property
    def birth(self) -> RecordForm | None:
        """What is known of a resource that the event brings into being, where its action may."""
        return self._form(BIRTH, "new") if self.row.create_resource else None

    @property
    def forms(self) -> list[RecordForm]:
        """All its inputs."""
        return [self.form, self.more, *([self.birth] if self.birth else [])]

    @property
    def is_more_open(self) -> bool:
        """Whether the seldom inputs are to be shown at once."""
        return any(not one.typed.is_blank or one.faults for one in self.more.fields)

    @property
    def is_birth_open(self) -> bool:
        """Whether the inputs of a new resource are to be shown at once."""
        fields = self.birth.fields if self.birth else []
        return any(not one.typed.is_blank or one.faults for one in fields)

    def draft(self, head: Mapping[str, Any]) -> tuple[EventDraft, list[Refusal]]:
        """Return the event as it was told, and what cannot be read of it; the head speaks where the line does not."""
        values, refusals = self.form.read()
        more, more_refusals = self.more.read()
        born, birth_refusals = self.birth.read() if self.birth else ({}, [])
        said = {**head, **values, **more}
        said |= side_of(self.row, said.pop("process", None), said.pop("side", OUT))
        said = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
        draft = EventDraft(action=self.row.name, new_resource=_born(born), **said)
        faults = [*refusals, *more_refusals, *birth_refusals]
        return draft, [refusal.at(self.prefix) for refusal in faults]

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the input it means, or at the head of the line."""
        term = (refusal.field or "").removeprefix(f"{self.prefix}.").partition(".")[0]
        term = _ASKED_AS.get(term, term)
        place = next((one for form in self.forms for one in form.fields if one.each.term == term), None)
        (place.faults if place else self.faults).extend(sentences([refusal]))

    def _form(self, asked: tuple[RecordProperty, ...], below: str = "") -> RecordForm:
        prefix = f"{self.prefix}.{below}" if below else self.prefix
        return RecordForm(EconomicEvent, self.offers, self.sent, prefix=prefix, asked=asked)


def side_of(row: Action, process: str | None, side: str = OUT) -> dict[str, str]:
    """Return the process on the side where the action stands; of an action that stands on both, the side said."""
    if process is None or not (row.may_be_input or row.may_be_output):
        return {}
    is_input = row.may_be_input and (not row.may_be_output or side == IN)
    return {"input_of": process} if is_input else {"output_of": process}


def _born(values: dict[str, Any]) -> ResourceDraft | None:
    if not any(values.values()):
        return None
    lot = values.pop("lot_code", None)
    values.pop("begins", None)
    return ResourceDraft(values, lot_code=lot)


class Entry:
    """The whole form: the head, and as many lines as were begun."""

    def __init__(self, offers: Offers, sent: QueryDict) -> None:
        """Take what came back from the browser, or what the address fills in before."""
        self.offers = offers
        self.head = RecordForm(EconomicEvent, offers, sent, asked=HEAD)
        self.head_more = RecordForm(EconomicEvent, offers, sent, asked=HEAD_MORE)
        self.lines = [Line(number, ACTIONS[name], offers, sent) for number, name in enumerate(_actions(sent))]
        self.faults: list[str] = []
        self.is_used = False

    @property
    def is_head_more_open(self) -> bool:
        """Whether the seldom inputs of the head are to be shown at once."""
        return any(not one.typed.is_blank or one.faults for one in self.head_more.fields)

    def read(self) -> tuple[list[EventDraft], list[Refusal]]:
        """Return the events as they were told, and everything that cannot be read."""
        head, refusals = self.head.read()
        more, more_refusals = self.head_more.read()
        drafts = []
        refusals = [*refusals, *more_refusals]
        for line in self.lines:
            draft, faults = line.draft({**head, **more})
            drafts.append(draft)
            refusals.extend(faults)
        return drafts, refusals

    def refuse(self, refusals: list[Refusal]) -> None:
        """Show every refusal where it belongs: at a line, at the head, or above everything."""
        self.is_used = any(refusal.code == "pages.saved_already" for refusal in refusals)
        for refusal in refusals:
            line = next((one for one in self.lines if (refusal.field or "").startswith(f"{one.prefix}.")), None)
            if line is not None:
                line.refuse(refusal)
                continue
            term = (refusal.field or "").partition(".")[0]
            place = self.head.by_term(term) or self.head_more.by_term(term)
            (place.faults if place else self.faults).extend(sentences([refusal]))

    @property
    def is_refused(self) -> bool:
        """Whether anything is wrong anywhere."""
        fields = [*self.head.fields, *self.head_more.fields]
        fields += [one for line in self.lines for form in line.forms for one in form.fields]
        return bool(self.faults) or any(line.faults for line in self.lines) or any(one.faults for one in fields)


def _actions(sent: QueryDict) -> Iterator[str]:
    """Yield the actions of the lines, as far as they are numbered without a gap."""
    for number in range(LINES_MAX):
        name = sent.get(f"events.{number}.action", "")
        if name not in ACTIONS:
            return
        yield name


def with_line(sent: QueryDict, name: str) -> QueryDict:
    """Return what was sent with a further line for an action, unless it is unknown or there are enough lines."""
    changed = sent.copy()
    count = sum(1 for _name in _actions(sent))
    if name in ACTIONS and count < LINES_MAX:
        changed[f"events.{count}.action"] = name
    return changed


def without_line(sent: QueryDict, number: int) -> QueryDict:
    """Return what was sent without one line; those after it move up."""
    changed = QueryDict(mutable=True)
    for key, texts in sent.lists():
        first, _dot, rest = key.partition(".")
        place, _dot, name = rest.partition(".")
        if first != "events" or not place.isdecimal():
            changed.setlist(key, texts)
        elif int(place) != number:
            changed.setlist(f"events.{int(place) - (int(place) > number)}.{name}", texts)
    return changed
