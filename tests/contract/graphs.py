"""Documents as graphs to compare: the same statements, however they were written.

The graph is made by the JSON-LD processor alone, so that a fault of our own reader cannot hide on both sides. Then both
are normalised: the `http` namespace is `https` (D1), a property and its inverse are one, units, moments and numbers
have one spelling (D3, D5, D6), a measure is one value, and words that stand on the wrong class are the right ones.
Taken away are statements that follow from events, those of classes that are not built, and those of our own namespace.
No blank node is left then, so equal sets of statements are isomorphic graphs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any, NamedTuple

from pyld import jsonld

VF = "https://w3id.org/valueflows/ont/vf#"
OM2 = "http://www.ontology-of-units-of-measure.org/resource/om-2/"
OURS = "https://w3id.org/oce/ns#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

INVERSES = {
    "hasInput": "inputOf",
    "hasOutput": "outputOf",
    "stipulates": "clauseOf",
    "stipulatesReciprocal": "reciprocalClauseOf",
    "planIncludes": "plannedWithin",
    "hasIndependentDemand": "independentDemandOf",
}
DERIVED = {
    "primaryAccountable",
    "accountingQuantity",
    "onhandQuantity",
    "currentLocation",
    "stage",
    "state",
    "containedIn",
}
QUANTITIES = {"resourceQuantity", "effortQuantity", "availableQuantity", "minimumQuantity"}
MOMENTS = {"hasBeginning", "hasEnd", "hasPointInTime", "created", "due"}
UNITS = {"defaultUnitOfResource", "defaultUnitOfEffort"}
# Properties of relationships between agents, which left the vocabulary in 0.16 and are ours now.
REMOVED_LINKS = ("subject", "object", "relationship")
READ_AS = {
    ("EconomicResource", "resourceConformsTo"): "conformsTo",
    ("ResourceSpecification", "classifiedAs"): "resourceClassifiedAs",
}
# Not read (D19, D21), not in the vocabulary; and when we wrote a thing down.
LEFT_OUT = {
    ("EconomicEvent", "stage"),
    ("EconomicEvent", "trackingIdentifier"),
    ("EconomicEvent", "created"),
    ("Agreement", "created"),
    ("Commitment", "created"),
    ("Claim", "created"),
    ("EconomicResource", "locatedAt"),
    ("EconomicResource", "uri"),
    ("ResourceSpecification", "uri"),
}
BUILT = set(
    """Agent Person Organization EcologicalAgent SpatialThing AgentRelationship AgentRelationshipRole Agreement Plan
    Process ResourceSpecification ProcessSpecification BatchLotRecord EconomicResource EconomicEvent
    Intent Commitment Claim""".split()
)


class Statement(NamedTuple):
    """Subject, property and value; vocabulary names without their namespace."""

    subject: str
    name: str
    value: str


def statements(document: bytes) -> set[Statement]:
    """Return the normalised statements of a document."""
    found = _raw(document)
    parts: dict[str, dict[str, str]] = {}
    for each in found:
        if each.subject.startswith("_:"):
            parts.setdefault(each.subject, {})[each.name] = each.value
    found = {_folded(each, parts) for each in found if not each.subject.startswith("_:")}
    classes = {each.subject: each.value for each in found if each.name == TYPE}
    read = {_read(each, classes) for each in found if classes.get(each.subject) in BUILT}
    return {each for each in read if _counts(each, classes)}


def _raw(document: bytes) -> set[Statement]:
    standard = json.loads(files("oce.vf").joinpath("data/context.jsonld").read_text("utf-8"))
    standard["@context"] |= {name: {"@id": VF + name, "@type": "@id"} for name in REMOVED_LINKS}
    tree = json.loads(document, parse_float=str, parse_int=str, object_hook=_with_version)
    options = {"expandContext": standard, "base": "", "produceGeneralizedRdf": False}
    graph = jsonld.to_rdf(tree, options)["@default"]
    raw = (Statement(*(each[key]["value"] for key in ("subject", "predicate", "object"))) for each in graph)
    return {_turned(Statement(each.subject, _name(each.name), _name(each.value))) for each in raw}


def _with_version(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "@version": 1.1} if "@version" in given else given


def _name(iri: str) -> str:
    # Ours once were the standard's, and documents still write them so.
    for prefix in (VF, VF.replace("https", "http"), OURS, OM2, "om2:"):
        iri = iri.removeprefix(prefix)
    return iri.removeprefix("http://www.w3.org/2004/02/skos/core#") if iri.endswith("#note") else iri


def _turned(each: Statement) -> Statement:
    own = INVERSES.get(each.name)
    return Statement(each.value, own, each.subject) if own else each


def _folded(each: Statement, parts: dict[str, dict[str, str]]) -> Statement:
    if each.name not in QUANTITIES:
        return each
    measure = parts[each.value]
    return each._replace(value=f"{Decimal(measure['hasNumericalValue']).normalize():f} {measure['hasUnit']}")


def _read(each: Statement, classes: dict[str, str]) -> Statement:
    name = READ_AS.get((classes[each.subject], each.name), each.name)
    value = each.value
    if name in MOMENTS:
        value = _moment(value)
    if name in UNITS:
        value = value.removeprefix("http://example.org/base/")
    return Statement(each.subject, name, value)


def _counts(each: Statement, classes: dict[str, str]) -> bool:
    of = classes[each.subject]
    is_derived = of == "EconomicResource" and each.name in DERIVED
    is_ours = each.name in {"kindOfRole", "previousEvent", "toPreviousEvent", "opening"}
    return not (is_derived or is_ours or (of, each.name) in LEFT_OUT)


def _moment(text: str) -> str:
    padded = re.sub(r"T(\d):", r"T0\1:", re.sub(r"([+-])(\d):", r"\g<1>0\2:", text))
    return datetime.fromisoformat(padded).astimezone(UTC).isoformat()


def difference(one: Iterable[Statement], other: Iterable[Statement]) -> dict[str, list[Statement]]:
    """Return what each of two graphs says and the other does not."""
    return {"missing": sorted(set(one) - set(other)), "added": sorted(set(other) - set(one))}
