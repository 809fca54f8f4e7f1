"""What the catalogue does on notices: the house forgets the units it remembered when one was changed."""

from __future__ import annotations

from oce.apps.knowledge.notices import UnitsChanged
from oce.kit.measures import forget_units
from oce.kit.notices import hears


@hears(UnitsChanged)
def look_units_up_again(_notice: UnitsChanged) -> None:
    """Let the next question for a unit be asked of the database."""
    forget_units()
