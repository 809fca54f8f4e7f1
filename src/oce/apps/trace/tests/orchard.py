"""A small world for traces: an orchard whose plums become jam in a kitchen, is sold by a shop, and whose jars come back."""

from __future__ import annotations

from typing import Any

from oce.apps.agents.models import Agent
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import SYSTEM
from oce.kit.testing import factories
from oce.vf.measures import measure


class Orchard:
    """Who takes part, and what became of their plums."""

    def __init__(self) -> None:
        """Pick 20 kg of plums, take 1.2 kg of sugar, and cook 40 jars of jam in one process."""
        self.farm, self.kitchen = factories.organization("Farm"), factories.organization("Kitchen")
        self.shop, self.ana = factories.organization("Shop"), factories.person("Ana")
        self.plum, self.jar = factories.kind("plum"), factories.kind("jar of jam", unit="one")
        self.plums = self.born("produce", "Plums", "20 kilogram", self.farm, self.plum, lot="P-1")
        self.sugar = self.born("raise", "Sugar", "5 kilogram", self.kitchen, factories.kind("sugar"))
        bought = self.happened(
            "transfer", "20 kilogram", self.farm, self.kitchen, self.plums, new="Plums in the kitchen"
        )
        self.delivered = bought.to_resource_inventoried_as
        self.cooking = factories.process("Cook jam", based_on=factories.stage("cooking"))
        self.happened("consume", "20 kilogram", self.kitchen, self.kitchen, self.delivered, input_of=self.cooking)
        self.happened("consume", "1.2 kilogram", self.kitchen, self.kitchen, self.sugar, input_of=self.cooking)
        self.worked = self.happened(
            "work", None, self.ana, self.kitchen, None, input_of=self.cooking,
            effort_quantity=measure("3 hour"), resource_conforms_to=factories.kind("cooking", unit="hour"),
        )  # fmt: skip
        self.jam = self.born("produce", "Plum jam", "40 one", self.kitchen, self.jar, lot="J-7", output_of=self.cooking)

    def sold(self) -> EconomicResource:
        """Hand 24 jars to the shop, which sells two of them to Ana, who keeps no records; return those of the shop."""
        event = self.happened("transfer", "24 one", self.kitchen, self.shop, self.jam, new="Jam in the shop")
        in_shop = event.to_resource_inventoried_as
        assert in_shop is not None
        self.happened("transfer", "2 one", self.shop, self.ana, in_shop)
        return in_shop

    def born(self, action: str, name: str, amount: str, whose: Agent, kind: Any, **told: Any) -> EconomicResource:
        """Return a new resource of somebody's."""
        draft = ResourceDraft({"name": name}, lot_code=told.pop("lot", None))
        event = self.happened(action, amount, whose, whose, None, resource_conforms_to=kind, new_resource=draft, **told)
        assert event.resource_inventoried_as is not None
        return event.resource_inventoried_as

    @staticmethod
    def happened(
        action: str, amount: str | None, giver: Agent, taker: Agent, of: EconomicResource | None, **told: Any
    ) -> EconomicEvent:
        """Record an event; `new` is the name of what the receiver gets by it."""
        new = told.pop("new", None)
        if new is not None:
            told["new_resource"] = ResourceDraft({"name": new})
        quantity = measure(amount) if amount else None
        return record_event(SYSTEM, EventDraft(action, giver, taker, of, resource_quantity=quantity, **told))

    def step(self, name: str) -> Process:
        """Return a new process."""
        process: Process = factories.process(name)
        return process
