"""What a document says, node by node in its own order: identifiers, classes and values, nested nodes laid side by side.

Only the form is read here; what the words mean is for the reader of descriptions. A node that hangs under another,
and a property written in the other direction, become a description of its own and a plain reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from oce.kit.jsonld.context import HYDRA, OURS
from oce.kit.jsonld.expansion import BASE
from oce.vf import terms
from oce.vf.namespaces import OM2, VF, canonical_iri

SKOS_NOTE = "http://www.w3.org/2004/02/skos/core#note"

# Releases before 0.12 borrowed these from other vocabularies.
RENAMED = {
    OM2 + "hasUnit": VF + "hasUnit",
    OM2 + "hasNumericalValue": VF + "hasNumericalValue",
    SKOS_NOTE: VF + "note",
    "http://purl.org/dc/terms/created": VF + "created",
    "http://www.w3.org/2006/time#hasBeginning": VF + "hasBeginning",
    "http://www.w3.org/2006/time#hasEnd": VF + "hasEnd",
    **{f"http://www.w3.org/2003/01/geo/wgs84_pos#{name}": VF + name for name in ("lat", "long", "alt")},
}
# What a resource was before the first event that this house knows of; written by our own exports.
OPENING = OURS + "opening"

_WITHOUT_IDENTITY = {OPENING, *(f"{VF}{name}Quantity" for name in ("resource", "effort", "accounting", "onhand"))}
_VALUE_CLASSES = {VF + "Measure", OM2 + "Measure"}
_KEYWORDS = {"@id", "@type", "@index", "@graph", "@included", "@reverse"}
_NUMBER, _UNIT = VF + "hasNumericalValue", VF + "hasUnit"


@dataclass(frozen=True, slots=True)
class Ref:
    """A node that is only named."""

    id: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A node without identity of its own, such as a measure: its values by full address of the property."""

    values: tuple[tuple[str, tuple[Any, ...]], ...]

    def first(self, iri: str) -> Any:
        """Return the first value of a property, or None."""
        return next((values[0] for name, values in self.values if name == iri and values), None)


@dataclass(slots=True)
class Description:
    """One node as the document describes it at one place; `values` by full address of the property, in document order.

    `turned` are values that another node gave, by a property written in the other direction; `under` is the property
    beneath which the node hangs.
    """

    id: str
    classes: tuple[str, ...]
    place: int
    under: str | None = None
    values: dict[str, list[Any]] = field(default_factory=dict)
    turned: dict[str, list[Any]] = field(default_factory=dict)


def descriptions(nodes: Iterable[dict[str, Any]]) -> list[Description]:
    """Return the descriptions in expanded `nodes`: parents before what hangs under them, else in document order."""
    walk = _Walk()
    for node in nodes:
        walk.enter(node)
    return walk.found


class _Walk:
    """The way through a document: what was described so far."""

    def __init__(self) -> None:
        self.found: list[Description] = []
        self.unnamed = 0

    def enter(self, node: dict[str, Any], under: str | None = None) -> Ref:
        """Describe `node` and all beneath it, and return a reference to it."""
        identity = node["@id"].removeprefix(BASE) if "@id" in node else self._new_name()
        classes = tuple(canonical_iri(each) for each in node.get("@type", ()))
        if _is_page(classes):
            return self._enter_page(node, identity)
        description = Description(identity, classes, len(self.found), under)
        properties = {
            canonical_iri(RENAMED.get(iri, iri)): values for iri, values in node.items() if iri not in _KEYWORDS
        }
        if classes or properties:
            self.found.append(description)
        for iri, values in properties.items():
            self._take(description, iri, values)
        for iri, values in node.get("@reverse", {}).items():
            for each in values:
                self._turn(each, canonical_iri(iri), identity)
        for inner in (*node.get("@graph", ()), *node.get("@included", ())):
            self.enter(inner)
        return Ref(identity)

    def _enter_page(self, node: dict[str, Any], identity: str) -> Ref:
        """A page of a collection is not a record: only its members are."""
        for member in node.get(HYDRA + "member", ()):
            self.enter(member)
        return Ref(identity)

    def _take(self, description: Description, iri: str, values: list[Any]) -> None:
        own = _inverse(iri)
        for value in _flat(values):
            if own is not None and isinstance(value, dict) and "@value" not in value:
                self._turn(value, own, description.id)
            else:
                description.values.setdefault(iri, []).append(self._value(iri, value))

    def _turn(self, node: dict[str, Any], iri: str, target: str) -> None:
        """Let the node under an inverse property refer back to where it hangs."""
        place = len(self.found)
        reference = self.enter(node)
        if place == len(self.found):
            self.found.append(Description(reference.id, (), place, iri))
        self.found[place].turned.setdefault(iri, []).append(Ref(target))

    def _value(self, iri: str, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if "@value" in value:
            return value["@value"]
        if set(value) <= {"@id", "@index"}:
            return Ref(value["@id"].removeprefix(BASE))
        if iri in _WITHOUT_IDENTITY or _is_value(value):
            return self._parts(value)
        return self.enter(value, iri)

    def _parts(self, node: dict[str, Any]) -> Parts:
        named = {canonical_iri(RENAMED.get(iri, iri)): values for iri, values in node.items() if iri not in _KEYWORDS}
        return Parts(
            tuple((iri, tuple(self._value(iri, each) for each in _flat(values))) for iri, values in named.items())
        )

    def _new_name(self) -> str:
        self.unnamed += 1
        return f"_:unnamed{self.unnamed}"


def _flat(values: list[Any]) -> Iterator[Any]:
    """Yield the values, those of ordered lists one by one."""
    for value in values:
        if isinstance(value, dict) and "@list" in value:
            yield from value["@list"]
        else:
            yield value


def _is_page(classes: tuple[str, ...]) -> bool:
    return any(each.startswith(HYDRA) for each in classes)


def _is_value(node: dict[str, Any]) -> bool:
    names = {canonical_iri(RENAMED.get(iri, iri)) for iri in node}
    return bool(names & {_NUMBER, _UNIT}) or bool(_VALUE_CLASSES & set(node.get("@type", ())))


def _inverse(iri: str) -> str | None:
    """Return the stored direction of a property that is only a question, or None.

    Of each pair of inverses the one that refers to a single record is stored; where neither does, the one named here.
    """
    name = iri.removeprefix(VF)
    known = terms.PROPERTIES.get(name) if name != iri else None
    if known is None or known.inverse is None or not known.is_many or name in _STORED_LISTS:
        return None
    return VF + known.inverse


_STORED_LISTS = {"containedIn", "listedIn"}
