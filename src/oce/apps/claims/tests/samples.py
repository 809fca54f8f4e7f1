"""How the battery gets records of this app: filled in as far as one action allows."""

from __future__ import annotations

from decimal import Decimal

from oce.apps.claims.commands import make_claim
from oce.apps.claims.models import Claim
from oce.apps.events.models import EconomicEvent
from oce.kit.actor import operator
from oce.kit.testing.factories import kind, organization
from oce.kit.testing.notation import moment
from oce.kit.testing.samples import sample
from oce.vf.measures import Measure


def a_claim() -> Claim:
    """Return a claim that says all it may."""
    return make_claim(
        operator("tests"),
        {
            "action": "work",
            "provider": organization("Bakery"),
            "receiver": organization("Mill"),
            "resource_conforms_to": kind("baking"),
            "resource_classified_as": ["by hand"],
            "resource_quantity": Measure(Decimal(2), "one"),
            "effort_quantity": Measure(Decimal("1.5"), "hour"),
            "due": moment("2026-12-01"),
            "note": "for the flour",
            "finished": True,
            "triggered_by": sample(EconomicEvent),
        },
    )


SAMPLES = {Claim: a_claim}
