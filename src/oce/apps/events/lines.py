"""One event as the ledger's table holds it: resolved, complete, in the order of the columns."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from oce.vf.actions import Action
from oce.vf.states import Happening, ResourceState


class Line(NamedTuple):
    """A row of the ledger; references are private keys. The names are the columns, so a line can be written as it is."""

    id: int
    uid: UUID
    iri: str | None
    is_described: bool
    revision: int
    visibility: str
    action: str
    resource_inventoried_as_id: int | None
    to_resource_inventoried_as_id: int | None
    resource_conforms_to_id: int | None
    resource_classified_as: list[str]
    resource_quantity_value: Decimal | None
    resource_quantity_unit: str
    effort_quantity_value: Decimal | None
    effort_quantity_unit: str
    provider_id: int | None
    receiver_id: int | None
    input_of_id: int | None
    output_of_id: int | None
    corrects_id: int | None
    realization_of_id: int | None
    reciprocal_realization_of_id: int | None
    has_beginning: datetime | None
    has_end: datetime | None
    has_point_in_time: datetime | None
    created: datetime
    to_location_id: int | None
    state: str
    image: str
    note: str
    previous_event_id: int | None
    to_previous_event_id: int | None
    effect: int
    occurred_at: datetime


COLUMNS = Line._fields


def moment_of(point: datetime | None, end: datetime | None, beginning: datetime | None) -> datetime | None:
    """Return the one moment an event counts for: its point, else its end, else its beginning, else none."""
    return point or end or beginning


def creates_here(
    row: Action, state: ResourceState | None, to_state: ResourceState | None, *, agents_differ: bool
) -> bool:
    """Return whether an event brings a resource into being: one that it may create, and that is nobody's and nothing yet.

    A resource may be described before its first event (a document, a list of things); the event that first brings it in is
    the one that creates it.

    Args:
        state, to_state: of the resource and the to resource before the event; None where the event names none.
    """
    is_handed_on = agents_differ and row.implied_transfer is not None
    if row.create_resource == "optional":
        if is_handed_on and to_state is not None:
            return is_untouched(to_state)
        return state is not None and is_untouched(state)
    if row.create_resource == "optionalTo" and (row.implied_transfer is None or agents_differ):
        return to_state is not None and is_untouched(to_state)
    return False


def is_untouched(state: ResourceState) -> bool:
    """Return whether nobody has a resource and there is nothing of it: nothing happened yet, or all of it was undone."""
    return state.accountable is None and not state.accounting and not state.onhand


def happening_of(line: Line, *, stage: int | None, creates: bool, lone_is_receivers: bool | None) -> Happening:
    """Return what of a line concerns resources."""
    return Happening(
        id=line.id,
        action=line.action,
        quantity=line.resource_quantity_value,
        unit=line.resource_quantity_unit,
        provider=line.provider_id,
        receiver=line.receiver_id,
        resource=line.resource_inventoried_as_id,
        to_resource=line.to_resource_inventoried_as_id,
        to_location=line.to_location_id,
        state=line.state or None,
        stage=stage,
        moment=moment_of(line.has_point_in_time, line.has_end, line.has_beginning),
        corrects=line.corrects_id,
        creates=creates,
        input_of=line.input_of_id,
        output_of=line.output_of_id,
        effort=line.effort_quantity_value,
        lone_is_receivers=lone_is_receivers,
    )
