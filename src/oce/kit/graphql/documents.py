"""Documents that were found valid, kept so that a query which is sent again is neither parsed nor validated again.

A parsed document takes some hundred times the memory of its text, so what is kept is bounded by its length, and a long
document, which nobody sends again, is not kept at all.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphql import DocumentNode

# In characters: one document, and all together.
LENGTH_MAX = 20_000
TOTAL_MAX = 200_000


class Documents:
    """Valid documents by their text; those used longest ago go first."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[str, DocumentNode] = OrderedDict()
        self._lock = Lock()
        self.length = 0

    def get(self, query: str) -> DocumentNode | None:
        """Return the document of this text, if it is kept."""
        with self._lock:
            found = self._kept.get(query)
            if found is not None:
                self._kept.move_to_end(query)
            return found

    def keep(self, query: str, document: DocumentNode) -> None:
        """Keep a valid document, unless it is long."""
        if len(query) > LENGTH_MAX:
            return
        with self._lock:
            if query not in self._kept:
                self.length += len(query)
            self._kept[query] = document
            while self.length > TOTAL_MAX:
                gone, _ = self._kept.popitem(last=False)
                self.length -= len(gone)
