"""A resource for the battery, which no command of this app makes: it is born by an event, of an app above."""

from __future__ import annotations

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.knowledge.models import ProcessSpecification, ResourceSpecification
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.kit.testing.notation import quantity
from oce.kit.testing.samples import sample


def flour() -> EconomicResource:
    """Return a resource as events might have left it, in a container."""
    kind = sample(ResourceSpecification)
    resource = EconomicResource.objects.create(
        name="Flour",
        note="From the old mill.",
        image="https://example.org/flour.jpg",
        tracking_identifier="F-7",
        classified_as=["https://example.org/food"],
        conforms_to=kind,
        of_batch_lot=sample(BatchLotRecord),
        primary_accountable=sample(Agent),
        current_location=sample(SpatialThing),
        stage=sample(ProcessSpecification),
        state="pass",
        unit_of_effort="hour",
        accounting_quantity=quantity("12.5 kg"),
        onhand_quantity=quantity("10 kg"),
    )
    resource.contained_in.add(EconomicResource.objects.create(name="Sack", conforms_to=kind))
    return resource


SAMPLES = {EconomicResource: flour}
