"""The rules of people and groups, without a database."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.agents import rules
from oce.kit.testing.notation import moment


def codes(refusals) -> list[str]:
    return [each.code for each in refusals]


@pytest.mark.parametrize(
    ("lat", "long", "expected"),
    [
        (None, None, []),
        ("90", "-180", []),
        ("-90", "180", []),
        ("90.000000000000000001", "0", ["agents.off_the_earth"]),
        ("-91", "181", ["agents.off_the_earth", "agents.off_the_earth"]),
    ],
)
def test_a_point_lies_on_the_earth(lat, long, expected):
    degrees = [None if each is None else Decimal(each) for each in (lat, long)]
    assert codes(rules.refuse_off_the_earth(*degrees)) == expected


@pytest.mark.parametrize(
    ("lat", "long", "field"), [(Decimal(1), None, "long"), (None, Decimal(1), "lat"), (Decimal(0), Decimal(0), None)]
)
def test_a_point_has_two_coordinates_or_none(lat, long, field):
    assert [each.field for each in rules.refuse_half_point(lat, long)] == ([field] if field else [])


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        ("2026-01-01", "2026-01-02", []),
        ("2026-01-01", None, []),
        (None, "2026-01-01", []),
        ("2026-01-01", "2026-01-01", ["agents.ends_before_it_begins"]),
        ("2026-01-02", "2026-01-01", ["agents.ends_before_it_begins"]),
    ],
)
def test_a_relationship_ends_after_it_began(begins, ends, expected):
    found = rules.refuse_backwards(begins and moment(begins), ends and moment(ends))
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("kind_of_role", "subject", "other", "expected"),
    [
        ("member", "Person", "Organization", []),
        ("member", "Organization", "Organization", []),
        ("member", "Person", "Person", ["agents.person_is_no_group"]),
        ("part_of", "Organization", "Person", ["agents.person_is_no_group"]),
        ("part_of", "Person", "Organization", ["agents.person_is_no_part"]),
        ("part_of", "Organization", "EcologicalAgent", []),
        ("steward", "Person", "EcologicalAgent", []),
        ("supplier", "Person", "Person", []),
        ("custom", "Person", "Person", []),
    ],
)
def test_a_person_has_no_members_and_is_no_part(kind_of_role, subject, other, expected):
    assert codes(rules.refuse_person_as_group(kind_of_role, subject, other)) == expected


def test_nobody_is_related_to_oneself():
    assert codes(rules.refuse_oneself("Ana", "Ana")) == ["agents.related_to_itself"]
    assert rules.refuse_oneself("Ana", "Ben") == []


@pytest.mark.parametrize(
    ("place", "larger", "above", "expected"),
    [
        ("barn", "farm", [], []),
        ("barn", "farm", ["valley"], []),
        ("barn", "barn", [], ["agents.circle_of_places"]),
        ("farm", "barn", ["stable", "farm"], ["agents.circle_of_places"]),
    ],
)
def test_a_place_does_not_lie_within_itself(place, larger, above, expected):
    assert codes(rules.refuse_circle_of_places(place, larger, above)) == expected


def test_only_being_part_of_each_other_is_a_circle():
    assert codes(rules.refuse_circle_of_groups("part_of", "A", "B", ["C", "A"])) == ["agents.circle_of_groups"]
    assert rules.refuse_circle_of_groups("supplier", "A", "B", ["C", "A"]) == []


def test_a_refusal_names_the_thing_and_the_way_out():
    (refusal,) = rules.refuse_repetition("Ana", "is a member of", "Bakery", is_known=True)
    assert refusal.message == (
        "That Ana is a member of Bakery is already written down for this time. Change its dates instead."
    )
