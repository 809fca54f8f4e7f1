"""The values of properties as documents write them, read by what the property holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from oce.kit.jsonld.context import OWN_UNIT
from oce.kit.jsonld.descriptions import Parts, Ref
from oce.kit.measures import known_unit
from oce.kit.properties import Kind, RecordProperty
from oce.kit.records import ADDRESS_LENGTH_MAX, read_uid
from oce.vf.actions import action
from oce.vf.measures import Measure
from oce.vf.moments import moment
from oce.vf.namespaces import OM2, VF
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo

ONE_VALUE = gettext_noop("{term} has {count} values; it takes one.")
NOT_A = gettext_noop("{term} cannot be {value}: it takes a {kind}.")
RELATIVE = gettext_noop("{term} refers to {value}, which is neither an identifier of this house nor a full address.")
LONG_IDENTIFIER = gettext_noop("{term} has {length} characters; an identifier has at most {most}. Shorten it.")
HALF_MEASURE = gettext_noop("{term} needs both hasNumericalValue and hasUnit.")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the reading of a value depends on: the zone of moments without one, and units the document describes.

    `units` leads from the identifier or the address of such a unit to its identifier.
    """

    zone: tzinfo
    units: Mapping[str, str] = field(default_factory=dict)


def read(each: RecordProperty, given: list[Any], around: Surroundings) -> Any:
    """Return the value that a document gives a property; references stay `Ref`.

    Raises:
        Refused: naming the property and what is wrong.
    """
    try:
        if each.kind is Kind.REFERENCES:
            return frozenset(_reference(each, one) for one in given)
        if each.kind is Kind.TEXTS:
            return [text for one in given for text in _texts(each, one)]
        return _one(each, _single(each, given), around)
    except Refused as refused:
        raise Refused(one if one.field else one.at(each.term) for one in refused.refusals) from refused


def _single(each: RecordProperty, given: list[Any]) -> Any:
    distinct = [one for place, one in enumerate(given) if one not in given[:place]]
    if len(distinct) != 1:
        raise Refused(Refusal("jsonld.one_value", ONE_VALUE, each.term, term=each.term, count=len(distinct)))
    return distinct[0]


def _one(each: RecordProperty, value: Any, around: Surroundings) -> Any:
    if each.kind is Kind.MOMENT:
        return moment(_text(each, value), around.zone)
    if each.kind is Kind.MEASURE:
        return _measure(each, value, around.units)
    if each.kind is Kind.UNIT:
        return _unit(each, value, around.units)
    return _READERS[each.kind](each, value)


def _text(each: RecordProperty, value: Any) -> str:
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    raise _wrong(each, value)


def _texts(each: RecordProperty, value: Any) -> list[str]:
    """Return one text, or several: pictures may stand in one text with commas between them (D14)."""
    text = _text(each, value)
    parts = [part.strip() for part in text.split(",")]
    # An address may hold a comma itself.
    is_list = each.term in _JOINED and all(part.startswith(("http://", "https://")) for part in parts)
    return parts if is_list else [text]


def _truth(each: RecordProperty, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in {"true", "false"}:
        return bool(value == "true")
    raise _wrong(each, value)


def _number(each: RecordProperty, value: Any) -> Decimal:
    if isinstance(value, str):
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise _wrong(each, value)


def _count(each: RecordProperty, value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < _DIGITS_MAX:
        return int(value)
    raise _wrong(each, value)


def _measure(each: RecordProperty, value: Any, units: Mapping[str, str]) -> Measure:
    if not isinstance(value, Parts):
        raise _wrong(each, value)
    amount, unit = value.first(VF + "hasNumericalValue"), value.first(VF + "hasUnit")
    if amount is None or unit is None:
        raise Refused(Refusal("jsonld.half_measure", HALF_MEASURE, each.term, term=each.term))
    return Measure(_number(each, amount), _unit(each, unit, units))


def _unit(each: RecordProperty, value: Any, units: Mapping[str, str]) -> str:
    """Return the identifier of a unit: of OM2 by its bare name, of an own unit by whatever names it."""
    text = _text(each, value)
    for prefix in (OM2, VF, OWN_UNIT, "om2:"):
        text = text.removeprefix(prefix)
    text = unquote(text)
    return units.get(text) or known_unit(text).identifier


def _action(each: RecordProperty, value: Any) -> str:
    return action(_text(each, value)).name


def _reference(each: RecordProperty, value: Any) -> Ref:
    identity = value.id if isinstance(value, Ref) else value
    if not isinstance(identity, str):
        raise _wrong(each, value)
    refuse_if(refuse_relative(identity, each.term))
    return Ref(identity)


def refuse_relative(identity: str, term: str) -> list[Refusal]:
    """A reference is an identifier of this house or a full address; anything else would have to be guessed."""
    if len(identity) > ADDRESS_LENGTH_MAX:
        facts = {"term": term, "length": len(identity), "most": ADDRESS_LENGTH_MAX}
        return [Refusal("jsonld.long_identifier", LONG_IDENTIFIER, term, **facts)]
    if ":" in identity or read_uid(identity) is not None:
        return []
    return [Refusal("jsonld.relative", RELATIVE, term, term=term, value=repr(identity[:100]))]


def _wrong(each: RecordProperty, value: Any) -> Refused:
    shown = "an object" if isinstance(value, Parts) else repr(getattr(value, "id", value))[:80]
    return Refused(Refusal("jsonld.wrong_kind", NOT_A, each.term, term=each.term, value=shown, kind=each.kind.value))


_DIGITS_MAX = 10
_JOINED = {"imageList"}
_READERS: dict[Kind, Callable[[RecordProperty, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.URI: _text,
    Kind.CHOICE: _text,
    Kind.TRUTH: _truth,
    Kind.NUMBER: _number,
    Kind.COUNT: _count,
    Kind.ACTION: _action,
    Kind.REFERENCE: _reference,
}
