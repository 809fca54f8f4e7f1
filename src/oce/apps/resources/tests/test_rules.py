"""What is forbidden about resources, case by case."""

from __future__ import annotations

import pytest

from oce.apps.resources.rules import refuse_change_of_nature, refuse_unknown_shortage


@pytest.mark.parametrize(
    ("was_digital", "is_digital", "is_contained", "codes"),
    [
        (False, False, True, []),
        (True, True, True, []),
        (False, True, False, []),
        (True, False, False, []),
        (False, True, True, ["resources.is_contained"]),
        (True, False, True, ["resources.is_contained"]),
    ],
)
def test_what_lies_in_something_stays_a_thing_or_a_file(was_digital, is_digital, is_contained, codes):
    found = refuse_change_of_nature(was_digital=was_digital, is_digital=is_digital, is_contained=is_contained)
    assert [each.code for each in found] == codes


def test_a_policy_is_one_of_those_the_house_knows():
    assert refuse_unknown_shortage("warn", ["warn", "refuse"]) == []
    refusal = refuse_unknown_shortage("pray", ["warn", "refuse"])[0]
    assert refusal.code == "resources.unknown_policy"
    assert refusal.message == "There is no policy “pray” for shortages. Choose one of these: warn, refuse."
