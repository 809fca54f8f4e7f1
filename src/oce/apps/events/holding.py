"""Locks taken before anything happens, in one order for all wishes: events that are corrected, then resources by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.events.births import SIDES
from oce.apps.events.lookups import text_of
from oce.apps.events.models import EconomicEvent
from oce.apps.resources import stock
from oce.kit.records import found_by_reference, read_uid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oce.apps.events.drafts import EventDraft


def hold_all(drafts: Iterable[EventDraft]) -> None:
    """Lock what a wish touches that is recorded in several portions, so that it never waits for another in a circle."""
    references: set[str] = set()
    corrected: set[str] = set()
    for draft in drafts:
        references.update(text_of(named) for side in SIDES.values() if (named := getattr(draft, side)) is not None)
        if draft.corrects is not None:
            corrected.add(text_of(draft.corrects))
    events = found_by_reference(EconomicEvent, corrected).values()
    keys = {event.pk for event in events}
    list(EconomicEvent.objects.select_for_update().filter(pk__in=keys).order_by("id").values_list("pk"))
    touched = {event.resource_inventoried_as_id for event in events} | {
        event.to_resource_inventoried_as_id for event in events
    }
    uids = {reference: read_uid(reference) for reference in references}
    stock.held(
        (key for key in touched if key is not None),
        uids=(uid for uid in uids.values() if uid is not None),
        iris=(reference for reference, uid in uids.items() if uid is None),
    )
