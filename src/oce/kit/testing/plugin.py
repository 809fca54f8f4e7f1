"""The pytest plugin with what the tests of every app share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oce.kit.actor import STRANGER, Actor, operator


@pytest.fixture
def actor() -> Actor:
    """Somebody who may do everything."""
    return operator("tests")


@pytest.fixture
def stranger() -> Actor:
    """Somebody who may do nothing."""
    return STRANGER


@pytest.fixture(autouse=True)
def _units_of_this_test_only() -> Iterator[None]:
    """Forget the units that a test wrote down together with its database."""
    yield
    # Not at the top: Django's settings are chosen by another plugin after this one is loaded.
    from oce.kit.measures import forget_units

    forget_units()
