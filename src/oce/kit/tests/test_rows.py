"""Rows written without the ORM are the same as rows written with it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.kit.identifiers import new_uid
from oce.kit.records import record_model
from oce.kit.rows import insert, insert_record
from oce.kit.testing.factories import place

pytestmark = pytest.mark.django_db

NAMES = (
    "uid",
    "is_described",
    "revision",
    "visibility",
    "name",
    "note",
    "lat",
    "long",
    "mappable_address",
    "has_detailed_geometry",
    "within_id",
)


def row(name, within=None):
    return (new_uid(), True, 1, "network", name, "", Decimal("1.5"), Decimal(-2), "", ["urn:shape"], within)


def test_a_row_is_written_like_the_orm_would(django_assert_num_queries):
    model = record_model("spatial-thing")
    larger = place("Farm")
    with django_assert_num_queries(1):
        insert(model, NAMES, [row("Barn", larger.pk)])
    barn = model.objects.get(name="Barn")
    assert (barn.name, barn.lat, barn.long, barn.within) == ("Barn", Decimal("1.5"), Decimal(-2), larger)
    assert barn.has_detailed_geometry == ["urn:shape"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_many_rows_are_written_at_once(count):
    model = record_model("spatial-thing")
    insert(model, NAMES, [row(str(number)) for number in range(count)])
    assert [each.name for each in model.every()] == [str(number) for number in range(count)]


def test_a_new_record_gets_its_key_and_is_from_then_on_like_one_that_was_read(django_assert_num_queries):
    model = record_model("spatial-thing")
    barn = model(
        name="Barn", lat=Decimal("1.5"), long=Decimal(-2), has_detailed_geometry=["urn:100 %s"], within=place("Farm")
    )
    with django_assert_num_queries(1):
        insert_record(barn)
    read = model.objects.get(name="Barn")
    assert read == barn
    assert all(getattr(read, field.attname) == getattr(barn, field.attname) for field in model._meta.concrete_fields)
    barn.name = "Shed"
    barn.save()
    assert model.objects.get(pk=barn.pk).name == "Shed"
