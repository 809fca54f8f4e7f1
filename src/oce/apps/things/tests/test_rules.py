"""What is forbidden about counting, splitting and setting right."""

from __future__ import annotations

import pytest

from oce.apps.things import rules
from oce.kit.testing.notation import quantity


def codes(refusals):
    return [each.code for each in refusals]


def test_a_thing_has_a_name_and_a_note_of_some_length():
    assert codes(rules.refuse_name("  ")) == ["things.no_name"]
    assert codes(rules.refuse_name("a" * 10_000)) == ["things.name_too_long"]
    assert codes(rules.refuse_note("a" * 2_001)) == ["things.note_too_long"]
    assert rules.refuse_name("Jam") == []


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (None, ["things.no_amount"]),
        ("-1 kg", ["things.below_nothing"]),
        ("3 hour", ["things.other_unit"]),
        ("0 kg", []),
        ("3 kg", []),
    ],
)
def test_a_count_is_nothing_or_more_in_the_unit_of_the_thing(counted, expected):
    assert codes(rules.refuse_count("Flour", counted and quantity(counted), "kilogram")) == expected


def test_what_is_set_right_without_a_count_has_a_reason_and_changes_something():
    assert codes(rules.refuse_adjustment("Flour", quantity("-3 kg"), "kilogram", "spoiled")) == []
    assert codes(rules.refuse_adjustment("Flour", quantity("0 kg"), "kilogram", "spoiled")) == ["things.no_change"]
    assert codes(rules.refuse_adjustment("Flour", quantity("-3 kg"), "kilogram", " ")) == ["things.no_reason"]


def test_what_is_split_off_was_there_before():
    assert codes(rules.refuse_part("Flour", quantity("3 kg"), quantity("2 kg"))) == ["things.more_than_there_is"]
    assert codes(rules.refuse_part("Flour", quantity("3 kg"), None)) == ["things.not_counted"]
    assert codes(rules.refuse_part("Flour", quantity("3 hour"), quantity("2 kg"))) == ["things.other_unit"]
    assert codes(rules.refuse_part("Flour", quantity("2 kg"), quantity("2 kg"))) == []


def test_some_things_go_together_and_not_too_many():
    assert codes(rules.refuse_together(0)) == ["things.nothing_chosen"]
    assert codes(rules.refuse_together(rules.TOGETHER_MAX + 1)) == ["things.too_many"]
    assert rules.refuse_together(2) == []


def test_a_difference_is_exact():
    assert rules.difference(quantity("0.3 kg"), quantity("0.1 kg")) == quantity("0.2 kg")
    assert rules.difference(quantity("2 kg"), None) == quantity("2 kg")
