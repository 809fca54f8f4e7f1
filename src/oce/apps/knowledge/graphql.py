"""The catalogue in GraphQL: kinds, tags, and the units of the standard list together with this house's own."""

from __future__ import annotations

from typing import Any

import strawberry

from oce.apps.knowledge.models import Classification, ProcessSpecification, ResourceSpecification
from oce.apps.knowledge.models import Unit as OwnUnit
from oce.apps.knowledge.queries import as_unit
from oce.kit.graphql.asking import seen
from oce.kit.graphql.connections import Page, connection_type, page_of_list, part_arguments
from oce.kit.graphql.exposed import Exposed
from oce.kit.graphql.fields import add_field, argument, asked_field, optional
from oce.kit.graphql.registry import stand_in
from oce.kit.graphql.scalars import URI
from oce.kit.graphql.schema import ROOTS
from oce.kit.graphql.vocabulary import UnitType
from oce.kit.measures import known_unit
from oce.vf import terms
from oce.vf.refusals import Refused
from oce.vf.units import Unit, units

stand_in(OwnUnit, UnitType)

records = (
    ResourceSpecification,
    ProcessSpecification,
    Classification,
    # Mutations of own units answer with the unit as everybody sees it; the list holds those of the standard as well.
    Exposed(OwnUnit, reads=False, shown_as=as_unit),
)


def om_unit_identifier(unit: Unit, info: strawberry.Info) -> str | None:
    """Return the address of the unit of the standard list that is meant."""
    if unit.identifier in units():
        return unit.iri
    own = _own(info).get(unit.identifier)
    return own.om_unit_identifier or None if own else None


def revision_id(unit: Unit, info: strawberry.Info) -> strawberry.ID | None:
    """Return the version of a unit of this house's own; a unit of the standard list has none."""
    own = _own(info).get(unit.identifier)
    return strawberry.ID(own.revision_id) if own else None


def _own(info: Any) -> dict[str, OwnUnit]:
    """Return the units of this house's own, which are few, read once a request."""
    shelf: dict[str, OwnUnit] | None = info.context.shelf.get(OwnUnit)
    if shelf is None:
        shelf = info.context.shelf[OwnUnit] = {each.identifier: each for each in seen(info, OwnUnit)}
    return shelf


def _find(_root: None, info: Any, id: str) -> Unit | None:  # noqa: A002, ARG001
    try:
        return known_unit(id)
    except Refused:
        return None


@strawberry.input(name="UnitFilterParams", description="Conditions, all of which must hold.")
class UnitFilter:
    """Which units a list shows."""

    search_string: str | None = strawberry.field(
        default=None, description="A text that stands in the name, label or symbol."
    )
    classified_as: list[URI] | None = strawberry.field(default=None, description="Any of these tags.")

    def lets_through(self, unit: Unit) -> bool:
        """Return whether the conditions hold for a unit."""
        text = (self.search_string or "").casefold()
        is_found = any(text in word.casefold() for word in (unit.identifier, unit.label, unit.symbol or ""))
        return is_found and (not self.classified_as or unit.classified_as in self.classified_as)


def _list(_root: None, info: Any, filter: UnitFilter | None = None, **asked: Any) -> Page:  # noqa: A002
    own = {name: as_unit(each) for name, each in _own(info).items()}
    found = [unit for unit in {**units(), **own}.values() if filter is None or filter.lets_through(unit)]
    return page_of_list(found, lambda unit: unit.identifier, **asked)


_MEANT = [argument("id", strawberry.ID, "The identifier, address, symbol or label of the unit.")]
_ASKED = [*part_arguments(), argument("filter", optional(UnitFilter), "Which units to list; all conditions must hold.")]

add_field(UnitType, om_unit_identifier, description=terms.PROPERTIES["omUnitIdentifier"].gloss)
add_field(UnitType, revision_id)
add_field(
    ROOTS["Query"], asked_field("unit", optional(UnitType), _find, "A unit that quantities may be given in.", _MEANT)
)
add_field(
    ROOTS["Query"],
    asked_field(
        "units", connection_type(UnitType), _list, "All units, by identifier: the standard's and this house's.", _ASKED
    ),
)
