"""The console in GraphQL: how the house is, its journal, backups, words that look alike, and all that can be wished there."""

from __future__ import annotations

from oce.apps.node.graphql import asking, shapes, wishing

__all__ = ["asking", "shapes", "wishing"]
