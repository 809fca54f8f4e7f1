"""What the app of people and groups adds to the pages: the groups one can look at alone."""

from __future__ import annotations

from oce.apps.agents.groups import groups

urls = []

__all__ = ["groups", "urls"]
