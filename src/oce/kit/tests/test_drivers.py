"""What speaks to the driver without the ORM writes and reads the same as the ORM."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection, models

from oce.kit.drivers import driver_of
from oce.kit.identifiers import new_uid
from oce.kit.quantities import QuantityField
from oce.kit.testing.notation import moment

CASES = [
    ("quantity", QuantityField(), Decimal("-12.500000000000000001")),
    ("moment", models.DateTimeField(), moment("2026-11-23 08:00:00.123456+02:00")),
    ("moment", models.DateTimeField(), moment("2026-11-23")),
    ("uid", models.UUIDField(), new_uid()),
]


@pytest.mark.parametrize(("name", "field", "value"), CASES)
def test_the_driver_is_given_what_the_field_would_give(db, name, field, value):
    driver = driver_of(connection.vendor)
    into, out_of = getattr(driver, f"{name}_in"), getattr(driver, f"{name}_out")
    by_field = field.get_db_prep_save(value, connection=connection)
    assert str(into(value)) == str(by_field)
    assert out_of(into(value)) == value
    assert into(None) is None
    assert out_of(None) is None
