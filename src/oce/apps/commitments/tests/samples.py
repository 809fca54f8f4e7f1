"""How the battery gets records of this app: filled in as far as one action allows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from oce.apps.commitments.commands import make_commitment, make_intent
from oce.apps.commitments.models import Commitment, Intent
from oce.kit.actor import operator
from oce.kit.testing.factories import agreement, kind, organization, plan, process, stage
from oce.kit.testing.notation import moment
from oce.vf.measures import Measure


def kg(number: int) -> Measure:
    """Return so many kilograms."""
    return Measure(Decimal(number), "kilogram")


def facts() -> dict[str, Any]:
    """Return what an intent and a commitment may both say: flour, handed to be baked."""
    return {
        "action": "use",
        "provider": organization("Mill"),
        "receiver": organization("Bakery"),
        "resource_conforms_to": kind(),
        "resource_classified_as": ["organic"],
        "resource_quantity": kg(10),
        "effort_quantity": Measure(Decimal("1.5"), "hour"),
        "due": moment("2026-12-01"),
        "note": "by the back door",
        "finished": True,
        "input_of": process(),
        "planned_within": plan(),
        "independent_demand_of": plan(),
        "stage": stage(),
        "state": "fresh",
        "has_beginning": moment("2026-11-28"),
        "has_end": moment("2026-11-29"),
        "has_point_in_time": moment("2026-11-29"),
    }


def an_intent() -> Intent:
    """Return an intent that says all it may."""
    amounts = {"available_quantity": kg(50), "minimum_quantity": kg(5)}
    pictures = {"image": "https://example.org/a.jpg", "image_list": ["https://example.org/b.jpg"]}
    return make_intent(operator("tests"), {**facts(), **amounts, **pictures, "name": "Flour"})


def a_commitment() -> Commitment:
    """Return a commitment that says all it may."""
    links = {"clause_of": agreement(), "satisfies": [an_intent(), an_intent()]}
    return make_commitment(operator("tests"), {**facts(), **links})


SAMPLES = {Intent: an_intent, Commitment: a_commitment}
