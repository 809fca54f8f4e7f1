"""Wishes about agreements and their bundles."""

from __future__ import annotations

import pytest

from oce.apps.agreements import commands
from oce.apps.agreements.models import Agreement
from oce.kit.clock import standing_at
from oce.kit.testing.notation import moment, refused

pytestmark = pytest.mark.django_db


def test_an_agreement_knows_when_it_was_written_down(actor):
    with standing_at(moment("2026-11-23 10:00")):
        made = commands.make_agreement(actor, {"name": "Flour for bread"})
    assert made.created == moment("2026-11-23 10:00")
    with refused("kit.not_settable"):
        commands.change_agreement(actor, made, made.revision_id, {"created": moment("2020-01-01")})


def test_agreements_are_bundled_and_taken_out(actor):
    order = commands.make_bundle(actor, {"name": "Order 7"})
    flour = commands.make_agreement(actor, {"name": "Flour", "bundled_in": order})
    salt = commands.make_agreement(actor, {"name": "Salt", "bundled_in": order.address})
    assert (flour.bundled_in, salt.bundled_in) == (order, order)
    with refused("kit.still_used"):
        commands.delete_bundle(actor, order, order.revision_id)
    salt = commands.change_agreement(actor, salt, salt.revision_id, {"bundled_in": None})
    commands.delete_agreement(actor, flour, flour.revision_id)
    order = commands.change_bundle(actor, order, order.revision_id, {"note": "empty now"})
    commands.delete_bundle(actor, order, order.revision_id)
    assert list(Agreement.objects.all()) == [salt]


def test_an_unknown_bundle_is_refused(actor):
    with refused("kit.unknown_record"):
        commands.make_agreement(actor, {"name": "Flour", "bundled_in": "https://elsewhere.example/bundle/1"})
    assert not Agreement.objects.exists()
