"""An event for the battery, made as all events are."""

from __future__ import annotations

from oce.apps.agents.models import Agent
from oce.apps.agreements.models import Agreement
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.processes.models import Process
from oce.kit.actor import operator
from oce.kit.testing.notation import moment, quantity
from oce.kit.testing.samples import sample


def baking() -> EconomicEvent:
    """Return an event that tells as much as an event can."""
    baker = sample(Agent)
    return record_event(
        operator("tests"),
        EventDraft(
            action="produce",
            provider=baker,
            receiver=baker,
            resource_conforms_to=sample(ResourceSpecification),
            resource_classified_as=("https://example.org/food",),
            resource_quantity=quantity("10 kg"),
            output_of=sample(Process),
            realization_of=sample(Agreement),
            has_point_in_time=moment("2026-11-23 08:00"),
            image="https://example.org/bread.jpg",
            note="Still warm.",
            new_resource=ResourceDraft({"name": "Bread"}),
        ),
    )


SAMPLES = {EconomicEvent: baking}
