"""What the app of people and groups adds to the pages: the groups one can look at alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.agents.groups import groups

if TYPE_CHECKING:
    from django.urls import URLPattern

urls: list[URLPattern] = []

__all__ = ["groups", "urls"]
