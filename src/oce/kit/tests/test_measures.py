"""Measures stand in two columns that belong together, and units are asked of the apps first."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from oce.kit import measures
from oce.kit.measures import add_unit_source, forget_units, known_unit
from oce.kit.records import record_model
from oce.kit.testing.factories import kind
from oce.kit.testing.notation import quantity, refused
from oce.vf.units import Unit


@pytest.fixture
def asked(monkeypatch):
    """The texts that an app with the unit `loaf` was asked for."""
    texts = []

    def source(text):
        texts.append(text)
        return Unit("loaf", "loaf", None, None) if text == "loaf" else None

    monkeypatch.setattr(measures, "_sources", [])
    forget_units()
    add_unit_source(source)
    add_unit_source(source)
    return texts


def test_apps_are_asked_first_and_once(asked):
    assert [known_unit("loaf").identifier for _ in range(3)] == ["loaf"] * 3
    assert asked == ["loaf"]


def test_answers_are_kept_for_a_while(asked, monkeypatch):
    known_unit("kg")
    monkeypatch.setattr(measures, "monotonic", lambda: 1e12)
    known_unit("kg")
    assert asked == ["kg", "kilogram"] * 2


def test_no_more_answers_are_kept_than_fit(asked, monkeypatch):
    monkeypatch.setattr(measures, "KEPT_MAX", 2)
    for text in ("kg", "litre", "hour"):
        known_unit(text)
    assert list(measures._kept) == ["hour"]


def test_an_unknown_unit_is_refused_however_long_its_name(asked):
    with refused("units.unknown"):
        known_unit("k" * 1_000_000)


@pytest.mark.django_db
def test_a_measure_is_two_columns_and_one_value():
    model = record_model("economic-resource")
    made = model.objects.create(conforms_to=kind(), onhand_quantity=quantity("3.5 kg"))
    made.refresh_from_db()
    assert made.onhand_quantity == quantity("3.5 kg")
    assert made.accounting_quantity is None
    made.onhand_quantity = None
    assert (made.onhand_quantity_value, made.onhand_quantity_unit) == (None, "")
    assert model.measures == ("accounting_quantity", "onhand_quantity")


@pytest.mark.django_db
@pytest.mark.parametrize("half", [{"onhand_quantity_value": 3}, {"onhand_quantity_unit": "kilogram"}])
def test_no_value_stands_without_its_unit(half):
    with pytest.raises(IntegrityError), transaction.atomic():
        record_model("economic-resource").objects.create(conforms_to=kind(), **half)
