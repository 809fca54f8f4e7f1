"""What somebody typed into a form, as values: one reader a kind of property, exact, and refusing with a sentence.

Whatever was typed is kept as it was typed, so that a refused form comes back as it was left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.timezone import get_current_timezone, localtime

from oce.kit.numerals import decimal_in, in_digits
from oce.kit.properties import Kind, RecordProperty
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable

    from oce.kit.records import Record

YES, NO = "yes", "no"


class Sent(Protocol):
    """What a form sent: Django's QueryDict, or anything that answers likewise."""

    def getlist(self, key: str) -> list[str]:
        """Return all values sent under a name."""
        ...


@dataclass(frozen=True, slots=True)
class Typed:
    """The texts that stand in the input of one property; for a measure, the number and beside it the unit."""

    texts: tuple[str, ...] = ()
    unit: str = ""

    @property
    def text(self) -> str:
        """The one text of an input that holds one."""
        return self.texts[0] if self.texts else ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed; a unit alone says nothing."""
        return not any(self.texts)


UNSAID = Typed()


def typed_in(each: RecordProperty, name: str, sent: Sent) -> Typed:
    """Return what was typed under `name`; line breaks of the browser become plain ones, blanks around are cut."""
    found = [text.replace("\r\n", "\n").replace("\x00", "").strip() for text in sent.getlist(name)]
    if each.kind is Kind.TEXTS:
        lines = (line.strip() for text in found for line in text.split("\n"))
        return Typed(tuple(line for line in lines if line))
    if each.kind is Kind.MEASURE:
        return Typed(tuple(found[:1]), next(iter(_stripped(sent.getlist(f"{name}.unit"))), ""))
    if each.kind is Kind.REFERENCES:
        return Typed(tuple(text for text in found if text))
    return Typed(tuple(found[:1]))


def _stripped(texts: list[str]) -> list[str]:
    return [text.replace("\x00", "").strip() for text in texts]


def typed_from(each: RecordProperty, value: Any) -> Typed:
    """Return what somebody would have typed to get `value`; a list of references as records."""
    if each.kind is Kind.REFERENCES:
        return Typed(tuple(str(one.uid) for one in value))
    if each.kind is Kind.TEXTS:
        return Typed(tuple(str(one) for one in value or ()))
    if value is None:
        return UNSAID
    return _WRITTEN.get(each.kind, lambda one: Typed((str(one),)))(value)


def value_of(each: RecordProperty, typed: Typed) -> Any:
    """Return the value that was typed, None for nothing.

    Raises:
        Refused: naming the fault at the property's term.
    """
    if each.is_many:
        return list(typed.texts)
    if each.kind is Kind.TRUTH and each.empty is False:
        return typed.text == YES
    if typed.is_blank:
        return None
    reader = _READ.get(each.kind)
    return reader(each, typed) if reader else typed.text


def read_number(each: RecordProperty, text: str) -> Decimal:
    """Return the number in `text`.

    Raises:
        Refused: `pages.not_a_number`.
    """
    number = decimal_in(text)
    if number is not None:
        return number
    raise Refused(
        Refusal(
            "pages.not_a_number",
            gettext_noop(
                "“{text}” is not a number, or could be two. Write digits with nothing between the thousands, such as {example}."
            ),
            each.term,
            text=text[:100],
            example=in_digits(Decimal("1250.5"), is_grouped=False),
        )
    )


def read_moment(each: RecordProperty, text: str) -> datetime:
    """Return the moment in `text`, by the viewer's clock unless it says its own zone.

    Raises:
        Refused: `pages.not_a_moment`, also for an hour that the clock of the zone jumps over.
    """
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=get_current_timezone())
        exists = aware.astimezone(UTC).astimezone(aware.tzinfo).replace(tzinfo=None) == aware.replace(tzinfo=None)
    except (ValueError, OverflowError):
        exists = False
    if not exists:
        raise Refused(
            Refusal(
                "pages.not_a_moment",
                gettext_noop("“{text}” is not a moment in {zone}. Write it as day and time, such as 2026-11-23T14:17."),
                each.term,
                text=text[:100],
                zone=str(get_current_timezone()),
            )
        )
    return aware


def _read_measure(each: RecordProperty, typed: Typed) -> Measure:
    number = read_number(each, typed.text)
    if not typed.unit:
        raise Refused(
            Refusal(
                "pages.no_unit", gettext_noop("{number} of what? Say the unit as well."), each.term, number=typed.text
            )
        )
    return Measure(number, typed.unit)


def _read_count(each: RecordProperty, typed: Typed) -> int:
    number = read_number(each, typed.text)
    if number == number.to_integral_value() and abs(number) < 2**31:
        return int(number)
    raise Refused(
        Refusal(
            "pages.not_whole",
            gettext_noop("“{text}” is not a whole number. Leave the decimals out."),
            each.term,
            text=typed.text[:100],
        )
    )


def _written_moment(moment: datetime) -> Typed:
    local = localtime(moment).replace(tzinfo=None)
    is_to_the_minute = not local.second and not local.microsecond
    return Typed((local.isoformat(timespec="minutes" if is_to_the_minute else "auto"),))


_READ: dict[Kind, Callable[[RecordProperty, Typed], Any]] = {
    Kind.NUMBER: lambda each, typed: read_number(each, typed.text),
    Kind.COUNT: _read_count,
    Kind.MEASURE: _read_measure,
    Kind.MOMENT: lambda each, typed: read_moment(each, typed.text),
    Kind.TRUTH: lambda _each, typed: typed.text == YES,
}
_WRITTEN: dict[Kind, Callable[[Any], Typed]] = {
    Kind.NUMBER: lambda value: Typed((in_digits(value, is_grouped=False),)),
    Kind.MEASURE: lambda value: Typed((in_digits(value.value, is_grouped=False),), value.unit),
    Kind.MOMENT: _written_moment,
    Kind.TRUTH: lambda value: Typed((YES if value else NO,)),
    Kind.REFERENCE: lambda value: Typed((str(value.uid),)),
}


def is_same(each: RecordProperty, typed: Typed, record: Record) -> bool:
    """Return whether a form says of this property just what the record has, so that nothing need be changed."""
    value = getattr(record, each.name)
    before = typed_from(each, value.all() if each.kind is Kind.REFERENCES else value)
    return typed == before or (typed.is_blank and before.is_blank)
