"""Filters of lists: one input for each record class, made from its declaration; its conditions must all hold.

A condition with several values holds for any of them. `or` holds where one of its alternatives does, and stands beside
the other conditions: it can only narrow what they let through.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import strawberry
from django.db.models import Q
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.unset import UNSET

from oce.kit import lists  # noqa: F401 (teaches Django the look-up `holds_any`)
from oce.kit.graphql.asking import seen_here
from oce.kit.graphql.scalars import URI
from oce.kit.graphql.vocabulary import action_sent
from oce.kit.properties import Kind, RecordProperty, properties_of
from oce.kit.records import read_uid
from oce.kit.synonyms import saying
from oce.kit.words import holding
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from strawberry.types.field import StrawberryField

    from oce.kit.records import Record

TOO_MANY = gettext_noop(
    "A filter holds at most {most} values and alternatives, three levels deep. Ask in several requests."
)
TOO_LONG = gettext_noop("A text of {length} characters is too long to be searched for; at most {most} are. Shorten it.")
ALTERNATIVES_MAX = 20
VALUES_MAX = 500
DEPTH_MAX = 3
SEARCH_LENGTH_MAX = 2_000
# The moments by which a record is found in a period: when it began, and when it ended.
_BEGINS = ("occurred_at", "has_beginning", "begins", "due", "created")
_ENDS = ("occurred_at", "has_end", "ends", "due", "created")
_VALUE_TYPES: dict[Kind, Any] = {
    Kind.REFERENCE: strawberry.ID,
    Kind.REFERENCES: strawberry.ID,
    Kind.ACTION: strawberry.ID,
    Kind.TEXTS: URI,
    Kind.TEXT: str,
    Kind.CHOICE: str,
}


@cache
def filter_type(model: type[Record]) -> Any:
    """Return the input that filters lists of `model`; its attributes are the Python names of the properties."""
    made: Any = type(f"{model.vf_class}FilterParams", (), {"__annotations__": {}})
    if model.searched:
        _declare(
            made,
            "search_string",
            "searchString",
            str,
            "Words, or their beginnings, all of which stand in: " + ", ".join(model.searched) + ".",
        )
    for each in properties_of(model):
        if each.kind in _VALUE_TYPES:
            _declare(made, each.name, each.term, StrawberryList(_VALUE_TYPES[each.kind]), f"Any of these. {each.gloss}")
        elif each.kind is Kind.TRUTH:
            _declare(made, each.name, each.term, bool, each.gloss)
    if _moment(model, _BEGINS):
        _declare(made, "start_date", "startDate", datetime, "At this moment or later.")
        _declare(made, "end_date", "endDate", datetime, "At this moment or earlier.")
    for name, older in older_names(model).items():
        _declare(
            made, older, older, StrawberryList(strawberry.ID), f"Older name of `{name}`.", deprecated=f"Use `{name}`."
        )
    made.alternatives = None
    made.__annotations__["alternatives"] = StrawberryOptional(StrawberryList(made))
    made.alternatives = strawberry.field(
        name="or", default=None, description="At least one of these must hold as well."
    )
    return strawberry.input(made, name=made.__name__, description="Conditions, all of which must hold.")


def _declare(
    made: Any,
    name: str,
    term: str,
    of_type: Any,
    gloss: str,
    deprecated: str | None = None,
) -> None:
    made.__annotations__[name] = StrawberryOptional(of_type)
    setattr(made, name, strawberry.field(name=term, default=None, description=gloss, deprecation_reason=deprecated))


_older: dict[type[Record], Mapping[str, str]] = {}


def name_older(model: type[Record], names: Mapping[str, str]) -> None:
    """Let lists of `model` be filtered by older names too, `{"provider": "providerId"}`; before its type is made."""
    _older[model] = names


def older_names(model: type[Record]) -> Mapping[str, str]:
    """Return the older names of conditions by the name of their property."""
    return _older.get(model, {})


def complete_filters(*, compatible: bool) -> None:
    """Show the older names of conditions, or hide them."""
    for model, names in _older.items():
        definition = filter_type(model).__strawberry_definition__
        shown = [each for each in definition.fields if each.python_name not in names.values()]
        older = [each for each in _declared(model) if each.python_name in names.values()]
        definition.fields = [*shown, *older] if compatible else shown


@cache
def _declared(model: type[Record]) -> tuple[StrawberryField, ...]:
    """Return all conditions a filter was made with."""
    return tuple(filter_type(model).__strawberry_definition__.fields)


def narrowed(records: QuerySet[Any], given: Any) -> QuerySet[Any]:
    """Return those of `records` that `given` lets through; all of them where it is None.

    Raises:
        Refused: `graphql.filter_size`, `graphql.search_length`, or `actions.unknown`.
    """
    if given in (None, UNSET):
        return records
    if _count(given, 1) > VALUES_MAX:
        raise _too_many(VALUES_MAX)
    return records.filter(_condition(records.model, given))


def _count(given: Any, depth: int) -> int:
    """Return how many values and alternatives a filter holds in all: every one is a part of the statement it becomes."""
    alternatives = given.alternatives or []
    if depth > DEPTH_MAX or len(alternatives) > ALTERNATIVES_MAX:
        raise _too_many(ALTERNATIVES_MAX)
    conditions = [getattr(given, each.python_name) for each in given.__strawberry_definition__.fields]
    values = sum(len(each) for each in conditions if isinstance(each, list))
    return values + sum(_count(each, depth + 1) for each in alternatives)


def _too_many(most: int) -> Refused:
    return Refused(Refusal("graphql.filter_size", TOO_MANY, "filter", most=most))


def _condition(model: type[Record], given: Any) -> Q:
    condition = _searched(model, given)
    for each in properties_of(model):
        older = older_names(model).get(each.name)
        for name in filter(None, (each.name, older)):
            value = getattr(given, name, None)
            if value not in (None, UNSET):
                condition &= _holds(each, value)
    condition &= _within(model, getattr(given, "start_date", None), getattr(given, "end_date", None))
    return condition & _any_of(model, given.alternatives)


def _any_of(model: type[Record], alternatives: list[Any] | None) -> Q:
    if not alternatives:
        return Q()
    joined = Q(pk__in=[])
    for each in alternatives:
        joined |= _condition(model, each)
    return joined


def _searched(model: type[Record], given: Any) -> Q:
    text = getattr(given, "search_string", None)
    if text and len(text) > SEARCH_LENGTH_MAX:
        raise Refused(
            Refusal("graphql.search_length", TOO_LONG, "searchString", length=len(text), most=SEARCH_LENGTH_MAX)
        )
    return holding(model, text) if text else Q()


def _holds(each: RecordProperty, value: Any) -> Q:
    if each.kind is Kind.TRUTH:
        return Q(**{each.name: value})
    if each.kind in {Kind.REFERENCE, Kind.REFERENCES}:
        return _refers(each, value)
    if each.kind is Kind.TEXTS:
        return Q(**{f"{each.name}__holds_any": value}) if value else Q(pk__in=[])
    if each.kind is Kind.ACTION:
        value = [action_sent(name) for name in value]
    return Q(**{f"{each.name}__in": value})


def _refers(each: RecordProperty, references: list[str]) -> Q:
    assert each.target is not None  # noqa: S101 (a reference property always has a target)
    uids = [uid for uid in map(read_uid, references) if uid is not None]
    meant = Q(uid__in=uids) | Q(iri__in=references)
    # What one may not see is as what is not there, also where a filter names it.
    seen = seen_here(each.target.every().filter(meant)).order_by().values("pk")
    return Q(**{f"{each.name}__in": saying(each.target, Q(pk__in=seen))})


def _within(model: type[Record], begins: datetime | None, ends: datetime | None) -> Q:
    condition = Q()
    if begins:
        condition &= Q(**{f"{_moment(model, _BEGINS)}__gte": begins})
    if ends:
        condition &= Q(**{f"{_moment(model, _ENDS)}__lte": ends})
    return condition


def _moment(model: type[Record], candidates: tuple[str, ...]) -> str | None:
    names = {field.name for field in model._meta.get_fields()}  # noqa: SLF001 (Django's documented model API)
    return next((name for name in candidates if name in names), None)
