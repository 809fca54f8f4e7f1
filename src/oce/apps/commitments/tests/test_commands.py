"""Wishes about intents and commitments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.agreements.commands import delete_agreement
from oce.apps.commitments import commands, queries
from oce.apps.commitments.models import Commitment, Intent
from oce.apps.commitments.tests.samples import kg
from oce.kit.testing.factories import agreement, kind, organization, process
from oce.kit.testing.notation import moment, refused
from oce.vf.measures import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def mill():
    return organization("Mill")


@pytest.fixture
def bakery():
    return organization("Bakery")


@pytest.fixture
def flour():
    return kind("flour")


@pytest.fixture
def promised(actor, mill, bakery, flour):
    values = {"action": "transfer", "provider": mill, "receiver": bakery, "resource_conforms_to": flour}
    return commands.make_commitment(actor, {**values, "resource_quantity": kg(10), "clause_of": agreement()})


@pytest.fixture
def wished(actor, bakery, flour):
    values = {"action": "transfer", "receiver": bakery, "resource_conforms_to": flour, "resource_quantity": kg(10)}
    return commands.make_intent(actor, values)


def test_a_promise_is_made_changed_and_taken_back(actor, promised):
    assert (str(promised), promised.finished) == ("transfer 10 kg", False)
    finished = commands.change_commitment(actor, promised, promised.revision_id, {"finished": True})
    assert finished.finished
    commands.delete_commitment(actor, finished, finished.revision_id)
    assert not Commitment.objects.exists()


def test_a_wish_is_made_changed_and_taken_back(actor, wished):
    named = commands.change_intent(actor, wished, wished.revision_id, {"name": "Flour", "available_quantity": kg(50)})
    assert (str(wished), str(named)) == ("transfer 10 kg", "Flour")
    commands.delete_intent(actor, named, named.revision_id)
    assert not Intent.objects.exists()


def test_an_action_is_known_by_its_older_name_and_needed(actor, bakery, flour):
    values = {"receiver": bakery, "resource_conforms_to": flour}
    assert commands.make_intent(actor, {**values, "action": "deliver-service"}).action == "deliverService"
    with refused("kit.missing"):
        commands.make_intent(actor, values)
    with refused("actions.unknown"):
        commands.make_intent(actor, {**values, "action": "devour"})


def test_a_wish_is_somebodys(actor, flour):
    with refused("flows.no_agent"):
        commands.make_intent(actor, {"action": "transfer", "resource_conforms_to": flour})


def test_a_promise_is_judged_as_it_is_after_the_change(actor, promised, mill):
    with refused("flows.same_agents"):
        commands.change_commitment(actor, promised, promised.revision_id, {"receiver": mill})
    with refused("commitments.both_sides"):
        commands.change_commitment(actor, promised, None, {"reciprocal_clause_of": agreement("Bread")})
    with refused("commitments.ends_before_it_begins"):
        times = {"has_beginning": moment("2026-12-02"), "has_end": moment("2026-12-01")}
        commands.change_commitment(actor, promised, None, times)


def test_a_wish_that_a_promise_satisfies_is_kept(actor, promised, wished):
    satisfying = commands.change_commitment(actor, promised, promised.revision_id, {"satisfies": [wished]})
    assert list(satisfying.satisfies.all()) == [wished]
    with refused("kit.still_used"):
        commands.delete_intent(actor, wished, wished.revision_id)
    commands.delete_commitment(actor, satisfying, satisfying.revision_id)
    commands.delete_intent(actor, wished, wished.revision_id)


def test_a_promise_is_counted_as_the_wish_it_satisfies(actor, promised, wished):
    with refused("flows.unlike_units"):
        values = {"satisfies": [wished], "resource_quantity": Measure(Decimal(1), "litre")}
        commands.change_commitment(actor, promised, promised.revision_id, values)
    commands.change_commitment(actor, promised, None, {"satisfies": [wished]})
    with refused("flows.unlike_units"):
        commands.change_commitment(actor, promised, None, {"resource_quantity": Measure(Decimal(1), "litre")})


def test_what_is_promised_keeps_what_it_refers_to(actor, promised):
    with refused("kit.still_used"):
        delete_agreement(actor, promised.clause_of, promised.clause_of.revision_id)


def test_what_is_to_be_done_is_asked_of_a_group_and_of_a_process(actor, promised, mill, bakery, flour):
    baking = process()
    used = {"action": "consume", "provider": bakery, "receiver": bakery, "resource_conforms_to": flour}
    sooner = commands.make_commitment(actor, {**used, "due": moment("2026-12-01"), "input_of": baking})
    intent = commands.make_intent(actor, {**used, "input_of": baking})
    assert list(queries.open_commitments()) == [sooner, promised]
    assert list(queries.open_commitments(mill)) == [promised]
    assert list(queries.commitments_of(baking)) == [sooner]
    assert list(queries.intents_of(baking)) == [intent]
    commands.change_commitment(actor, promised, None, {"finished": True})
    assert list(queries.open_commitments(mill)) == []


def test_what_was_only_named_is_described_whole(actor):
    named = Commitment.objects.create(iri="https://example.org/promise", is_described=False)
    assert str(named) == "promise (example.org)"
    with refused("kit.missing"):
        commands.change_commitment(actor, named, None, {"note": "by the back door"})
