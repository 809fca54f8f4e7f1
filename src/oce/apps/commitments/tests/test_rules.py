"""What may be wished and promised, case by case."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.commitments.rules import Facts, refuse_amounts, refuse_both_sides, refuse_flow, remaining
from oce.kit.testing.notation import moment
from oce.vf.measures import Measure

GIVEN = Facts("transfer", "Mill", "Bakery", kind="flour")


def of(number: str, unit: str = "kilogram") -> Measure:
    return Measure(Decimal(number), unit)


def codes(refusals) -> list[tuple[str, str]]:
    return [(each.code, each.field) for each in refusals]


@pytest.mark.parametrize(
    "facts",
    [
        GIVEN,
        GIVEN._replace(receiver=None),
        GIVEN._replace(provider=None, receiver=None),
        GIVEN._replace(kind=None, tags=("flour",)),
        GIVEN._replace(resource_quantity=of("10")),
        GIVEN._replace(has_beginning=moment("2026-12-01"), has_end=moment("2026-12-01")),
        GIVEN._replace(kind_of_resource="flour", resource="sack"),
        GIVEN._replace(resource_quantity=of("10"), amount_of_resource=of("1", "tonne")),
        Facts("produce", "Mill", "Mill", kind="flour", output_of="milling"),
        Facts("work", "Ana", "Mill", kind="milling", input_of="milling", effort_quantity=of("2", "hour")),
    ],
)
def test_what_fits_its_action_may_be_planned(facts):
    assert refuse_flow(facts) == []


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        (GIVEN._replace(kind=None), "flows.no_resource", "resourceInventoriedAs"),
        (GIVEN._replace(input_of="milling"), "flows.wrong_side", "inputOf"),
        (Facts("consume", "Mill", "Mill", kind="grain", output_of="milling"), "flows.wrong_side", "outputOf"),
        (GIVEN._replace(receiver="Mill"), "flows.same_agents", "receiver"),
        (GIVEN._replace(action="move"), "flows.agents_differ", "receiver"),
        (GIVEN._replace(effort_quantity=of("2", "hour")), "flows.quantity_kind", "effortQuantity"),
        (GIVEN._replace(resource_quantity=of("-1")), "flows.negative", "resourceQuantity"),
        (
            GIVEN._replace(has_beginning=moment("2026-12-02"), has_end=moment("2026-12-01")),
            "commitments.ends_before_it_begins",
            "hasEnd",
        ),
        (GIVEN._replace(kind_of_resource="bread", resource="loaf"), "commitments.kind_differs", "resourceConformsTo"),
        (
            GIVEN._replace(resource_quantity=of("10"), amount_of_resource=of("1", "litre")),
            "flows.unlike_units",
            "resourceQuantity",
        ),
    ],
)
def test_what_does_not_fit_is_refused(facts, code, field):
    assert codes(refuse_flow(facts)) == [(code, field)]


def test_a_unit_of_the_houses_own_is_like_itself_alone():
    assert refuse_flow(GIVEN._replace(resource_quantity=of("1", "loaf"), amount_of_resource=of("9", "loaf"))) == []
    unlike = refuse_flow(GIVEN._replace(resource_quantity=of("1", "loaf"), amount_of_resource=of("9", "kilogram")))
    assert codes(unlike) == [("flows.unlike_units", "resourceQuantity")]


def test_of_an_offer_no_more_can_be_asked_than_there_is():
    assert refuse_amounts(of("1"), of("500", "gram"), of("20")) == []
    assert refuse_amounts(None, of("5"), None) == []
    too_much = refuse_amounts(of("1"), of("21"), of("20000", "gram"))
    assert codes(too_much) == [("commitments.minimum_above_available", "minimumQuantity")]
    unlike = refuse_amounts(of("1"), of("1", "litre"), of("20"))
    assert codes(unlike) == [("flows.unlike_units", "minimumQuantity")]
    assert codes(refuse_amounts(None, of("1", "litre"), of("20"))) == [("flows.unlike_units", "minimumQuantity")]
    assert codes(refuse_amounts(of("1"), None, of("-1"))) == [("flows.negative", "availableQuantity")]


def test_a_commitment_stands_on_one_side_of_an_agreement():
    assert refuse_both_sides("deal", None) == refuse_both_sides(None, "deal") == []
    assert codes(refuse_both_sides("deal", "deal")) == [("commitments.both_sides", "reciprocalClauseOf")]


@pytest.mark.parametrize(
    ("done", "left"),
    [
        ([], "10"),
        (["4", "2.5"], "3.5"),
        (["4", "-4"], "10"),
        (["12"], "0"),
    ],
)
def test_what_remains_of_a_promise_is_what_was_not_done(done, left):
    assert remaining(of("10"), [of(each) for each in done]) == of(left)


def test_what_was_done_in_another_unit_counts():
    assert remaining(of("10"), [of("2500", "gram")]) == of("7.5")


def test_where_no_amount_was_promised_none_remains():
    assert remaining(None, [of("1")]) is None
