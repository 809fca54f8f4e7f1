"""The village as Ana sees it, and the phone with which she looks at it."""

from __future__ import annotations

import pytest
from django.test import Client

from oce.apps.events.tests.ana import NOON, As
from oce.apps.events.tests.village import Village, assert_replays
from oce.kit import clock
from oce.kit.testing import factories
from oce.kit.testing.actors import actor_with


@pytest.fixture
def village():
    """A village in which Ana bakes, at a standing clock; afterwards its ledger must replay."""
    with clock.standing_at(NOON):
        village = Village()
        village.ana = factories.person("Ana")
        village.bake.in_scope_of = village.bakery
        village.bake.save()
        yield village
        assert_replays()


@pytest.fixture
def phone(village, settings):
    """A browser in which Ana signed in, who may log for the bakery."""
    As.actor = actor_with(village.ana, read=village.bakery, record=(village.ana, village.bakery))
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{As.__module__}.As"]
    return Client()
