"""What is said of records that are known here already: a document may repeat it, but not contradict it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oce.kit.jsonld.comparison import differing
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oce.kit.records import Record

DIFFERS = gettext_noop(
    "{id} is already known here, and the document says something else of it: {terms}. "
    "Change the record itself, or give what is described an identifier of its own."
)


def refuse_difference(record: Record, values: Mapping[str, Any], identity: str) -> list[Refusal]:
    """A record is described in one way; what a document leaves out is no difference."""
    terms = [each.term for each in differing(record, values)]
    if not terms:
        return []
    return [Refusal("documents.differs", DIFFERS, "@id", id=identity[:200], terms=", ".join(terms))]
