"""What is sent to create or change a record: inputs made from its declaration, and the plain values in them.

References are identifiers, the whole of a measure is null where there is none, and what is left out stays as it is.
Nothing but the revision is required by the schema: what is missing is refused by the command, with everything else that
is wrong.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import strawberry
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.unset import UNSET

from oce.kit.graphql.properties import is_address
from oce.kit.graphql.scalars import URI
from oce.kit.graphql.vocabulary import MeasureInput, measure_sent
from oce.kit.properties import Kind, RecordProperty, properties_of
from oce.vf.refusals import Refused, refuse_if

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from oce.kit.records import Record
    from oce.vf.refusals import Refusal

NEW = "What is known of a new record."
CHANGED = "What changes of a record: what is left out stays, null erases, a list replaces the whole list."
_TYPES: dict[Kind, Any] = {
    Kind.TRUTH: bool,
    Kind.NUMBER: Decimal,
    Kind.COUNT: int,
    Kind.MOMENT: datetime,
    Kind.MEASURE: MeasureInput,
    Kind.UNIT: strawberry.ID,
    Kind.ACTION: strawberry.ID,
    Kind.REFERENCE: strawberry.ID,
    Kind.REFERENCES: StrawberryList(strawberry.ID),
    Kind.TEXTS: StrawberryList(URI),
}


class Extra(NamedTuple):
    """A field of an input that is no property of the record."""

    name: str
    term: str
    type: Any
    gloss: str


@cache
def create_type(
    model: type[Record], name: str = "", without: tuple[str, ...] = (), extras: tuple[Extra, ...] = ()
) -> Any:
    """Return the input that creates a record: `AgreementCreateParams`."""
    settable = [each for each in properties_of(model) if each.is_settable and each.name not in without]
    return _input(name or f"{model.vf_class}CreateParams", settable, extras, is_new=True)


@cache
def update_type(model: type[Record], name: str = "", without: tuple[str, ...] = ()) -> Any:
    """Return the input that changes a record: `AgreementUpdateParams`, with the revision it changes."""
    changeable = [each for each in properties_of(model) if each.is_changeable and each.name not in without]
    return _input(name or f"{model.vf_class}UpdateParams", changeable, (), is_new=False)


def sent_values(sent: Any) -> dict[str, Any]:
    """Return what was sent by property, as the commands take it; what was left out is not among it.

    Raises:
        Refused: with all measures that do not say their unit.
    """
    values, refusals = read_sent(sent)
    refuse_if(refusals)
    return values


def read_sent(sent: Any) -> tuple[dict[str, Any], list[Refusal]]:
    """Return what was sent by property, and what is wrong with its measures."""
    values: dict[str, Any] = {}
    refusals: list[Refusal] = []
    for field in sent.__strawberry_definition__.fields:
        value = getattr(sent, field.python_name)
        if value is UNSET or field.python_name == "revision_id":
            continue
        if isinstance(value, MeasureInput):
            try:
                value = measure_sent(value)
            except Refused as refused:
                refusals.extend(each.at(field.graphql_name) for each in refused.refusals)
        values[field.python_name] = value
    return values, refusals


def _input(name: str, properties: Collection[RecordProperty], extras: Collection[Extra], *, is_new: bool) -> Any:
    made: Any = type(name, (), {"__annotations__": {}})
    if not is_new:
        made.__annotations__["revision_id"] = strawberry.ID
        made.revision_id = strawberry.field(
            name="revisionId", description="The version that is changed, as it was last read."
        )
    for each in properties:
        made.__annotations__[each.name] = StrawberryOptional(_type(each))
        field = strawberry.field(name=each.term, default=UNSET, description=" ".join(_words(each, is_new=is_new)))
        setattr(made, each.name, field)
    for extra in extras:
        made.__annotations__[extra.name] = StrawberryOptional(extra.type)
        setattr(made, extra.name, strawberry.field(name=extra.term, default=UNSET, description=extra.gloss))
    return strawberry.input(made, name=name, description=NEW if is_new else CHANGED)


def _type(each: RecordProperty) -> Any:
    return _TYPES.get(each.kind) or (URI if is_address(each) else str)


def _words(each: RecordProperty, *, is_new: bool) -> Iterator[str]:
    if each.target is not None:
        yield f"(`{each.target.vf_class}`)"
    yield each.gloss
    if each.choices:
        yield "One of: " + ", ".join(value for value, _label in each.choices) + "."
    if is_new and each.is_required:
        yield "Must be given."
