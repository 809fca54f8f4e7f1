"""The words of ValueFlows 1.0.0: classes, properties and enumerations, each with its gloss.

Descriptions that users of the API read, the documents and the columns are generated from
here, so a word is explained once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

from oce.vf.namespaces import OM2, VF, VF_INSECURE, camel, canonical_iri, iri, local_name, snake

__all__ = [
    "CLASSES",
    "ENUMERATIONS",
    "INDIVIDUALS",
    "OM2",
    "PROPERTIES",
    "VF",
    "VF_INSECURE",
    "Enumeration",
    "Individual",
    "ModelClass",
    "Property",
    "camel",
    "canonical_iri",
    "gloss",
    "iri",
    "is_a",
    "kebab",
    "local_name",
    "snake",
]


@dataclass(frozen=True, slots=True)
class ModelClass:
    """A class of the vocabulary; its properties include the inherited ones."""

    name: str
    label: str
    gloss: str
    layer: str
    status: str
    parents: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property: the classes that have it, and the classes or data type it points at."""

    name: str
    label: str
    gloss: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    is_many: bool = False
    is_object: bool = False
    is_required: bool = False
    inverse: str | None = None
    status: str = "stable"


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A closed list of values that a behaviour or a purpose can have."""

    name: str
    label: str
    gloss: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Individual:
    """A named value: an action, an effect, a purpose."""

    name: str
    label: str
    gloss: str
    types: tuple[str, ...]


Term = TypeVar("Term", ModelClass, Property, Enumeration, Individual)


def _read() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(files("oce.vf").joinpath("data/terms.json").read_text("utf-8"))
    return content


def _made(kind: type[Term], rows: dict[str, dict[str, Any]]) -> Mapping[str, Term]:
    def value(given: Any) -> Any:
        return tuple(given) if isinstance(given, list) else given

    return MappingProxyType(
        {name: kind(name=name, **{snake(key): value(each) for key, each in row.items()}) for name, row in rows.items()}
    )


_CONTENT = _read()
CLASSES: Mapping[str, ModelClass] = _made(ModelClass, _CONTENT["classes"])
PROPERTIES: Mapping[str, Property] = _made(Property, _CONTENT["properties"])
ENUMERATIONS: Mapping[str, Enumeration] = _made(Enumeration, _CONTENT["enumerations"])
INDIVIDUALS: Mapping[str, Individual] = _made(Individual, _CONTENT["individuals"])
del _CONTENT


def gloss(name: str) -> str:
    """Return what a word of the vocabulary means, in one phrase; Python spelling is understood.

    Raises:
        KeyError: it is not a word of the vocabulary.
    """
    for word in (local_name(name), camel(name)):
        found = CLASSES.get(word) or PROPERTIES.get(word) or ENUMERATIONS.get(word) or INDIVIDUALS.get(word)
        if found is not None:
            return found.gloss
    raise KeyError(name)


def is_a(name: str, ancestor: str) -> bool:
    """Whether class `name` is `ancestor`, or inherits from it: a Person is an Agent."""
    return name == ancestor or any(is_a(parent, ancestor) for parent in CLASSES[name].parents)


def kebab(name: str) -> str:
    """Return how an address spells a name of the vocabulary: `EconomicEvent` becomes `economic-event`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
