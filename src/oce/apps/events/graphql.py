"""The ledger in GraphQL."""

from __future__ import annotations

from oce.apps.events.models import EconomicEvent
from oce.kit.graphql.exposed import Exposed

records = (Exposed(EconomicEvent, argument="event"),)
