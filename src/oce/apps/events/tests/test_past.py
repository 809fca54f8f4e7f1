"""What there was at a moment, and what is new since: asked by programs."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from oce.apps.events.balances import Balance, balances_at
from oce.apps.events.openings import OpeningDraft, open_resources
from oce.apps.events.tests.village import Village
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import SYSTEM
from oce.kit.testing.asking import ask, codes

# What is new is read only as far as it is committed.
pytestmark = pytest.mark.django_db(transaction=True)

AT = """
query At($moment: DateTime!) { economicResources { edges { node { name quantitiesAt(moment: $moment) {
  accountingQuantity { hasNumericalValue hasUnit { id } } onhandQuantity { hasNumericalValue }
} } } } }
"""
NEWS = "query News($since: String, $first: Int) { ledgerNews(since: $since, first: $first) { economicEvents { id } until } }"


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 12, tzinfo=UTC)


@pytest.fixture
def village() -> Village:
    return Village()


@pytest.fixture
def flour(village: Village) -> EconomicResource:
    """Ten kilograms since the 1st, of which three were used on the 3rd and two lent on the 5th, told in another order."""
    flour = village.stocked(10, has_point_in_time=day(1))
    village.record(
        "transferCustody", 2, resource_inventoried_as=flour, receiver=village.bakery, has_point_in_time=day(5)
    )
    village.record("consume", 3, resource_inventoried_as=flour, input_of=village.bake, has_point_in_time=day(3))
    return flour


@pytest.mark.parametrize(
    ("moment", "owned", "there"), [(day(1), 10, 10), (day(2), 10, 10), (day(3), 7, 7), (day(4), 7, 7), (day(6), 7, 5)]
)
def test_a_balance_of_the_past_counts_what_had_happened_by_then(flour, moment, owned, there) -> None:
    assert balances_at([flour.pk], moment) == {flour.pk: Balance(Decimal(owned), Decimal(there))}


def test_a_balance_of_the_past_begins_with_what_a_document_stated(village) -> None:
    salt = EconomicResource.objects.create(conforms_to=village.flour, name="Salt")
    open_resources(SYSTEM, [(salt, OpeningDraft(Decimal("4.5"), Decimal(4), "kilogram", village.mill))])
    assert balances_at([salt.pk], day(1)) == {salt.pk: Balance(Decimal("4.5"), Decimal(4))}


def test_programs_ask_for_quantities_of_a_moment_of_all_resources_at_once(
    village, flour, django_assert_max_num_queries
) -> None:
    village.stocked(2, has_point_in_time=day(2))
    EconomicResource.objects.create(conforms_to=village.bread, name="Uncounted")
    with django_assert_max_num_queries(8):
        edges = ask(AT, moment="2026-11-05T12:00:00Z")["economicResources"]["edges"]
    found = [(edge["node"]["name"], edge["node"]["quantitiesAt"]) for edge in edges]
    two = {"hasNumericalValue": "2"}
    assert found == [
        (
            "Flour",
            {
                "accountingQuantity": {"hasNumericalValue": "7", "hasUnit": {"id": "kilogram"}},
                "onhandQuantity": {"hasNumericalValue": "5"},
            },
        ),
        ("Flour", {"accountingQuantity": two | {"hasUnit": {"id": "kilogram"}}, "onhandQuantity": two}),
        ("Uncounted", {"accountingQuantity": None, "onhandQuantity": None}),
    ]


def test_programs_follow_the_ledger_without_missing_or_repeating_anything(village, flour) -> None:
    begun = ask(NEWS, first=2)["ledgerNews"]
    rest = ask(NEWS, since=begun["until"])["ledgerNews"]
    assert (len(begun["economicEvents"]), len(rest["economicEvents"])) == (2, 1)
    assert ask(NEWS, since=rest["until"])["ledgerNews"] == {"economicEvents": [], "until": rest["until"]}
    latest = village.record("raise", 1, resource_inventoried_as=flour)
    assert [each["id"] for each in ask(NEWS, since=rest["until"])["ledgerNews"]["economicEvents"]] == [str(latest.uid)]


@pytest.mark.parametrize("since", ["yesterday", "-1", "9" * 30])
def test_what_is_no_place_in_the_ledger_is_refused(since) -> None:
    assert codes(NEWS, since=since) == ["events.unknown_place"]
