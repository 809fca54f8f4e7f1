"""A unit for the battery: of this house's own, and an equal of one in the standard list."""

from __future__ import annotations

from oce.apps.knowledge.models import Unit
from oce.kit.testing import factories


def crate() -> Unit:
    """Return a new unit that has everything a unit can have."""
    unit: Unit = factories.unit("crate", symbol="cr", om_unit_identifier="kilogram", classified_as=["weight"])
    return unit


SAMPLES = {Unit: crate}
