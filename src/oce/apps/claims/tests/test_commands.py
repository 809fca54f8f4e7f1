"""Claims are made, settled by events, and finished by people."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.claims import commands, queries
from oce.apps.claims.models import Claim, Settlement
from oce.apps.events.commands import record_event, undo_event
from oce.apps.events.queries import answered
from oce.apps.events.tests.village import Village, kg
from oce.kit.actor import SYSTEM
from oce.kit.testing.notation import refused
from oce.vf.measures import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return Village()


def handed_over(village, quantity, **told):
    told = {"receiver": village.bakery, "resource_conforms_to": village.flour, **told}
    return record_event(SYSTEM, village.draft("transfer", quantity, **told))


@pytest.fixture
def claim(village):
    """Bread claimed by the mill for flour that it gave without any promise."""
    values = {"action": "transfer", "provider": village.bakery, "receiver": village.mill, "resource_quantity": kg(5)}
    given = handed_over(village, 10)
    return commands.make_claim(SYSTEM, {**values, "resource_conforms_to": village.bread, "triggered_by": given})


def returned(village, quantity, **told):
    agents = {"provider": village.bakery, "receiver": village.mill}
    return handed_over(village, quantity, **{**agents, "resource_conforms_to": village.bread, **told})


def test_a_claim_is_made_changed_and_given_up(claim):
    assert (str(claim), str(claim.triggered_by)) == ("transfer 5 kg", str(claim.triggered_by))
    assert list(queries.open_claims(claim.provider)) == [claim]
    changed = commands.change_claim(SYSTEM, claim, claim.revision_id, {"finished": True})
    assert list(queries.open_claims()) == []
    commands.delete_claim(SYSTEM, changed, changed.revision_id)
    assert not Claim.objects.exists()


def test_a_claim_fits_its_action_and_keeps_its_cause(village, claim):
    with refused("flows.same_agents"):
        commands.change_claim(SYSTEM, claim, None, {"receiver": village.bakery})
    with refused("kit.not_settable"):
        commands.change_claim(SYSTEM, claim, None, {"triggered_by": None})
    with refused("flows.no_resource"):
        commands.make_claim(SYSTEM, {"action": "transfer"})


def test_an_event_settles_a_claim_in_part_and_never_finishes_it(village, claim):
    event = returned(village, 2, settles=(claim.address,))
    assert list(event.settles.all()) == [claim]
    assert answered(SYSTEM, claim, "settles") == ([event], kg(3), None)
    undo_event(SYSTEM, event)
    assert answered(SYSTEM, claim, "settles").resource_quantity == kg(5)
    claim.refresh_from_db()
    assert not claim.finished


def test_what_settles_a_claim_is_counted_as_it(village, claim):
    with refused("flows.unlike_units"):
        returned(village, Measure(Decimal(1), "litre"), settles=(claim,))
    with refused("kit.unknown_record"):
        returned(village, 1, settles=("https://example.org/claim",))
    assert not Settlement.objects.exists()


def test_a_claim_that_was_settled_stays(village, claim):
    event = returned(village, 2, settles=(claim,))
    with refused("kit.still_used"):
        commands.delete_claim(SYSTEM, claim, claim.revision_id)
    assert list(claim.settled_by.all()) == [event]
