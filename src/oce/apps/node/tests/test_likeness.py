"""Words that are one word written twice look alike; words that only share letters do not."""

from __future__ import annotations

import pytest

from oce.apps.node.rules.likeness import alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Flour", "flour"),
        ("Café filter", "cafe filters"),
        ("Rye flour", "flour, rye"),
        ("Cherries", "cherry"),
        ("Strawberry jam", "Strawbery jam"),
        ("Baking", "Bakinq"),
    ],
)
def test_these_are_one_word_written_twice(one, other):
    assert alike([(1, one), (2, other)]) == [[1, 2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("rye", "dye"), ("Size 41", "Size 42"), ("Flour 550", "Flour 1050"), ("Apples", "Apple juice"), ("", "")],
)
def test_these_are_two(one, other):
    assert alike([(1, one), (2, other)]) == []


def test_what_is_like_the_same_word_stands_together():
    names = ["Baking", "Milling", "baking", "Bakeing", "milling "]
    assert alike(list(enumerate(names))) == [[0, 2, 3], [1, 4]]
