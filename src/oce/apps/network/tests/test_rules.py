"""Figures are exact sums of what happened, told from the side of whoever is asked about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from oce.apps.network import rules
from oce.apps.network.rules import Sum
from oce.kit.testing.notation import quantity

ANA, BEN, BAKERY, OVEN_GROUP, SHOP = 1, 2, 10, 11, 20
FLOUR, BREAD, EURO = 100, 101, 102
INSIDE = frozenset({BAKERY, OVEN_GROUP})


def _sum(action: str, giver: int, taker: int, kind: int | None = None, amount: str = "", **more: Any) -> Sum:
    effort = quantity(more.pop("effort")) if "effort" in more else None
    return Sum(action, giver, taker, kind, quantity(amount) if amount else None, effort, more.pop("count", 1), **more)


SUMS = [
    _sum("work", ANA, BAKERY, effort="1.5 hour"),
    _sum("work", BEN, OVEN_GROUP, effort="20 minute"),
    _sum("produce", BAKERY, BAKERY, BREAD, "0.1 kg"),
    _sum("produce", OVEN_GROUP, OVEN_GROUP, BREAD, "0.2 kg"),
    _sum("consume", BAKERY, BAKERY, FLOUR, "3 kg"),
    _sum("transfer", BAKERY, SHOP, BREAD, "0.3 kg", count=2),
    _sum("transfer", SHOP, BAKERY, EURO, "9 one"),
    _sum("transfer", BAKERY, OVEN_GROUP, FLOUR, "5 kg"),
]


def _said(found: Any) -> list[tuple[int | None, str]]:
    return [(each.kind, str(each.measure)) for each in found]


def test_a_group_counts_its_parts_as_itself_and_what_goes_between_them_as_nothing() -> None:
    found = rules.figures_of_group(SUMS, INSIDE)
    assert _said(found.worked) == [(None, "1.5 hour"), (None, "20 minute-Time")]
    assert _said(found.made) == [(BREAD, "0.3 kilogram")]
    assert _said(found.used) == [(FLOUR, "3 kilogram")]
    assert _said(found.given) == [(BREAD, "0.3 kilogram")]
    assert _said(found.received) == [(EURO, "9 one")]
    assert found.count == 9


def test_a_person_counts_what_they_did_themselves() -> None:
    sums = [*SUMS, _sum("transfer", BAKERY, ANA, BREAD, "1 kg")]
    found = rules.figures_of_person(sums, ANA)
    assert _said(found.worked) == [(None, "1.5 hour")]
    assert _said(found.received) == [(BREAD, "1 kilogram")]
    assert found.given == found.made == ()


def test_who_carries_or_mends_a_thing_is_given_nothing() -> None:
    carried = [_sum("pickup", SHOP, BAKERY, BREAD, "5 kg"), _sum("dropoff", BAKERY, SHOP, BREAD, "5 kg")]
    found = rules.figures_of_group([*carried, _sum("accept", SHOP, BAKERY, BREAD, "1 one")], INSIDE)
    assert found.given == found.received == ()
    assert rules.flows(carried, INSIDE) == []


def test_what_was_undone_is_no_figure() -> None:
    undone = [_sum("transfer", BAKERY, SHOP, BREAD, amount) for amount in ("3 kg", "-3 kg")]
    assert rules.figures_of_group(undone, INSIDE).given == ()


def test_units_are_never_added_to_one_another() -> None:
    found = rules.by_unit(rules.amounts(SUMS[2:7]))
    assert {str(each) for each in found} == {"3.6 kilogram", "9 one"}


def test_flows_name_the_partner_outside_and_leave_out_what_was_taken_back() -> None:
    undone = [_sum("transfer", SHOP, BAKERY, FLOUR, "2 kg"), _sum("transfer", SHOP, BAKERY, FLOUR, "-2 kg")]
    found = rules.flows([*SUMS, *undone], INSIDE)
    assert {(each.provider, each.receiver, each.kind) for each in found} == {
        (BAKERY, SHOP, BREAD),
        (SHOP, BAKERY, EURO),
    }
    assert rules.units_of(found) == ["kilogram", "one"]


def test_hours_fall_into_their_weeks_by_who_worked_or_for_whom() -> None:
    monday = date(2026, 11, 16)
    sums = [
        _sum("work", ANA, BAKERY, effort="1.5 hour", day=date(2026, 11, 22)),
        _sum("work", ANA, SHOP, effort="30 minute", day=monday),
        _sum("work", ANA, BAKERY, effort="3 hour", day=date(2026, 11, 23)),
        _sum("work", BEN, BAKERY, effort="1 kg", day=monday),
    ]
    weeks = rules.weeks_until(date(2026, 11, 22), 2)
    assert weeks == [date(2026, 11, 9), monday]
    assert rules.hours_by_week(sums, weeks, of_person=False) == {ANA: {monday: Decimal(2)}}
    assert rules.hours_by_week(sums, weeks, of_person=True) == {
        BAKERY: {monday: Decimal("1.5")},
        SHOP: {monday: Decimal("0.5")},
    }


def test_strands_join_those_between_whom_something_went() -> None:
    assert rules.strands(SUMS, {})[BAKERY, SHOP].count == 2
    assert rules.strands(SUMS, {})[ANA, BAKERY].hours == Decimal("1.5")
    by_group = rules.strands(SUMS, {ANA: BAKERY, OVEN_GROUP: BAKERY})
    assert set(by_group) == {(BEN, BAKERY), (BAKERY, SHOP), (SHOP, BAKERY)}
