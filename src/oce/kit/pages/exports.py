"""The forms in which a list can be taken along: linked data always, others as apps plug them in.

An app's `pages.exports` names them: `{"csv": Export(words, answer)}`; the list then offers `?format=csv`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oce.kit.app import plugs

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase
    from django.utils.functional import Promise

    from oce.kit.pages.requests import Asked
    from oce.kit.records import Record


@dataclass(frozen=True, slots=True)
class Export:
    """A form of a list: what its link says, and what answers it with the records that match."""

    words: str | Promise
    answer: Callable[[Asked, type[Record], QuerySet[Record]], HttpResponseBase]


def exports() -> dict[str, Export]:
    """Return the forms that the running apps offer, by the word in the address."""
    return {name: export for _app, pages in plugs("pages") for name, export in getattr(pages, "exports", {}).items()}
