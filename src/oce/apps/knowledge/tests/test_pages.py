"""The catalogue in a browser: kinds by their tags, kinds of work, units."""

from __future__ import annotations

import pytest
from django.test import Client

from oce.apps.knowledge import queries
from oce.kit.testing.factories import ACTOR, kind, make, stage, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf() -> None:
    food = make("classification", name="Food", term="food")
    make("classification", name="Bread", term="bread", broader=food)
    kind("Rye loaf", resource_classified_as=["bread", "organic"])
    kind("Apples", resource_classified_as=["food"])
    kind("Drill", resource_classified_as=["tool"])


def _names(found: queries.Catalogue) -> list[str]:
    return [str(each) for each in found.first(10)]


@pytest.mark.usefixtures("shelf")
def test_a_tag_holds_what_stands_under_it_too() -> None:
    assert _names(queries.catalogue(ACTOR, "", "food")) == ["Apples", "Rye loaf"]
    assert _names(queries.catalogue(ACTOR, "", "bread")) == ["Rye loaf"]
    assert _names(queries.catalogue(ACTOR, "APP", "food")) == ["Apples"]


@pytest.mark.usefixtures("shelf")
def test_tags_are_counted_with_those_under_them_and_unordered_ones_apart() -> None:
    found = queries.catalogue(ACTOR, "", "")
    (food,) = found.branches
    assert (food.count, food.narrower[0].count, found.all_count) == (2, 1, 3)
    assert found.others == [("organic", 1), ("tool", 1)]


@pytest.mark.usefixtures("shelf")
def test_the_catalogue_shows_the_tree_beside_the_kinds(browser: Client) -> None:
    page = browser.get("/knowledge/?tag=food").content.decode()
    assert "Rye loaf" in page
    assert "Drill" not in page
    assert 'href="?tag=bread"' in page
    assert "No kind fits" in browser.get("/knowledge/?tag=food&q=drill").content.decode()


def test_an_empty_catalogue_says_how_to_begin(browser: Client) -> None:
    assert "Write down the first kind" in browser.get("/knowledge/").content.decode()


def test_kinds_of_work_and_units_have_their_parts(browser: Client) -> None:
    stage("Milling")
    unit("loaf", label="Loaf")
    assert "Milling" in browser.get("/knowledge/work").content.decode()
    page = browser.get("/knowledge/units").content.decode()
    assert "Loaf" in page
    assert "1 t = 1,000 kg" in page
    assert "1 h = 60 min" in page


def test_the_page_of_a_kind_leads_to_its_tags_and_shows_its_unit(browser: Client) -> None:
    rye = kind("Rye", resource_classified_as=["grain"])
    page = browser.get(f"/resource-specification/{rye.uid}").content.decode()
    assert 'href="/knowledge/?tag=grain"' in page
    assert "counted in kg" in page
