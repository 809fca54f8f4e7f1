"""The page of one event: what happened as a sentence, what it did to things, and what was corrected of it since."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oce.apps.events import queries, recent
from oce.apps.events.legs import LEGS
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.verbs import icon_of
from oce.kit.measures import in_words
from oce.kit.pages.records import shown_of
from oce.kit.pages.requests import Asked
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from django.http import HttpResponse

    from oce.apps.resources.models import EconomicResource
    from oce.kit.records import Record


class Effect(NamedTuple):
    """What an event did to one thing: in words how much more or less is owned and there, and whether it begins with it."""

    resource: EconomicResource
    owned: str
    there: str
    begins: bool


@require_safe
def event(request: Asked, record: Record) -> HttpResponse:
    """Show an event as people tell it, before all that is known of it."""
    assert isinstance(record, EconomicEvent)  # noqa: S101 (this page is plugged to events alone)
    corrections = queries.corrections_of(request.actor, record)
    left = recent.left_of([record])[record.pk] if corrections else None
    shown = {
        **shown_of(request, record),
        "icon_name": icon_of(record.action),
        "effects": effects_of(record),
        "process": record.input_of or record.output_of,
        "corrections": corrections,
        "is_undone": left is not None and left.is_nothing,
        "left": [in_words(each) for each in left if each is not None] if left else [],
    }
    return render(request, "events/event.html", shown)


def effects_of(event: EconomicEvent) -> list[Effect]:
    """Return what an event did to the things it names; a thing that was only used is as it was."""
    legs, quantity = LEGS[event.effect], event.resource_quantity
    sides = (
        (event.resource_inventoried_as, legs.from_accounting, legs.from_onhand),
        (event.to_resource_inventoried_as, legs.to_accounting, legs.to_onhand),
    )
    named = [(resource, owned, there) for resource, owned, there in sides if resource is not None]
    last = named[-1][0] if named else None
    return [
        Effect(resource, _signed(quantity, owned), _signed(quantity, there), legs.creates and resource is last)
        for resource, owned, there in named
    ]


def _signed(quantity: Measure | None, sign: int) -> str:
    """Return how much more or less there is, with its sign; nothing where it stays."""
    if quantity is None or not sign or not quantity.value:
        return ""
    change = Measure(EXACT.multiply(quantity.value, sign), quantity.unit)
    return _("+{amount}").format(amount=in_words(change)) if change.value > 0 else in_words(change)
