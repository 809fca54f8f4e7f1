"""Small pictures of people and groups beside their names, from whichever app keeps photos.

An app's `pages` may define `portraits(records)`, which returns the address of a small picture by the identifier of those
records that have one, with one question to the database; the first app that does is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.kit.app import plugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from oce.kit.records import Record


def portraits_of(records: Iterable[Record]) -> Mapping[UUID, str]:
    """Return the addresses of small pictures of records that the one who asks sees, by identifier."""
    found = list(records)
    for _app, pages in plugs("pages"):
        asked = getattr(pages, "portraits", None)
        if asked is not None:
            return dict(asked(found)) if found else {}
    return {}
