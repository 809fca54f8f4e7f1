"""Reads what somebody wished for a record: plain values in, what the columns hold out, and all that is wrong with them.

Values come as a mapping from property names (Python's spelling) to texts, truths, Decimals, Measures, aware datetimes;
references as an identifier, an address or the record itself; lists of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from oce.kit.actor import is_seen_by, onlooker
from oce.kit.measures import known_unit
from oce.kit.properties import VISIBILITY, Kind, RecordProperty, properties_of, property_of
from oce.kit.records import Record, found_by_reference
from oce.vf.actions import action
from oce.vf.decimals import exact
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, Refused, gettext_noop
from oce.vf.texts import is_text

Values = Mapping[str, Any]
Found = Mapping[str, Record]
Reader = Callable[[RecordProperty, Any], Any]

TEXT_LENGTH_MAX = 20_000
LIST_LENGTH_MAX = 1_000

# Addresses that a page may link to: what a browser would run as a script is not among them.
ADDRESS = re.compile(r"(?:https?|ftp|ipfs|ipns|hyper|magnet|urn|did|geo|mailto|tel):\S+", re.IGNORECASE)

_PLAIN: dict[Kind, type] = {Kind.TRUTH: bool, Kind.MOMENT: datetime, Kind.COUNT: int}


def read_values(model: type[Record], values: Values, *, is_new: bool) -> tuple[dict[str, Any], list[Refusal]]:
    """Return the values as the record takes them, and what is wrong with them; references cost a query a class."""
    plain: dict[str, Any] = {}
    known, refusals = _known(model, values, is_new=is_new)
    found = _found(known, values)
    for each in known:
        try:
            plain[each.name] = _read(each, values[each.name], found.get(each.target, {}) if each.target else {})
        except Refused as refused:
            refusals.extend(one if one.field else replace_field(one, each.term) for one in refused.refusals)
    refusals.extend(_refuse_missing(each) for each in _missing(model, values, plain, is_new=is_new))
    if not plain.get(
        VISIBILITY, True
    ):  # nobody says who may see it: a new record has its own answer, an old one keeps it
        del plain[VISIBILITY]
    return plain, refusals


def refuse_missing(model: type[Record], values: Values) -> list[Refusal]:
    """Return a refusal for each property that whoever describes a record must fill in, and that is not filled."""
    needed = (each for each in properties_of(model) if each.is_required and each.is_changeable)
    return [_refuse_missing(each) for each in needed if values.get(each.name) in (None, "")]


def refuse_unknown(model: type[Record], reference: str, field: str | None) -> Refusal:
    """Return the refusal of a reference that means no record of this class."""
    return Refusal(
        "kit.unknown_record",
        gettext_noop("There is no {kind} {reference}. Look it up in the list, or write it down first."),
        field,
        kind=model._meta.verbose_name,  # noqa: SLF001 (Django's documented model API)
        reference=reference[:200],
    )


def replace_field(refusal: Refusal, field: str) -> Refusal:
    """Return the same refusal, placed at `field`."""
    return Refusal(refusal.code, refusal.template, field, **refusal.values)


def _known(model: type[Record], values: Values, *, is_new: bool) -> tuple[list[RecordProperty], list[Refusal]]:
    known: list[RecordProperty] = []
    refusals: list[Refusal] = []
    for name in values:
        each = property_of(model, name)
        if each is None or not (each.is_settable if is_new else each.is_changeable):
            refusals.append(_refuse_property(model, name, is_new=is_new))
        else:
            known.append(each)
    return known, refusals


def _found(known: Iterable[RecordProperty], values: Values) -> dict[type[Record], Found]:
    """Return the records that the references among the values mean, by class and reference."""
    wanted: dict[type[Record], set[str]] = {}
    for each in known:
        value = values[each.name]
        if each.target is not None and value is not None:
            references = value if isinstance(value, list | tuple) else [value]
            wanted.setdefault(each.target, set()).update(str(one) for one in references if not isinstance(one, Record))
    return {target: _meant(target, filter(is_text, each)) for target, each in wanted.items() if each}


def _meant(target: type[Record], references: Iterable[str]) -> Found:
    """Return the records that references mean; one that may not be seen is not known either."""
    looking = onlooker()
    found = found_by_reference(target, references)
    return {reference: record for reference, record in found.items() if is_seen_by(looking, record)}


def _missing(model: type[Record], values: Values, plain: Values, *, is_new: bool) -> Iterable[RecordProperty]:
    """Yield the properties that must be filled and are not: of a change, only what it names can be missing."""
    for each in properties_of(model):
        was_given = each.name in values
        if each.is_required and each.is_settable and (is_new or was_given):
            was_refused = was_given and each.name not in plain
            if not was_refused and plain.get(each.name) in (None, ""):
                yield each


def _read(each: RecordProperty, value: Any, found: Found) -> Any:
    if each.kind is Kind.REFERENCES:
        return [_referred(each, one, found) for one in _bounded(each, value)]
    if each.kind is Kind.TEXTS:
        read = _address if each.holds_addresses else _text
        return [read(each, one) for one in _bounded(each, value)]
    if value is None:
        return each.empty
    if each.kind is Kind.REFERENCE:
        return _referred(each, value, found)
    read_plain: Reader = _READERS.get(each.kind, _text)
    return read_plain(each, value)


def _plain(each: RecordProperty, value: Any) -> Any:
    is_right = isinstance(value, _PLAIN[each.kind]) and isinstance(value, bool) == (each.kind is Kind.TRUTH)
    if not is_right or (isinstance(value, datetime) and value.tzinfo is None):
        raise Refused(_refuse_value(each, value))
    return value


def _number(_each: RecordProperty, value: Any) -> Decimal | None:
    return None if value == "" else exact(value)


def _unit(each: RecordProperty, value: Any) -> str:
    text = _text(each, value)
    return known_unit(text).identifier if text else ""


def _action(each: RecordProperty, value: Any) -> str:
    text = _text(each, value)
    return action(text).name if text else ""


def _choice(each: RecordProperty, value: Any) -> str:
    text = _text(each, value)
    is_left_open = not text and not each.is_required
    if not is_left_open and text not in dict(each.choices):
        raise Refused(_refuse_value(each, value))
    return text


def _address(each: RecordProperty, value: Any) -> str:
    text = _text(each, value)
    if text and not ADDRESS.fullmatch(text):
        no_address = gettext_noop(
            "{label}: {value} is not an address. Write it in full: https://example.org/bread.jpg."
        )
        raise Refused(Refusal("kit.no_address", no_address, each.term, label=each.label, value=text[:80]))
    return text


def _measure(each: RecordProperty, value: Any) -> Measure:
    if not isinstance(value, Measure) or not isinstance(value.value, Decimal):
        raise Refused(_refuse_value(each, value))
    return Measure(exact(value.value), known_unit(value.unit).identifier)


def _referred(each: RecordProperty, value: Any, found: Found) -> Record:
    assert each.target is not None  # noqa: S101 (a reference property always has a target)
    record = value if isinstance(value, Record) else found.get(str(value))
    if not isinstance(record, each.target):
        raise Refused(refuse_unknown(each.target, str(value), each.term))
    return record.meant


def _bounded(each: RecordProperty, value: Any) -> Iterable[Any]:
    value = [] if value is None else value
    if not isinstance(value, list | tuple):
        raise Refused(_refuse_value(each, value))
    if len(value) > LIST_LENGTH_MAX:
        too_many = gettext_noop("{label} has {count} entries; at most {most} fit. Leave some out.")
        raise Refused(
            Refusal("kit.too_many", too_many, each.term, label=each.label, count=len(value), most=LIST_LENGTH_MAX)
        )
    return value


def _text(each: RecordProperty, value: Any) -> str:
    text = str(value).strip() if isinstance(value, str | UUID) else None
    if text is None or not is_text(text):
        raise Refused(_refuse_value(each, value))
    most = each.length_max or TEXT_LENGTH_MAX
    if len(text) > most:
        too_long = gettext_noop("{label} has {length} characters; at most {most} fit. Shorten it.")
        raise Refused(Refusal("kit.too_long", too_long, each.term, label=each.label, length=len(text), most=most))
    return text


def _refuse_value(each: RecordProperty, value: object) -> Refusal:
    return Refusal(
        "kit.wrong_kind",
        gettext_noop("{label} cannot be {value}: it takes a {kind}."),
        each.term,
        label=each.label,
        value=repr(value)[:80],
        kind=each.kind.value,
    )


def _refuse_missing(each: RecordProperty) -> Refusal:
    return Refusal("kit.missing", gettext_noop("{label} is missing. Fill it in."), each.term, label=each.label)


def _refuse_property(model: type[Record], name: str, *, is_new: bool) -> Refusal:
    not_settable = gettext_noop("{name} cannot be set on {kind}. Leave it out.")
    not_changeable = gettext_noop("{name} of {kind} cannot be changed. Leave it out.")
    template = not_settable if is_new else not_changeable
    return Refusal("kit.not_settable", template, name, name=name, kind=model.vf_class)


_READERS: dict[Kind, Reader] = {
    Kind.MEASURE: _measure,
    Kind.UNIT: _unit,
    Kind.NUMBER: _number,
    Kind.TRUTH: _plain,
    Kind.MOMENT: _plain,
    Kind.COUNT: _plain,
    Kind.CHOICE: _choice,
    Kind.ACTION: _action,
    Kind.URI: _address,
}
