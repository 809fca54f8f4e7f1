"""The check of the ledger: what is stored of resources is compared with what their events make of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.events.checks import checks
from oce.apps.events.tests.village import Village
from oce.apps.resources.models import EconomicResource

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return Village()


@pytest.fixture
def flour(village):
    return village.stocked(10, at=village.barn)


def found(name="ledger"):
    return list(checks[name]())


def test_a_ledger_in_order_has_no_differences(village, flour):
    village.undo(village.record("move", 10, resource_inventoried_as=flour, to_location=village.shop))
    assert found() == []
    assert found("references") == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"onhand_quantity_value": Decimal("10.0000000000000001")}, "stored as 10.0000000000000001, but its events give 10"),
        ({"accounting_quantity_value": Decimal(9)}, "accounting is stored as 9, but its events give 10"),
        ({"state": "wet"}, "state is stored as wet, but its events give nothing"),
        ({"last_event": 1_000_000}, "previous_event is stored as 1000000"),
        ({"primary_accountable": None}, "accountable is stored as nothing"),
        ({"current_location": None}, "location is stored as nothing"),
    ],
)  # fmt: skip
def test_a_difference_is_named(village, flour, changed, words):
    village.stocked(3)
    EconomicResource.objects.filter(pk=flour.pk).update(**changed)
    (sentence,) = found()
    assert sentence.startswith(f"{flour} ({flour.address}): ")
    assert words in sentence


def test_a_thing_that_lies_where_no_event_put_it_is_named(village, flour):
    box = village.stocked(1)
    flour.contained_in.add(box)
    assert "contained_in" in found()[0]


def test_the_first_resource_that_differs_comes_first(village, flour):
    later = village.stocked(3)
    EconomicResource.objects.update(state="wet")
    assert [sentence.split(")")[0] for sentence in found()] == [f"{each} ({each.address}" for each in (flour, later)]


def test_more_than_a_hundred_differences_are_not_listed(village, flour):
    for _ in range(100):
        village.stocked(1)
    EconomicResource.objects.update(state="wet")
    assert len(found()) == 101
    assert found()[-1] == "There are more than 100 differences; the others are not listed."


def test_a_reference_into_the_void_is_named(village, flour):
    village.record("consume", 1, resource_inventoried_as=flour, input_of=village.bake)
    village.bake.__class__.objects.filter(pk=village.bake.pk)._raw_delete("default")
    (sentence,) = found("references")
    assert sentence.startswith("1 events name a input_of that is not there")
