"""A village for the tests of the ledger: a mill and a bakery, what they have, and short ways to tell what happened."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.agreements.models import Agreement
from oce.apps.events.commands import record_event, undo_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.replaying import differences
from oce.apps.knowledge.models import ProcessSpecification, ResourceSpecification
from oce.apps.processes.models import Process
from oce.apps.resources.models import BatchLotRecord, EconomicResource, StockPolicy
from oce.kit.actor import SYSTEM
from oce.kit.journal import Answer, JournalLine
from oce.vf.measures import Measure


def kg(number: Decimal | int | str) -> Measure:
    """Return so many kilograms."""
    return Measure(Decimal(number), "kilogram")


def hours(number: Decimal | int | str) -> Measure:
    """Return so many hours."""
    return Measure(Decimal(number), "hour")


class Village:
    """Two groups that trade, their kinds of things, two places, one process and one agreement."""

    def __init__(self) -> None:
        self.mill = Agent.objects.create(agent_class="Organization", name="Mill")
        self.bakery = Agent.objects.create(agent_class="Organization", name="Bakery")
        self.flour = ResourceSpecification.objects.create(name="Flour")
        self.bread = ResourceSpecification.objects.create(name="Bread")
        self.barn = SpatialThing.objects.create(name="Barn")
        self.shop = SpatialThing.objects.create(name="Shop")
        self.baking = ProcessSpecification.objects.create(name="Baking")
        self.bake = Process.objects.create(name="Bake on Saturday", based_on=self.baking)
        self.deal = Agreement.objects.create(name="Flour for bread")

    @staticmethod
    def agents() -> tuple[Agent, Agent]:
        """Return the mill and the bakery of a village that was founded before."""
        return Agent.objects.get(name="Mill"), Agent.objects.get(name="Bakery")

    @staticmethod
    def kinds() -> tuple[ResourceSpecification, ResourceSpecification]:
        """Return the kinds of such a village."""
        return ResourceSpecification.objects.get(name="Flour"), ResourceSpecification.objects.get(name="Bread")

    def process(self, name: str = "Another process", **values: Any) -> Process:
        """Return a new process."""
        return Process.objects.create(name=name, **values)

    def refuses_shortages(self, agent: Agent) -> None:
        """Let a group refuse whatever would bring its stock below zero."""
        StockPolicy.objects.update_or_create(agent=agent, defaults={"shortage": "refuse"})

    def draft(self, action: str, quantity: Measure | int | None = None, **told: Any) -> EventDraft:
        """Return a draft of the mill's own doing, unless it is told otherwise; a bare number is kilograms."""
        quantity = kg(quantity) if isinstance(quantity, int) else quantity
        agents = {"provider": self.mill, "receiver": self.mill}
        return EventDraft(action, **{**agents, "resource_quantity": quantity, **told})

    def record(self, action: str, quantity: Measure | int | None = None, **told: Any) -> EconomicEvent:
        """Record what `draft` tells."""
        return record_event(SYSTEM, self.draft(action, quantity, **told))

    def stocked(
        self, quantity: Measure | int = 10, *, agent: Agent | None = None, at: SpatialThing | None = None, **told: Any
    ) -> EconomicResource:
        """Return flour of which there is so much, of the mill or of another agent, put at a place if one is given."""
        both = {"provider": agent or self.mill, "receiver": agent or self.mill}
        told = {"resource_conforms_to": self.flour, "new_resource": ResourceDraft({"name": "Flour"}), **told}
        resource = self.record("raise", quantity, **both, **told).resource_inventoried_as
        assert resource is not None
        if at is not None:
            self.record("move", quantity, resource_inventoried_as=resource, to_location=at, **both)
        return fresh(resource)

    def undo(self, event: EconomicEvent) -> EconomicEvent:
        """Undo an event."""
        return undo_event(SYSTEM, event)


def fresh(resource: EconomicResource) -> EconomicResource:
    """Return the resource as it is stored now."""
    return EconomicResource.objects.get(pk=resource.pk)


def balances(resource: EconomicResource) -> tuple[str, str]:
    """Return what is owned of a resource and what is there, as texts without needless zeros."""
    now = fresh(resource)
    return tuple(
        "-" if each is None else f"{each.normalize():f}"
        for each in (  # type: ignore[return-value]
            now.accounting_quantity_value,
            now.onhand_quantity_value,
        )
    )


def inside(resource: EconomicResource) -> list[EconomicResource]:
    """Return what a resource lies in."""
    return list(fresh(resource).contained_in.order_by("id"))


def written() -> dict[str, int]:
    """Return how many rows of each kind a wish may leave behind there are."""
    kept = (EconomicEvent, EconomicResource, BatchLotRecord, JournalLine, Answer)
    return {model.__name__: model.objects.count() for model in kept}


def states() -> list[tuple[Any, ...]]:
    """Return all that is stored of all resources, to see that nothing changed."""
    columns = [field.attname for field in EconomicResource._meta.concrete_fields]
    rows = EconomicResource.objects.order_by("id").values_list(*columns)
    return [*rows, *EconomicResource.contained_in.through.objects.order_by("id").values_list()]


def assert_replays() -> None:
    """Assert that the events alone give what is stored of every resource."""
    assert [str(each) for each in differences()] == []
