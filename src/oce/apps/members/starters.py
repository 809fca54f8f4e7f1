"""Words to begin with, so that nobody has to start at an empty catalogue: kinds of things with their units, kinds of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

# In the words of the standard: units are those of OM2.
_PIECE, _HOUR, _KILOGRAM, _LITRE = "one", "hour", "kilogram", "litre"


@dataclass(frozen=True, slots=True)
class Pack:
    """A starter: what it is called, for whom it is, and its records as kind and values."""

    title: str | Promise
    summary: str | Promise
    things: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]

    @property
    def records(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """What is written down."""
        things = (
            ("resource-specification", {"name": name, "default_unit_of_resource": unit}) for name, unit in self.things
        )
        work = ("resource-specification", {"name": "Work", "default_unit_of_effort": _HOUR})
        steps = (("process-specification", {"name": name}) for name in self.steps)
        return (work, *things, *steps)


PACKS: Mapping[str, Pack] = MappingProxyType(
    {
        "food": Pack(
            _("Food"),
            _("For gardens, farms, kitchens, bakeries and shops."),
            (
                ("Fruit", _KILOGRAM),
                ("Vegetables", _KILOGRAM),
                ("Grain", _KILOGRAM),
                ("Flour", _KILOGRAM),
                ("Bread", _PIECE),
                ("Jam", _PIECE),
                ("Milk", _LITRE),
                ("Jar", _PIECE),
            ),
            ("Growing", "Harvesting", "Cooking", "Baking", "Packing", "Selling"),
        ),
        "makers": Pack(
            _("Makers"),
            _("For workshops, repair cafés and open hardware."),
            (
                ("Timber", _PIECE),
                ("Filament", _KILOGRAM),
                ("Screws", _PIECE),
                ("Electronic parts", _PIECE),
                ("Machine time", _HOUR),
                ("Design", _PIECE),
                ("Prototype", _PIECE),
            ),
            ("Designing", "Building", "Testing", "Repairing", "Documenting"),
        ),
        "services": Pack(
            _("Services"),
            _("For translators, programmers, carers and all whose product is their work."),
            (
                ("Text", _PIECE),
                ("Translation", _PIECE),
                ("Consultation", _HOUR),
                ("Software", _PIECE),
                ("Euro", _PIECE),
            ),
            ("Preparing", "Working", "Reviewing", "Delivering"),
        ),
    }
)
