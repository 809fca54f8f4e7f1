"""The types that are values of the vocabulary and no records: actions, measures and units."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import strawberry
from django.conf import settings
from strawberry.types.unset import UNSET

from oce.kit.graphql.fields import added_to, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.scalars import URI
from oce.kit.measures import known_unit
from oce.vf import terms
from oce.vf.actions import ACTIONS, UNKNOWN, Action, action
from oce.vf.measures import Measure
from oce.vf.namespaces import camel, local_name
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable

    from strawberry.types.field import StrawberryField

    from oce.vf.units import Unit


@strawberry.type(name="Action", description=terms.CLASSES["Action"].gloss)
class ActionType:
    """A verb of the standard with its behaviours."""


@strawberry.type(name="Unit", description=terms.CLASSES["Unit"].gloss)
class UnitType:
    """A unit, of the standard list or of this house's own."""


@strawberry.type(name="Measure", description=terms.CLASSES["Measure"].gloss)
class MeasureType:
    """A number of a unit."""


@strawberry.input(name="IMeasure", description="A number of a unit; null as a whole where there is none.")
class MeasureInput:
    """A measure as it is sent."""

    has_numerical_value: Decimal = strawberry.field(description=terms.PROPERTIES["hasNumericalValue"].gloss)
    has_unit: strawberry.ID | None = strawberry.field(
        default=None, description=f"(`Unit`) {terms.PROPERTIES['hasUnit'].gloss} `one` for pieces and for money."
    )


NO_UNIT = gettext_noop(
    "The quantity {value} does not say its unit. Name one, such as kilogram, or `one` for pieces and money."
)
_BEHAVIOURS = (
    "event_quantity", "input_output", "pairs_with", "create_resource", "accounting_effect", "onhand_effect",
    "location_effect", "contained_effect", "accountable_effect", "stage_effect", "state_effect",
)  # fmt: skip


def measure_sent(sent: MeasureInput | None) -> Measure | None:
    """Return the measure that was sent.

    Raises:
        Refused: `graphql.no_unit`.
    """
    if sent is None:
        return None
    if sent.has_unit in (None, "", UNSET):
        raise Refused(Refusal("graphql.no_unit", NO_UNIT, "hasUnit", value=sent.has_numerical_value))
    return Measure(sent.has_numerical_value, str(sent.has_unit))


def action_sent(given: str) -> str:
    """Return the action that was sent; spellings of older releases, `deliver-service`, are for older clients only.

    Raises:
        Refused: `actions.unknown`, with the nearest name.
    """
    found = action(given)
    if found.name != local_name(given) and not settings.OCE_GRAPHQL_COMPATIBLE:
        raise Refused(Refusal("actions.unknown", UNKNOWN, "action", given=given, nearest=found.name))
    return found.name


def read_action(name: str) -> Action | None:
    """Return the row of an action that a record names; None for a record of which only the address is known."""
    return ACTIONS[name] if name else None


def read_unit(identifier: str) -> Unit | None:
    """Return the unit that a record names, or None where it names none."""
    return known_unit(identifier) if identifier else None


def complete_vocabulary(*, compatible: bool) -> None:
    """Give the types of this module their fields."""
    replace_fields(ActionType.__strawberry_definition__, list(_action_fields(compatible=compatible)))  # type: ignore[attr-defined]
    replace_fields(MeasureType.__strawberry_definition__, _measure_fields())  # type: ignore[attr-defined]
    added = list(added_to(UnitType, compatible=compatible))
    replace_fields(UnitType.__strawberry_definition__, _unit_fields(), added)  # type: ignore[attr-defined]


def _action_fields(*, compatible: bool) -> list[StrawberryField]:
    fields: list[StrawberryField] = [
        read_field("id", strawberry.ID, lambda each: each.name, "The verb itself."),
        read_field("label", str, lambda each: each.label, "The verb as people read it."),
        *(_behaviour(name) for name in _BEHAVIOURS),
    ]
    if compatible:
        older = "Renamed `accountingEffect`; absent behaviours are null."
        fields.append(
            read_field(
                "resourceEffect",
                str,
                lambda each: each.accounting_effect or "noEffect",
                "The accounting effect.",
                deprecated=older,
            )
        )
    return fields


def _behaviour(name: str) -> StrawberryField:
    read: Callable[[Action], str | None] = lambda each: getattr(each, name)  # noqa: E731 (a closure over one name)
    return read_field(camel(name), optional(str), read, terms.PROPERTIES[camel(name)].gloss)


def _measure_fields() -> list[StrawberryField]:
    value, unit = terms.PROPERTIES["hasNumericalValue"].gloss, terms.PROPERTIES["hasUnit"].gloss
    return [
        read_field("hasNumericalValue", Decimal, lambda each: each.value, value),
        read_field("hasUnit", optional(UnitType), lambda each: read_unit(each.unit), unit),
    ]


def _unit_fields() -> list[StrawberryField]:
    tags = terms.PROPERTIES["classifiedAs"].gloss
    return [
        read_field("id", strawberry.ID, lambda unit: unit.identifier, "How quantities name the unit: `kilogram`."),
        read_field("label", str, lambda unit: unit.label, terms.PROPERTIES["label"].gloss),
        read_field("symbol", str, lambda unit: unit.symbol or unit.label, terms.PROPERTIES["symbol"].gloss),
        read_field("classifiedAs", many(URI), lambda unit: [unit.classified_as] if unit.classified_as else [], tags),
    ]


def _find_action(_root: None, _info: object, id: str) -> Action | None:  # noqa: A002 (the argument's name)
    try:
        return action(id)
    except Refused:
        return None


def action_queries() -> list[StrawberryField]:
    """Return the root fields that list the actions and find one, also by its older or full names."""
    one = argument("id", strawberry.ID, "The verb, such as `produce`.")
    return [
        asked_field("action", optional(ActionType), _find_action, ActionType.__doc__ or "", [one]),
        read_field("actions", many(ActionType), lambda _root: list(ACTIONS.values()), "All actions."),
    ]
