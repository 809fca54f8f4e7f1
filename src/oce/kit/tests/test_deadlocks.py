"""A wish that the database ended, to let others go on, is granted again; any other fault is told at once."""

from __future__ import annotations

import pytest
from django.db import OperationalError, transaction

from oce.kit.deadlocks import TRIES_MAX, granted_despite_deadlocks
from oce.kit.testing.notation import refused


class Ended(Exception):
    sqlstate = "40P01"


class Refuses:
    """Fails so many times, then grants."""

    def __init__(self, times, cause=None):
        self.times, self.cause, self.tries = times, cause or Ended(), 0

    def __call__(self):
        self.tries += 1
        if self.tries <= self.times:
            raise OperationalError from self.cause
        return "granted"


@pytest.mark.parametrize("times", [0, 1, TRIES_MAX - 1])
def test_what_was_ended_is_begun_anew(times):
    wish = Refuses(times)
    assert granted_despite_deadlocks(wish) == "granted"
    assert wish.tries == times + 1


def test_nobody_tries_for_ever():
    wish = Refuses(TRIES_MAX)
    with refused("kit.busy"):
        granted_despite_deadlocks(wish)
    assert wish.tries == TRIES_MAX


def test_another_fault_is_told_at_once():
    wish = Refuses(1, cause=ValueError())
    with pytest.raises(OperationalError):
        granted_despite_deadlocks(wish)
    assert wish.tries == 1


@pytest.mark.django_db
def test_a_part_of_a_larger_wish_is_not_begun_anew():
    wish = Refuses(1)
    with transaction.atomic(), pytest.raises(OperationalError):
        granted_despite_deadlocks(wish)
    assert wish.tries == 1
