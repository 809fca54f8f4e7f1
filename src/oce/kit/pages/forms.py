"""A form for one record, made from its declaration: it refuses at the field, and forgets nothing that was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

from oce.kit.identifiers import new_uid
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.choices import Choices, Offers
from oce.kit.pages.inputs import UNSAID, Sent, Typed, is_same, typed_from, typed_in, value_of
from oce.kit.pages.listing import filter_values
from oce.kit.pages.navigation import list_url
from oce.kit.properties import Kind, RecordProperty, properties_of
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oce.kit.records import Record

KEY, REVISION = "_key", "_revision"
# Terms whose text is one address or one line although the column has no length.
_ONE_LINE = frozenset({"image", "currentVirtualLocation", "omUnitIdentifier"})


@dataclass(slots=True)
class Field:
    """One property in a form: its input's name, what stands in it, and what is wrong with it."""

    each: RecordProperty
    name: str
    typed: Typed = UNSAID
    offers: Offers | None = None
    sought: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The property in words for the screen."""
        return capfirst(str(self.each.label))

    @property
    def widget(self) -> str:
        """The word by which the template chooses the input."""
        each = self.each
        if each.kind is Kind.LONG_TEXT and each.term in _ONE_LINE:
            return "text"
        if each.kind is Kind.TRUTH and each.empty is not False:
            return "choice"
        return _WIDGETS.get(each.kind, "text")

    @property
    def is_checked(self) -> bool:
        """Whether a box is ticked."""
        return self.typed.text == "yes"

    @property
    def lines(self) -> str:
        """The texts of a list, one a line."""
        return "\n".join(self.typed.texts)

    @property
    def is_numeric(self) -> bool:
        """Whether a phone should show its digits."""
        return self.each.kind in {Kind.NUMBER, Kind.COUNT}

    def choices(self) -> Choices:
        """Return the records a reference may point at."""
        assert self.offers is not None  # noqa: S101 (every form gives its fields the offers)
        assert self.each.target is not None  # noqa: S101 (only references are asked)
        return self.offers.choices(self.each.target, self.typed.texts, self.sought)

    def values(self) -> list[tuple[str, Any, bool]]:
        """Return the few values of a choice: what is sent, what is read, whether it is chosen."""
        return [(value, label, value == self.typed.text) for value, label in filter_values(self.each)]

    @property
    def options_url(self) -> str:
        """The address that answers a search for the records of this reference."""
        assert self.each.target is not None  # noqa: S101 (only references are asked)
        return f"{list_url(self.each.target)}choices"


_WIDGETS = {
    Kind.LONG_TEXT: "long",
    Kind.TRUTH: "truth",
    Kind.MOMENT: "moment",
    Kind.MEASURE: "measure",
    Kind.UNIT: "unit",
    Kind.CHOICE: "choice",
    Kind.ACTION: "choice",
    Kind.TEXTS: "texts",
    Kind.REFERENCE: "reference",
    Kind.REFERENCES: "references",
}


@dataclass
class RecordForm:
    """The form of a new record of `model`, or of a change of `record`.

    Args:
        sent: what came back from the browser, or what the address fills in before; None for a fresh form of the record.
        prefix: stands before the names of all inputs, so that several records fit in one form.
        asked: the properties to ask for; all that may be set unless given.

    `status` is that of the answer that shows the form; `is_used` says that its key has granted another wish.
    """

    model: type[Record]
    offers: Offers
    sent: Sent | None = None
    record: Record | None = None
    prefix: str = ""
    asked: tuple[RecordProperty, ...] | None = None
    faults: list[str] = field(default_factory=list)
    status: int = 200
    is_used: bool = False

    @cached_property
    def fields(self) -> list[Field]:
        """The inputs, in the order of the declaration."""
        asked = filter(self._is_open, properties_of(self.model)) if self.asked is None else self.asked
        return [self._field(each) for each in asked]

    def by_term(self, term: str) -> Field | None:
        """Return the input of a property by the vocabulary's spelling."""
        return next((one for one in self.fields if one.each.term == term), None)

    def read(self) -> tuple[dict[str, Any], list[Refusal]]:
        """Return what was typed as values (of a change, only what differs from the record), and what cannot be read."""
        values: dict[str, Any] = {}
        refusals: list[Refusal] = []
        for one in self.fields:
            if self.record is not None and is_same(one.each, one.typed, self.record):
                continue
            try:
                value = value_of(one.each, one.typed)
            except Refused as refused:
                refusals.extend(refused.refusals)
                continue
            if self.record is not None or value not in (None, []):
                values[one.each.name] = value
        return values, refusals

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Show each refusal at its input, and those without one at the head of the form."""
        refusals = tuple(refusals)
        self.status = status_of(refusals)
        self.is_used = any(refusal.code == "pages.saved_already" for refusal in refusals)
        for refusal in refusals:
            term = (refusal.field or "").removeprefix(f"{self.prefix}.").partition(".")[0]
            place = self.by_term(term)
            (place.faults if place else self.faults).extend(sentences([refusal]))

    @property
    def faulty(self) -> list[Field]:
        """The inputs with something wrong, for the summary at the head."""
        return [one for one in self.fields if one.faults]

    def _is_open(self, each: RecordProperty) -> bool:
        return each.is_settable if self.record is None else each.is_changeable

    def _field(self, each: RecordProperty) -> Field:
        name = f"{self.prefix}.{each.term}" if self.prefix else each.term
        sought = ""
        if self.sent is not None:
            typed = typed_in(each, name, self.sent)
            sought = next(iter(self.sent.getlist(f"{name}.sought")), "")[:200].replace("\x00", "").strip()
        elif self.record is not None:
            value = getattr(self.record, each.name)
            typed = typed_from(each, value.all() if each.kind is Kind.REFERENCES else value)
        else:
            typed = UNSAID
        return Field(each, name, typed, self.offers, sought)


def fresh_key() -> str:
    """Return a key that makes sure a form sent twice is granted once."""
    return str(new_uid())


def in_words_of_a_form(refusals: Iterable[Refusal]) -> list[Refusal]:
    """Return the refusals with those about keys said for people, who never saw a key."""
    saved = Refusal(
        "pages.saved_already",
        gettext_noop("This form was saved before with other words. Save it once more to keep these as well."),
    )
    return [saved if refusal.code == "kit.key_reused" else refusal for refusal in refusals]
