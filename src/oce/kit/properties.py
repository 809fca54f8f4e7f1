"""What a record consists of, read from its model: what pages, GraphQL, JSON-LD and CSV are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override

from oce.kit.measures import UnitField
from oce.kit.quantities import QuantityField
from oce.kit.records import Record
from oce.kit.sharing import Visibility
from oce.vf import terms

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(StrEnum):
    """What the value of a property is."""

    TEXT = "text"
    LONG_TEXT = "long text"
    URI = "uri"
    TRUTH = "truth"
    NUMBER = "number"
    COUNT = "count"
    MOMENT = "moment"
    MEASURE = "measure"
    UNIT = "unit"
    CHOICE = "choice"
    ACTION = "action"
    TEXTS = "texts"
    REFERENCE = "reference"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class RecordProperty:
    """One property of a record.

    `name` is Python's spelling, `term` the vocabulary's; `target` the record class a reference points at; `is_ours`
    says that the vocabulary does not have it; `empty` is what is stored for no value, `unsaid` a value that everybody
    expects, so that documents do not say it.
    """

    name: str
    term: str
    kind: Kind
    label: str | Promise
    gloss: str
    target: type[Record] | None = None
    is_required: bool = False
    is_settable: bool = True
    is_changeable: bool = True
    is_ours: bool = False
    is_unique: bool = False
    holds_addresses: bool = False
    choices: tuple[tuple[str, str | Promise], ...] = ()
    length_max: int | None = None
    empty: object = None
    unsaid: object = None

    @property
    def is_many(self) -> bool:
        """Whether the value is a list."""
        return self.kind in {Kind.TEXTS, Kind.REFERENCES}


_OWN = frozenset({"id", "uid", "iri", "is_described", "revision"})
# The property of every record, which is told last; what it mostly says is not worth saying.
VISIBILITY = "visibility"
_KINDS: tuple[tuple[type[models.Field[Any, Any]], Kind], ...] = (
    (models.ManyToManyField, Kind.REFERENCES),
    (models.ForeignKey, Kind.REFERENCE),
    (UnitField, Kind.UNIT),
    (QuantityField, Kind.NUMBER),
    (models.DateTimeField, Kind.MOMENT),
    (models.BooleanField, Kind.TRUTH),
    (models.JSONField, Kind.TEXTS),
    (models.IntegerField, Kind.COUNT),
    (models.TextField, Kind.LONG_TEXT),
    (models.CharField, Kind.TEXT),
)
_EMPTY: dict[Kind, object] = {
    Kind.TRUTH: False,
    Kind.TEXT: "",
    Kind.LONG_TEXT: "",
    Kind.URI: "",
    Kind.UNIT: "",
    Kind.CHOICE: "",
    Kind.ACTION: "",
}


@cache
def properties_of(model: type[Record]) -> tuple[RecordProperty, ...]:
    """Return what people and programs may see of a record, in the order of its declaration."""
    return tuple(_read(model))


@cache
def property_of(model: type[Record], name: str) -> RecordProperty | None:
    """Return one property by its Python name, or None."""
    return next((each for each in properties_of(model) if each.name == name), None)


@cache
def columns_of(model: type[Record]) -> tuple[RecordProperty, ...]:
    """Return what a row of a list shows of a record: properties, and hidden columns by which lists are sorted and narrowed."""
    known = {each.name: each for each in properties_of(model)}
    hidden = {name: _hidden(model, name) for name in model.columns if name in model.hidden}
    return tuple({**known, **hidden}[name] for name in model.columns if name in known or name in hidden)


def _hidden(model: type[Record], name: str) -> RecordProperty:
    return _property(model, model._meta.get_field(name), name, is_measure=False)  # type: ignore[arg-type] # noqa: SLF001


def _read(model: type[Record]) -> Iterator[RecordProperty]:
    skipped = _OWN | {VISIBILITY} | {*model.hidden, *model.lent} | {f"{name}_unit" for name in model.measures}
    of_measure = {f"{name}_value": name for name in model.measures}
    for field in (*model._meta.fields, *model._meta.many_to_many):  # noqa: SLF001 (Django's documented model API)
        if field.name not in skipped:
            yield _property(model, field, of_measure.get(field.name, field.name), is_measure=field.name in of_measure)
    yield from _borrowed(model)
    yield _property(model, model._meta.get_field(VISIBILITY), VISIBILITY, is_measure=False)  # type: ignore[arg-type] # noqa: SLF001


def _borrowed(model: type[Record]) -> Iterator[RecordProperty]:
    """Yield the lists that apps above keep for this class: the claims that an event settles."""
    for relation in model._meta.related_objects:  # noqa: SLF001 (Django's documented model API)
        lender, name = relation.related_model, relation.related_name
        if issubclass(lender, Record) and relation.field.name in lender.lent and name is not None:
            term = terms.camel(name)
            label, gloss = relation.field.verbose_name, terms.PROPERTIES[term].gloss
            yield RecordProperty(name, term, Kind.REFERENCES, label, gloss, target=lender)


def _in_english(text: str | Promise) -> str:
    """Return a text as its translators find it: properties are read once and kept, and their readers have many languages."""
    with override("en"):
        return str(text)


def _property(model: type[Record], field: models.Field[Any, Any], name: str, *, is_measure: bool) -> RecordProperty:
    kind = Kind.MEASURE if is_measure else _kind(field, name)
    target = field.related_model if kind in {Kind.REFERENCE, Kind.REFERENCES} else None
    is_ours = name in model.ours or name == VISIBILITY
    is_derived = name in model.derived
    term = terms.camel(name)
    return RecordProperty(
        name=name,
        term=term,
        kind=kind,
        label=field.verbose_name,
        gloss=_in_english(field.help_text) if is_ours or term not in terms.PROPERTIES else terms.PROPERTIES[term].gloss,
        target=target if isinstance(target, type) and issubclass(target, Record) else None,
        # Django's two words: what may be null in the table may still be asked of everybody who fills in a form.
        is_required=not (field.blank or field.has_default() or kind is Kind.REFERENCES),
        is_settable=not is_derived,
        is_changeable=not is_derived and name not in model.fixed,
        is_ours=is_ours,
        is_unique=field.unique,
        holds_addresses=_holds_addresses(name),
        choices=tuple(field.flatchoices),
        length_max=field.max_length,
        empty=None if field.null else _EMPTY.get(kind),
        unsaid=Visibility.NETWORK.value if name == VISIBILITY else None,
    )


def _holds_addresses(name: str) -> bool:
    known = terms.PROPERTIES.get(terms.camel(name))
    return known is not None and known.range == ("xsd:anyURI",)


def _kind(field: models.Field[Any, Any], name: str) -> Kind:
    if name == "action":
        return Kind.ACTION
    if field.choices:
        return Kind.CHOICE
    if isinstance(field, models.CharField | models.TextField) and _holds_addresses(name):
        return Kind.URI
    return next(kind for field_class, kind in _KINDS if isinstance(field, field_class))
