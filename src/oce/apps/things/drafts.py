"""What is told to the ledger about one thing: that it is elsewhere now, and by how much the books were wrong."""

from __future__ import annotations

from oce.apps.events.drafts import EventDraft, Reference
from oce.apps.resources.models import EconomicResource
from oce.apps.things.queries import holder_of
from oce.vf.measures import Measure


def move_draft(
    resource: EconomicResource,
    place: Reference,
    *,
    note: str = "",
    holder: Reference | None = None,
    quantity: Measure | None = None,
) -> EventDraft:
    """Return what moves a thing whole to a place: it stays the same thing, and whose it is."""
    holder = holder or holder_of(resource)
    quantity = quantity or resource.onhand_quantity or resource.accounting_quantity
    return EventDraft(
        action="move",
        provider=holder,
        receiver=holder,
        resource_inventoried_as=resource,
        resource_quantity=quantity,
        to_location=place,
        note=note,
    )


def difference_draft(resource: EconomicResource, difference: Measure, note: str) -> EventDraft:
    """Return what sets the books of a thing right by a difference: more is raised, less is lowered."""
    holder = holder_of(resource)
    return EventDraft(
        action="raise" if difference.value > 0 else "lower",
        provider=holder,
        receiver=holder,
        resource_inventoried_as=resource,
        resource_quantity=abs(difference),
        note=note,
    )
