"""The plain pages of every record class, in a house with one record of each."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.knowledge.models import ResourceSpecification
from oce.kit import commands
from oce.kit.pages.navigation import list_url, record_url
from oce.kit.properties import RecordProperty, properties_of
from oce.kit.records import Record, record_models
from oce.kit.testing import factories

from .conftest import flour
from .reading import inputs, uid_made, words

QUERIES_MAX = 12
MODELS = list(record_models())
MAKEABLE = [model for model in MODELS if commands.creator(model)]


def needed(model: type[Record]) -> list[RecordProperty]:
    """Return what a new record cannot be without."""
    return [each for each in properties_of(model) if each.is_required and each.is_settable]


DEMANDING = [model for model in MAKEABLE if needed(model)]
every_class = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.kind())
every_makeable_class = pytest.mark.parametrize("model", MAKEABLE, ids=lambda model: model.kind())


@every_class
def test_the_list_shows_a_record_and_the_page_all_its_properties(browser, world, model) -> None:
    record = world[model]
    assert record_url(record) in browser.get(list_url(model)).content.decode()
    page = words(browser.get(record_url(record)))
    for each in properties_of(model):
        assert str(each.label).lower() in page.lower(), each.name
    assert record.address in page


@every_class
def test_every_property_says_what_the_standard_means_by_it(browser, world, model) -> None:
    page = unescape(browser.get(record_url(world[model])).content.decode())
    assert all(f'title="{each.gloss}"' in page for each in properties_of(model) if each.gloss)


@every_class
def test_a_program_gets_the_document_at_the_same_address(browser, world, model) -> None:
    response = browser.get(record_url(world[model]), headers={"Accept": "application/ld+json"})
    assert response.status_code == 200
    assert response.json()["@type"].endswith(world[model].vf_type)
    listed = browser.get(list_url(model), headers={"Accept": "application/ld+json"}).json()
    assert listed["hydra:totalItems"] == model.every().count()


@pytest.mark.parametrize("model", DEMANDING, ids=lambda model: model.kind())
def test_an_empty_form_is_refused_with_what_is_missing(browser, world, model) -> None:
    before = model.every().count()
    required = [each for each in properties_of(model) if each.is_required and each.is_settable]
    if not required:
        pytest.skip("A record of this class needs nothing.")
    response = browser.post(f"{list_url(model)}new", {})
    assert response.status_code == 422
    assert all(f"{each.label!s} is missing".lower() in words(response).lower() for each in required)
    assert model.every().count() == before


@every_makeable_class
def test_the_forms_of_change_and_deletion_are_shown(browser, world, model) -> None:
    for form in ("edit", "delete"):
        assert browser.get(f"{record_url(world[model])}/{form}").status_code == 200


@every_makeable_class
def test_a_change_that_changes_nothing_keeps_everything(browser, world, model) -> None:
    record = world[model]
    form = browser.get(f"{record_url(record)}/edit")
    assert browser.post(f"{record_url(record)}/edit", inputs(form)).status_code == 302
    after = model.every().get(pk=record.pk)
    fields = [field.attname for field in model._meta.concrete_fields if field.name != "revision"]
    before = model(**{name: getattr(record, name) for name in fields})
    assert {name: getattr(after, name) for name in fields} == {name: getattr(before, name) for name in fields}


def test_a_refused_form_comes_back_as_it_was_left(browser, world) -> None:
    sent = {
        "name": "Mill <b>house</b>",
        "note": "first line\r\n\r\nthird line",
        "lat": "52,100",
        "long": "-1.50",
        "hasDetailedGeometry": "one\r\ntwo",
        "within": str(world[SpatialThing].uid),
    }
    response = browser.post("/spatial-thing/new", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "“52,100” is not a number, or could be two." in words(response)
    for typed in (
        "Mill &lt;b&gt;house&lt;/b&gt;",
        "first line\n\nthird line",
        'value="52,100"',
        'value="-1.50"',
        "one\ntwo",
    ):
        assert typed in page
    assert f'value="{world[SpatialThing].uid}" selected' in page
    assert 'aria-invalid="true"' in page


def test_a_form_saves_every_kind_of_property_exactly(browser, world) -> None:
    sent = {
        "name": "Bread",
        "note": "two\r\nlines",
        "defaultUnitOfResource": "kg",
        "resourceClassifiedAs": "food\r\nhttps://example.org/bread\r\n",
        "mediumOfExchange": "yes",
        "substitutable": "no",
    }
    made = ResourceSpecification.objects.get(uid=uid_made(browser.post("/resource-specification/new", sent)))
    assert (made.note, made.default_unit_of_resource) == ("two\nlines", "kilogram")
    assert made.resource_classified_as == ["food", "https://example.org/bread"]
    assert (made.medium_of_exchange, made.substitutable) == (True, False)


def test_pages_have_nothing_inline_and_nothing_foreign(browser, world) -> None:
    for model in MODELS:
        for address in (list_url(model), record_url(world[model])):
            page = browser.get(address).content.decode()
            assert not re.search(r"<script(?![^>]+src=)|<style| style=| on\w+=\"", page), address
            assert not re.search(r'(?:src|href)="//|src="http', page), address


@every_class
def test_a_list_asks_the_database_the_same_few_times_for_any_number_of_rows(browser, world, model) -> None:
    few = _queries(browser, list_url(model))
    for number in range(6):
        factories.relate(factories.person(f"P{number}"), "member", factories.organization(f"O{number}"))
        factories.process(f"Bake {number}", based_on=factories.stage(f"s{number}"), in_scope_of=Agent.every().last())
        flour(f"Flour {number}", lot=f"L-{number}")
    assert _queries(browser, list_url(model)) <= min(QUERIES_MAX, few + 1)


@every_class
def test_the_page_of_a_record_asks_the_database_few_times(browser, world, model) -> None:
    assert _queries(browser, record_url(world[model])) <= QUERIES_MAX


@every_makeable_class
def test_a_form_asks_the_database_few_times(browser, world, model) -> None:
    assert _queries(browser, f"{list_url(model)}new") <= QUERIES_MAX
    assert _queries(browser, f"{record_url(world[model])}/edit") <= QUERIES_MAX


def _queries(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    return len(caught)


def test_a_filter_that_cannot_be_understood_is_said_and_shows_nothing(browser, world) -> None:
    response = browser.get("/agent/?primaryLocation=nowhere")
    assert response.status_code == 422
    assert "There is no place nowhere." in words(response)
    response = browser.get("/process/?hasBeginning.from=yesterday")
    assert "yesterday is not a day." in words(response)
    assert browser.get("/process/?hasBeginning.from=yesterday&format=csv").status_code == 422
    told = browser.get("/process/?hasBeginning.until=0001-01-01", headers={"Accept": "application/ld+json"})
    assert [error["code"] for error in told.json()["errors"]] == ["pages.not_a_day"]


def test_the_start_counts_and_the_journal_tells(browser, world) -> None:
    start = words(browser.get("/"))
    assert "What is here" in start
    journal = browser.get("/journal/").content.decode()
    assert "tests: wrote down Ana" in unescape(journal)
    assert f'href="{record_url(world[Agent])}"' in journal
