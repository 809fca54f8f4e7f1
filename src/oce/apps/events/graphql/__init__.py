"""The ledger in GraphQL."""

from __future__ import annotations

from oce.apps.events.graphql import lists, past, wishes
from oce.apps.events.graphql.lists import records

__all__ = ["lists", "past", "records", "wishes"]
