"""Trace in GraphQL: single steps and whole walks, what the explorer says, recall lists, and links for others."""

from __future__ import annotations

from oce.apps.trace.graphql import explorer, links, recalls, walks

__all__ = ["explorer", "links", "recalls", "walks"]
