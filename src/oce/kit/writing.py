"""The plain writing of records: what somebody wished, checked against the record's declaration, then stored.

Values come as a mapping from property names (Python's spelling) to plain values: texts, truths, Decimals, Measures, aware
datetimes; references as an identifier, an address or the record itself; lists of these. What an app forbids beyond the
declaration it says in its rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from oce.kit.commands import tell
from oce.kit.measures import known_unit
from oce.kit.properties import Kind, RecordProperty, properties_of, property_of
from oce.kit.quantities import QuantityField
from oce.kit.records import Record, found_by_reference
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

T = TypeVar("T", bound=Record)
Values = Mapping[str, Any]
Rule = Callable[[Values], list[Refusal]]

TEXT_LENGTH_MAX = 20_000
LIST_LENGTH_MAX = 1_000


def create(model: type[T], values: Values, *rules: Rule, **own: Any) -> T:  # noqa: ANN401
    """Store a new record of `values`, with `own` columns that no caller may set, and return it.

    Raises:
        Refused: with every refusal of the declaration and of `rules`.
    """
    plain, refusals = read_values(model, values, is_new=True)
    refuse_if(refusals, *(rule(plain) for rule in rules))
    lists = {name: plain.pop(name) for name in list(plain) if _is_references(model, name)}
    record = model(**own)
    for name, value in plain.items():
        setattr(record, name, value)
    record.save(force_insert=True)
    for name, targets in lists.items():
        getattr(record, name).set(targets)
    tell(record.address, subject=str(record))
    return record


def change(record: T, revision_id: str | None, values: Values, *rules: Rule) -> T:
    """Change what `values` name and return the record; what is left out stays, None erases, a list replaces the list.

    `revision_id` is the version the caller saw; None changes whatever version there is (scripts only).

    Raises:
        Refused: `kit.changed_meanwhile` when somebody else was faster, and every refusal of the declaration and the rules.
    """
    model = type(record)
    record = _held(record)
    refuse_if(_refuse_stale(record, revision_id))
    plain, refusals = read_values(model, values, is_new=False)
    after = {each.name: getattr(record, each.name) for each in properties_of(model) if not each.is_many} | plain
    refuse_if(refusals, *(rule(after) for rule in rules))
    lists = {name: plain.pop(name) for name in list(plain) if _is_references(model, name)}
    for name, value in plain.items():
        setattr(record, name, value)
    record.revision += 1
    record.is_described = True
    record.save()
    for name, targets in lists.items():
        getattr(record, name).set(targets)
    tell(record.address, subject=str(record))
    return record


def delete(record: Record, revision_id: str | None) -> None:
    """Remove a record that nothing refers to.

    Raises:
        Refused: `kit.changed_meanwhile`, or `kit.still_used` naming how many records refer to it.
    """
    record = _held(record)
    refuse_if(_refuse_stale(record, revision_id))
    address, subject = record.address, str(record)
    try:
        record.delete()
    except models.ProtectedError as error:
        raise Refused([
            Refusal(
                "kit.still_used",
                gettext_noop("{subject} is still used by {count} other records. Take it out of them first."),
                subject=subject,
                count=len(error.protected_objects),
            )
        ]) from error
    tell(address, subject=subject)


def find(model: type[T], reference: str | UUID, field: str = "id") -> T:
    """Return the record that an identifier or address means.

    Raises:
        Refused: `kit.unknown_record`.
    """
    found = found_by_reference(model, [str(reference)]).get(str(reference))
    if found is None:
        raise Refused([refuse_unknown(model, str(reference), field)])
    return found  # type: ignore[return-value]


def refuse_unknown(model: type[Record], reference: str, field: str | None) -> Refusal:
    """Return the refusal of a reference that means no record of this class."""
    return Refusal(
        "kit.unknown_record",
        gettext_noop("There is no {kind} {reference}. Look it up in the list, or write it down first."),
        field,
        kind=model._meta.verbose_name,  # noqa: SLF001
        reference=reference[:200],
    )


def read_values(model: type[Record], values: Values, *, is_new: bool) -> tuple[dict[str, Any], list[Refusal]]:
    """Return the values as the record takes them, and what is wrong with them; references are looked up, a query a class."""
    plain: dict[str, Any] = {}
    refusals: list[Refusal] = []
    wanted: dict[type[Record], set[str]] = {}
    known: list[RecordProperty] = []
    for name, value in values.items():
        each = property_of(model, name)
        if each is None or not (each.is_settable if is_new else each.is_changeable):
            refusals.append(_refuse_property(model, name, is_new=is_new))
            continue
        known.append(each)
        if each.target is not None and value is not None:
            references = value if each.is_many else [value]
            wanted.setdefault(each.target, set()).update(str(one) for one in references if not isinstance(one, Record))
    found = {target: found_by_reference(target, references) for target, references in wanted.items() if references}
    for each in known:
        try:
            plain[each.name] = _read(each, values[each.name], found.get(each.target, {}) if each.target else {})
        except Refused as refused:
            refusals.extend(refusal if refusal.field else replace(refusal, field=each.term) for refusal in refused.refusals)
        except ValidationError as error:
            refusals.extend(_from_validation(each, error))
    if is_new:
        refusals.extend(_refuse_missing(each) for each in properties_of(model) if _is_missing(each, values))
    return plain, refusals


def _held(record: T) -> T:
    """Return the record as it is now, locked until the transaction ends."""
    held: T = type(record)._default_manager.select_for_update().get(pk=record.pk)  # noqa: SLF001
    return held


def _is_references(model: type[Record], name: str) -> bool:
    each = property_of(model, name)
    return each is not None and each.kind is Kind.REFERENCES


def _is_missing(each: RecordProperty, values: Values) -> bool:
    return each.is_required and each.is_settable and values.get(each.name) in (None, "")


def _read(each: RecordProperty, value: Any, found: Mapping[str, Record]) -> Any:  # noqa: ANN401, PLR0911 (one answer a kind)
    if each.kind is Kind.REFERENCES:
        return [_referred(each, one, found) for one in _bounded(each, value or [])]
    if each.kind is Kind.TEXTS:
        return [_text(each, one) for one in _bounded(each, value or [])]
    if value is None:
        return each.empty
    if each.kind is Kind.REFERENCE:
        return _referred(each, value, found)
    if each.kind is Kind.MEASURE:
        return _measure(each, value)
    if each.kind is Kind.UNIT:
        return known_unit(value).identifier if value else ""
    if each.kind is Kind.NUMBER:
        return QuantityField().to_python(value)
    return _plain_value(each, value)


def _plain_value(each: RecordProperty, value: Any) -> Any:  # noqa: ANN401
    expected: dict[Kind, type | tuple[type, ...]] = {Kind.TRUTH: bool, Kind.MOMENT: datetime, Kind.COUNT: int}
    if each.kind in expected:
        if not isinstance(value, expected[each.kind]) or (isinstance(value, datetime) and value.tzinfo is None):
            raise Refused([_refuse_value(each, value)])
        return value
    if each.kind is Kind.CHOICE and value not in dict(each.choices):
        raise Refused([_refuse_value(each, value)])
    text = _text(each, value)
    if each.kind is Kind.URI and text:
        URLValidator(schemes=["http", "https"])(text)
    return text


def _measure(each: RecordProperty, value: Any) -> Measure:  # noqa: ANN401
    if not isinstance(value, Measure) or not isinstance(value.value, Decimal):
        raise Refused([_refuse_value(each, value)])
    QuantityField().to_python(value.value)
    return Measure(value.value, known_unit(value.unit).identifier)


def _referred(each: RecordProperty, value: Any, found: Mapping[str, Record]) -> Record:  # noqa: ANN401
    if isinstance(value, Record):
        return value
    record = found.get(str(value))
    if record is None:
        assert each.target is not None  # noqa: S101 (a reference property always has a target)
        raise Refused([refuse_unknown(each.target, str(value), each.term)])
    return record


def _bounded(each: RecordProperty, value: Any) -> Iterable[Any]:  # noqa: ANN401
    if not isinstance(value, list | tuple) or len(value) > LIST_LENGTH_MAX:
        raise Refused([_refuse_value(each, value)])
    return value


def _text(each: RecordProperty, value: Any) -> str:  # noqa: ANN401
    text = str(value).strip() if isinstance(value, str | UUID) else None
    if text is None or "\x00" in text:
        raise Refused([_refuse_value(each, value)])
    most = each.length_max or TEXT_LENGTH_MAX
    if len(text) > most:
        raise Refused([
            Refusal(
                "kit.too_long",
                gettext_noop("{label} has {length} characters; at most {most} fit. Shorten it."),
                each.term,
                label=each.label,
                length=len(text),
                most=most,
            )
        ])
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
    template = (
        gettext_noop("{name} cannot be set on {kind}.") if is_new else gettext_noop("{name} of {kind} cannot be changed.")
    )
    return Refusal("kit.not_settable", template, name, name=name, kind=model.vf_class)


def _refuse_stale(record: Record, revision_id: str | None) -> list[Refusal]:
    if revision_id is None or revision_id == record.revision_id:
        return []
    return [
        Refusal(
            "kit.changed_meanwhile",
            gettext_noop("Somebody changed {subject} meanwhile. Look at it again, then repeat what is still to be changed."),
            "revisionId",
            subject=str(record),
        )
    ]


def _from_validation(each: RecordProperty, error: ValidationError) -> list[Refusal]:
    return [
        Refusal(
            "kit.wrong_value", gettext_noop("{label}: {fault}"), each.term, label=each.label, fault=message.rstrip(".") + "."
        )
        for message in error.messages
    ]
