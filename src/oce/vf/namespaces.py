"""The namespaces of the vocabulary and how its names are written.

The release uses `https`; its examples still write `http` (D1). Both are read, `https` is written.
"""

from __future__ import annotations

import re

VF = "https://w3id.org/valueflows/ont/vf#"
VF_INSECURE = "http://w3id.org/valueflows/ont/vf#"
OM2 = "http://www.ontology-of-units-of-measure.org/resource/om-2/"

_PREFIXES = (VF, VF_INSECURE, "vf:")


def canonical_iri(given: str) -> str:
    """Return `given` with the namespace of the vocabulary as the release spells it."""
    return VF + given[len(VF_INSECURE) :] if given.startswith(VF_INSECURE) else given


def local_name(given: str) -> str:
    """Return the bare name of a term of the vocabulary, however it was written; else `given`."""
    for prefix in _PREFIXES:
        if given.startswith(prefix):
            return given[len(prefix) :]
    return given


def iri(name: str) -> str:
    """Return the full address of the term `name`."""
    return VF + local_name(name)


def snake(name: str) -> str:
    """Return how Python spells a name of the vocabulary: `hasInput` becomes `has_input`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def camel(name: str) -> str:
    """Return how the vocabulary spells a Python name: `has_input` becomes `hasInput`."""
    first, *rest = name.split("_")
    return first + "".join(each[:1].upper() + each[1:] for each in rest)
