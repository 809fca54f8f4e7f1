"""The units of the house: which there are, and how much one is of another."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oce.apps.knowledge import queries
from oce.apps.knowledge.models import Unit as OwnUnit
from oce.apps.knowledge.pages.catalogue import may_write
from oce.kit.measures import in_words, known_unit
from oce.kit.pages.choices import COMMON_UNITS
from oce.kit.pages.records import new_url
from oce.kit.pages.requests import Asked
from oce.vf.measures import Measure, conversion
from oce.vf.units import Unit


class Row(NamedTuple):
    """A unit, and how much one of it is in the first unit of its group; empty of that unit itself."""

    unit: Unit
    worth: str


@require_safe
def units(request: Asked) -> HttpResponse:
    """Show the units of the house's own, and the usual ones of the standard by what they measure, with their conversions."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for name in COMMON_UNITS:
        unit = known_unit(name)
        rows = groups[unit.dimension or ""]
        rows.append(Row(unit, _worth(unit, rows[0].unit) if rows else ""))
    shown = {
        "own": queries.own_units(request.actor),
        "groups": list(groups.values()),
        "new_url": new_url(OwnUnit) if may_write(request, OwnUnit) else "",
        "place": "units",
    }
    return render(request, "knowledge/units.html", shown)


def _worth(unit: Unit, first: Unit) -> str:
    found = conversion(Measure(Decimal(1), unit.identifier), first.identifier)
    if found is not None:
        return f"1 {unit.symbol or unit.label} = {in_words(found)}"
    back = conversion(Measure(Decimal(1), first.identifier), unit.identifier)
    return "" if back is None else f"1 {first.symbol or first.label} = {in_words(back)}"
