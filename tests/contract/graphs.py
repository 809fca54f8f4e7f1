"""Documents as graphs to compare: the same statements, however they were written.

Before two graphs are compared, both are normalised: the `http` namespace is `https` (D1), units and moments and numbers
have one spelling (D3, D5, D6), words that were read as others are those others, and statements that follow from events
are taken away, because the examples state them before and after the events while an export states them once.
"""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from typing import Any

from pyld import jsonld

from oce.kit.jsonld.classes import document_classes
from oce.kit.jsonld.context import OURS, property_iri
from oce.kit.jsonld.descriptions import Description, Parts, Ref
from oce.kit.jsonld.reading import Told, read
from oce.kit.properties import Kind, property_of
from oce.vf.decimals import plain
from oce.vf.measures import Measure

XSD_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


def canonical(found: list[Description], *, skip_unknown: bool) -> str:
    """Return the statements of a document that were somebody's to make, in the canonical order of URDNA2015."""
    reading = read(found, zone=UTC, skip_unknown=skip_unknown)
    nodes = [_node(told) for told in reading.told.values()]
    canonical: str = jsonld.normalize(nodes, {"algorithm": "URDNA2015", "format": "application/n-quads"})
    return canonical


def _node(told: Told) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": told.id, "@type": document_classes()[told.of.name].iri}
    for name, value in told.values.items():
        each = property_of(told.model, name)
        assert each is not None
        # What only this house says, such as what a role means to it, was not in the document it came from.
        if property_iri(each).startswith(OURS) and each.kind is Kind.CHOICE:
            continue
        values = value if isinstance(value, (list, frozenset)) else [value]
        node[property_iri(each)] = [_value(one) for one in values]
    return node


def _value(value: Any) -> Any:
    if isinstance(value, Ref):
        return {"@id": value.id}
    if isinstance(value, Measure):
        return {
            "urn:number": {"@value": plain(value.value), "@type": XSD_DECIMAL},
            "urn:unit": value.unit,
        }
    assert not isinstance(value, Parts)
    if isinstance(value, Decimal):
        return plain(value)
    return value if isinstance(value, (str, bool, int)) else value.astimezone(UTC).isoformat()
