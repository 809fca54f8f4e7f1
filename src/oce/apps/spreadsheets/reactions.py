"""What this app does when it is its turn: the worker of imports is known as soon as the house stands."""

from __future__ import annotations

from oce.apps.spreadsheets.imports import take_in_later

__all__ = ["take_in_later"]
