"""Questions to the catalogue."""

from __future__ import annotations

import pytest

from oce.apps.knowledge import queries
from oce.kit.testing.factories import kind, make, unit

pytestmark = pytest.mark.django_db


def test_a_unit_is_meant_by_its_short_name_before_its_symbol():
    unit("loaf", symbol="lf")
    unit("lf", label="bucket")
    assert queries.own_unit("lf").identifier == "lf"
    assert queries.own_unit("loaf").identifier == "loaf"
    assert queries.own_unit("kilogram") is None


def test_no_words_mean_no_unit_not_one_without_a_symbol():
    unit("loaf")
    assert queries.own_unit("") is None


def test_own_words_keep_what_the_standard_knows():
    kilo = queries.as_unit(unit("kilogram", label="Kilo"))
    assert (kilo.identifier, kilo.label, kilo.dimension) == ("kilogram", "Kilo", "mass")


def test_a_unit_linked_to_a_standard_one_is_not_that_one():
    loaf = queries.as_unit(unit("loaf", om_unit_identifier="one"))
    assert (loaf.identifier, loaf.expression) == ("loaf", None)


def test_it_is_known_who_counts_in_a_unit():
    unit("loaf")
    assert queries.used_by("loaf") == []
    kind("bread", unit="loaf")
    assert queries.used_by("loaf") == ["kinds of things"]


def test_the_tree_of_tags_costs_one_statement(django_assert_num_queries):
    food = make("classification", name="Food", term="food")
    bread = make("classification", name="Bread", term="bread", broader=food)
    make("classification", name="Rye bread", term="rye-bread", broader=bread)
    make("classification", name="Apples", term="apples", broader=food)
    with django_assert_num_queries(1):
        (root,) = queries.tree_of_tags()
        assert [str(branch.tag) for branch in root.narrower] == ["Apples", "Bread"]
        assert [str(branch.tag) for branch in root.narrower[1].narrower] == ["Rye bread"]
    with django_assert_num_queries(2):
        assert [str(tag) for tag in queries.tags_below(food)] == ["Bread", "Rye bread", "Apples"]
        assert [str(tag) for tag in queries.tags_above(bread)] == ["Food"]
