"""A yard for the tests of things: a jam kitchen, its fruit and jars, two places, and somebody who cooked."""

from __future__ import annotations

from typing import Any

from oce.apps.events.commands import record_event, record_events
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import SYSTEM
from oce.kit.testing.factories import kind, organization, person, place, process, stage
from oce.kit.testing.notation import quantity


class Yard:
    """A kitchen that cooked 40 jars of jam of one lot from 20 kg of plums, with three hours of Ana's work."""

    def __init__(self) -> None:
        self.kitchen = organization("Plum Kitchen")
        self.shop = organization("Corner Shop")
        self.ana = person("Ana")
        self.plums_kind, self.jam_kind = kind("Plums"), kind("Jam", unit="one")
        self.cooking_work = kind("Cooking work", unit="hour")
        self.cellar, self.shelf = place("Cellar"), place("Shelf")
        self.cooking = process("Cook jam", based_on=stage("Cooking"))
        self.plums = self.stocked("Plums", self.plums_kind, "20 kg")
        events = record_events(
            SYSTEM,
            [
                self.draft("consume", "20 kg", resource_inventoried_as=self.plums, input_of=self.cooking),
                EventDraft(
                    action="work",
                    provider=self.ana,
                    receiver=self.kitchen,
                    resource_conforms_to=self.cooking_work,
                    effort_quantity=quantity("3 h"),
                    input_of=self.cooking,
                ),
                self.draft(
                    "produce",
                    "40 one",
                    resource_conforms_to=self.jam_kind,
                    output_of=self.cooking,
                    to_location=self.cellar,
                    new_resource=ResourceDraft({"name": "Plum jam"}, lot_code="J-7"),
                ),
            ],
        )
        self.jam: EconomicResource = events[-1].resource_inventoried_as

    def draft(self, action: str, amount: str, **told: Any) -> EventDraft:
        """Return what the kitchen did."""
        return EventDraft(
            action=action, provider=self.kitchen, receiver=self.kitchen, resource_quantity=quantity(amount), **told
        )

    def stocked(self, name: str, kind_of: Any, amount: str, **values: Any) -> EconomicResource:
        """Return a new thing of the kitchen."""
        new = ResourceDraft({"name": name, **values})
        event = record_event(SYSTEM, self.draft("raise", amount, resource_conforms_to=kind_of, new_resource=new))
        thing: EconomicResource = event.resource_inventoried_as
        return thing


def fresh(thing: EconomicResource) -> EconomicResource:
    """Return a thing as it is stored now."""
    return EconomicResource.objects.get(pk=thing.pk)
