"""Units in documents: the vocabulary gives them no short name, so it follows from the standard unit or from the label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oce.apps.knowledge.models import Unit
from oce.kit.jsonld.classes import DocumentClass
from oce.vf.namespaces import OM2
from oce.vf.units import units


def short_name(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the short name by which quantities name a unit, where its document says none."""
    if values.get("identifier"):
        return {}
    standard = str(values.get("om_unit_identifier", "")).removeprefix(OM2).removeprefix("om2:")
    name = standard if standard in units() else str(values.get("label", "")).strip()
    return {"identifier": name} if name else {}


documents = (DocumentClass("Unit", Unit, complete=short_name),)
