"""Locks have names, keep others out until the transaction ends, and are shared by those who share them."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection, transaction

from oce.kit import locks


def test_a_name_has_the_same_number_everywhere():
    assert locks.key_of("references") == locks.key_of("references")
    assert locks.key_of("references") != locks.key_of("other")
    assert -(2**63) <= locks.key_of("references") < 2**63


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("first", "second", "waits"), [("alone", "shared", True), ("shared", "shared", False)])
def test_a_lock_keeps_others_out_until_the_end(first, second, waits):
    if connection.vendor != "postgresql":
        with transaction.atomic():
            getattr(locks, first)("test")
        return

    def hold() -> None:
        with transaction.atomic():
            getattr(locks, second)("test")
        connection.close()

    other = Thread(target=hold)
    with transaction.atomic():
        getattr(locks, first)("test")
        other.start()
        other.join(timeout=0.3)
        assert other.is_alive() is waits
    other.join(timeout=10)
    assert not other.is_alive()
