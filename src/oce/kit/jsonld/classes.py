"""Which class of a document is kept by which record class.

Where one table keeps several classes, the app says so in its `jsonld.py`: `documents = (DocumentClass(...), ...)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from oce.kit.app import plugs
from oce.kit.jsonld.context import class_iri
from oce.kit.records import Record, record_models


def nothing_follows(_values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return that nothing else is known of a record than what its document says."""
    return {}


@dataclass(frozen=True, slots=True)
class DocumentClass:
    """A class as documents name it: the record class that keeps it, and the values that the name alone says.

    `complete` returns values of ours that follow from what a document says, where the vocabulary lacks the property.
    """

    name: str
    model: type[Record]
    implied: Mapping[str, Any] = field(default_factory=dict)
    complete: Callable[[Mapping[str, Any]], Mapping[str, Any]] = nothing_follows

    @property
    def iri(self) -> str:
        """The full address of the class."""
        return class_iri(self.name)


@cache
def document_classes() -> dict[str, DocumentClass]:
    """Return every class that this house keeps, by its bare name."""
    classes = {model.vf_class: DocumentClass(model.vf_class, model) for model in record_models()}
    for _, plug in plugs("jsonld"):
        classes |= {each.name: each for each in plug.documents}
    return classes


@cache
def implied_names(model: type[Record]) -> frozenset[str]:
    """Return the properties of a record that its class in a document says already."""
    return frozenset(name for each in document_classes().values() if each.model is model for name in each.implied)
