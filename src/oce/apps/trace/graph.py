"""The graph of the ledger, read when somebody asks for it: its libraries are heavy, and most processes never need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oce.apps.trace.rules.adjacency import Adjacency


def adjacency() -> Adjacency:
    """Return the graph of the whole ledger as it is now."""
    from oce.apps.trace import ledger

    return ledger.adjacency()
