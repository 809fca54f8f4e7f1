"""The rules of the catalogue, without a database."""

from __future__ import annotations

import pytest

from oce.apps.knowledge import rules


def codes(refusals) -> list[str]:
    return [each.code for each in refusals]


@pytest.mark.parametrize(
    ("identifier", "label", "symbol", "link", "fields"),
    [
        ("loaf", "loaf of bread", "", "", []),
        ("loaf", "loaf of bread", "", "one", []),
        ("kilogram", "Kilo", "kg", "", []),
        ("one", "piece", "pcs", "", []),
        ("one", "piece", "pc", "", ["symbol"]),
        ("loaf", "loaf", "kg", "", ["symbol"]),
        ("loaf", "litre", "kg", "one", ["label", "symbol"]),
        ("kg", "loaf", "", "one", ["identifier"]),
        ("kg", "Kilo", "", "om2:kilogram", ["identifier"]),
    ],
)
def test_words_of_the_standard_keep_their_meaning(identifier, label, symbol, link, fields):
    found = rules.refuse_foreign_meaning(identifier, label, symbol, link)
    assert [each.field for each in found] == fields
    assert set(codes(found)) <= {"knowledge.unit_word_taken"}


@pytest.mark.parametrize(
    ("identifier", "expected"), [("loaf", []), ("big loaf", ["knowledge.unit_with_a_space"]), ("big-loaf", [])]
)
def test_a_short_name_is_one_word(identifier, expected):
    assert codes(rules.refuse_spaces(identifier)) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("", []),
        ("kilogram", []),
        ("http://www.ontology-of-units-of-measure.org/resource/om-2/hour", []),
        ("https://example.org/loaf", ["knowledge.unknown_standard_unit"]),
    ],
)
def test_a_unit_is_linked_to_a_standard_unit_that_exists(link, expected):
    assert codes(rules.refuse_unknown_link(link)) == expected


def test_a_used_unit_names_who_uses_it():
    (refusal,) = rules.refuse_used_unit("loaf", ["resources", "events"])
    assert refusal.message == ("Quantities of resources, events are counted in loaf. Give them another unit first.")
    assert rules.refuse_used_unit("loaf", []) == []


@pytest.mark.parametrize(
    ("tag", "broader", "above", "expected"),
    [
        ("bread", "food", [], []),
        ("food", "food", [], ["knowledge.circle_of_tags"]),
        ("food", "rye", ["bread", "food"], ["knowledge.circle_of_tags"]),
    ],
)
def test_a_tag_does_not_stand_under_itself(tag, broader, above, expected):
    assert codes(rules.refuse_circle_of_tags(tag, broader, above)) == expected
