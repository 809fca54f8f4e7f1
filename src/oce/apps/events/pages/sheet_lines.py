"""A line of the sheet: one thing that was done, used, made, given or moved, with what follows from the few words said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oce.apps.events import durations
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.entry import LOT, side_of
from oce.apps.events.pages.things import KIND, THING, Things
from oce.apps.events.pages.verbs import VERBS, Verb, icon_of
from oce.apps.resources.models import EconomicResource
from oce.kit.action_labels import action_label
from oce.kit.numerals import in_digits
from oce.kit.pages.answers import sentences
from oce.kit.pages.choices import Offers
from oce.kit.pages.forms import RecordForm
from oce.kit.pages.inputs import Typed
from oce.kit.properties import RecordProperty, property_of
from oce.kit.records import Record
from oce.vf.actions import Action
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, gettext_noop

# What work is called whose kind nobody said: an event says of what it was.
PLAIN_WORK = "work"
PAD = ("0.25", "0.5", "1", "1.5", "2", "3", "4", "8")
TOOK = "effortQuantity"
# What a new resource is refused for is asked for under another name.
_ASKED_AS = {"conformsTo": KIND, "ofBatchLot": "lotCode", "toResourceInventoriedAs": THING}
NO_TIME = gettext_noop("“{text}” is not a time. Write hours, such as 1.5 or 1:30, or minutes, such as 90 min.")


def asked(model: type[Record], name: str, label: Any) -> RecordProperty:
    """Return a property of our own models as the sheet asks for it."""
    found = property_of(model, name)
    assert found is not None, name  # noqa: S101 (names of our own models)
    return replace(found, label=label, is_required=False)


WHAT = asked(EconomicEvent, "resource_inventoried_as", _("what"))
ADDED_TO = replace(WHAT, label=_("added to what is there"))
OF_KIND = asked(EconomicEvent, "resource_conforms_to", _("what kind"))
OF_WORK = replace(OF_KIND, label=_("what kind of work"))
AMOUNT = asked(EconomicEvent, "resource_quantity", _("how much"))
TO_WHOM = asked(EconomicEvent, "receiver", _("to whom"))
TO_PLACE = asked(EconomicEvent, "to_location", _("to which place"))
NAMED = asked(EconomicResource, "name", _("what to call it"))


def asked_of(row: Action) -> Iterator[RecordProperty]:
    """Yield what the sheet asks of an action, what matters most first; how long it took is asked for apart."""
    if row.create_resource == "optional":
        yield from (OF_KIND, AMOUNT)
    elif row.takes_effort_quantity and not row.state_effect:
        yield OF_WORK
    else:
        yield WHAT
        if not row.takes_effort_quantity:
            yield AMOUNT
    if row.changes_hands:
        yield TO_WHOM
    if row.stays_with_agent:
        yield TO_PLACE


@dataclass
class SheetLine:
    """One event as it is told on the sheet."""

    number: int
    row: Action
    offers: Offers
    sent: QueryDict
    things: Things
    faults: list[str] = field(default_factory=list)
    time_faults: list[str] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """What stands before the names of its inputs, and before the refusals of its draft."""
        return f"events.{self.number}"

    @property
    def verb(self) -> Verb:
        """Its verb; of an action that is not for every day, its label."""
        found = next((each for each in VERBS if each.action == self.row.name), None)
        return found or Verb(self.row.name, action_label(self.row.name), gettext(self.row.gloss))

    @property
    def icon(self) -> str:
        """Its icon."""
        return icon_of(self.row.name)

    @cached_property
    def form(self) -> RecordForm:
        """What is asked of its action, amounts in the unit of the thing where none is said."""
        form = self._form(tuple(asked_of(self.row)))
        amount = form.by_term(AMOUNT.term)
        if amount is not None:
            unit = amount.typed.unit or self.things.unit_of(self._said(THING), self._said(KIND))
            amount.typed = Typed(amount.typed.texts, unit)
        return form

    @cached_property
    def birth(self) -> RecordForm | None:
        """What may be said of something new, where the action brings it into being."""
        return self._form((ADDED_TO, NAMED, LOT)) if self.row.create_resource == "optional" else None

    @property
    def is_birth_open(self) -> bool:
        """Whether the inputs of something new are to be shown at once."""
        return any(not one.typed.is_blank or one.faults for one in (self.birth.fields if self.birth else []))

    @property
    def asks_for_time(self) -> bool:
        """Whether it is asked how long it took."""
        return self.row.takes_effort_quantity

    @property
    def time_name(self) -> str:
        """The name of the input of the time."""
        return f"{self.prefix}.{TOOK}"

    @property
    def time_text(self) -> str:
        """What was typed of the time: a press on one of the pad is worth more than what stood there before."""
        unit = self._said(f"{TOOK}.unit")
        text = self._said(f"{TOOK}.quick") or self._said(TOOK)
        return f"{text} {unit}" if text and unit == durations.MINUTE else text

    @property
    def pad(self) -> list[tuple[str, str, bool]]:
        """The times that one press says: what is sent, what is read, and whether it is chosen."""
        now = durations.duration_in(self.time_text)
        return [(each, durations.in_words(durations.minutes_of(took)), took == now) for each, took in _PAD]

    def draft(self, head: Mapping[str, Any]) -> tuple[EventDraft, list[Refusal]]:
        """Return the event as it was told, with what follows from what was chosen, and what cannot be read of it."""
        values, refusals = self.form.read()
        born, birth_refusals = self.birth.read() if self.birth else ({}, [])
        refusals += birth_refusals
        thing = self.things.resource(values.get("resource_inventoried_as"))
        said: dict[str, Any] = {
            **{name: value for name, value in values.items() if name != "receiver"},
            **side_of(self.row, head.get("process")),
        }
        said.setdefault("resource_quantity", self._amount_of(thing))
        took, moment = self._took(refusals), head.get("has_point_in_time")
        draft = EventDraft(self.row.name, effort_quantity=took, has_point_in_time=moment, **said)
        draft = self._with_parties(draft, thing, values.get("receiver"), head)
        return self._with_resource(draft, thing, born), [each.at(self.prefix) for each in refusals]

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the input it means, or at the head of the line."""
        term = (refusal.field or "").removeprefix(f"{self.prefix}.").partition(".")[0]
        term = _ASKED_AS.get(term, term)
        if term == TOOK and self.asks_for_time:
            self.time_faults.extend(sentences([refusal]))
            return
        forms = [self.form, *([self.birth] if self.birth else [])]
        place = next((one for form in forms for one in form.fields if one.each.term == term), None)
        (place.faults if place else self.faults).extend(sentences([refusal]))

    def _took(self, refusals: list[Refusal]) -> Measure | None:
        if not self.asks_for_time or not self.time_text:
            return None
        found = durations.duration_in(self.time_text)
        if found is None:
            refusals.append(Refusal("events.not_a_time", NO_TIME, TOOK, text=self.time_text[:100]))
        return found

    def _amount_of(self, thing: EconomicResource | None) -> Measure | None:
        """Return how much is meant where nobody says: of what is moved all of it, of what is only named one."""
        if thing is None or self.row.takes_effort_quantity:
            return None
        if self.row.stays_with_agent:
            there: Measure | None = thing.onhand_quantity
            return there
        unit = thing.onhand_quantity_unit
        return Measure(Decimal(1), unit) if unit and not self.row.counts else None

    def _with_parties(
        self, draft: EventDraft, thing: EconomicResource | None, to_whom: str | None, head: Mapping[str, Any]
    ) -> EventDraft:
        """Return the draft with who gave and who took, read off the row of its action."""
        owner = str(thing.primary_accountable.uid) if thing is not None and thing.primary_accountable else None
        me, group = head.get("provider"), head.get("receiver")
        if self.row.changes_hands:
            return replace(draft, provider=owner or group or me, receiver=to_whom)
        if thing is None and self.row.takes_effort_quantity:
            return replace(draft, provider=me, receiver=group or me)
        both = owner or group or me
        if self.row.counts:
            return replace(draft, provider=both, receiver=both)
        return replace(draft, provider=both, receiver=group or both)

    def _with_resource(self, draft: EventDraft, thing: EconomicResource | None, born: dict[str, Any]) -> EventDraft:
        """Return the draft with what it brings into being, and with what it was, where nobody said a kind."""
        if self.row.create_resource == "optional":
            lot = born.pop("lot_code", None)
            added_to = born.pop("resource_inventoried_as", None)
            new = None if added_to else ResourceDraft(born, lot_code=lot)
            return replace(draft, resource_inventoried_as=added_to, new_resource=new)
        if self.row.changes_hands and thing is not None:
            values = {name: value for name in ("name", "of_batch_lot") if (value := getattr(thing, name))}
            return replace(draft, new_resource=ResourceDraft(values))
        if self.form.by_term(OF_WORK.term) is not None and draft.resource_conforms_to is None:
            return replace(draft, resource_classified_as=(PLAIN_WORK,))
        return draft

    def _said(self, term: str) -> str:
        return self.sent.get(f"{self.prefix}.{term}", "").replace("\x00", "").strip()

    def _form(self, properties: tuple[RecordProperty, ...]) -> RecordForm:
        return RecordForm(EconomicEvent, self.offers, self.sent, prefix=self.prefix, asked=properties)


def told_by(event: EconomicEvent, number: int) -> Iterator[tuple[str, str]]:
    """Yield the inputs of a line that tells what an event tells."""
    prefix = f"events.{number}"
    yield f"{prefix}.action", event.action
    amounts = (("resourceQuantity", event.resource_quantity), (TOOK, event.effort_quantity))
    for term, amount in amounts:
        if amount is not None:
            yield f"{prefix}.{term}", in_digits(amount.value, is_grouped=False)
            yield f"{prefix}.{term}.unit", amount.unit
    references = (
        (THING, event.resource_inventoried_as),
        (KIND, event.resource_conforms_to),
        ("toLocation", event.to_location),
    )
    yield from ((f"{prefix}.{term}", str(record.uid)) for term, record in references if record is not None)
    if event.receiver_id != event.provider_id:
        yield f"{prefix}.receiver", str(event.receiver.uid)


_PAD = tuple((each, durations.duration_in(each)) for each in PAD)
