"""Own units as the rest of the house sees them: looked up by identifier, label or symbol, and remembered."""

from __future__ import annotations


def own_unit(text: str) -> None:
    return None
