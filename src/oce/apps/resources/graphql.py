"""The inventory in GraphQL: resources are born from events, and only described here."""

from __future__ import annotations

from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.kit.graphql.exposed import Exposed

records = (
    Exposed(
        EconomicResource,
        argument="resource",
        answer="economicResource",
        inverses={"resources_here": "economicResources"},
    ),
    BatchLotRecord,
)
