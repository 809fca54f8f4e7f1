"""The page of the search over everything."""

from __future__ import annotations

import pytest

from oce.kit.pages.navigation import record_url
from oce.kit.testing import factories

pytestmark = pytest.mark.django_db


def shown(browser, **asked):
    return browser.get("/search", asked).content.decode()


def test_what_is_found_stands_by_class_with_links(browser):
    factories.kind("Plum jam")
    makers = factories.organization("Jam Makers")
    page = shown(browser, q="jam")
    assert f'href="{record_url(makers)}">Jam Makers</a>' in page
    assert "Plum jam" in page


def test_what_is_called_just_so_is_opened_at_once(browser):
    makers = factories.organization("Jam Makers")
    for text in ("jam makers", str(makers.uid), makers.address):
        assert browser.get("/search", {"q": text}).url == record_url(makers)


def test_while_typing_it_stands_below_the_field_and_nothing_is_opened(browser):
    factories.organization("Jam Makers")
    glance = shown(browser, q="jam makers", glance="1")
    assert glance.lstrip().startswith('<div id="glance"')
    assert "Jam Makers" in glance


def test_nothing_found_says_so_and_how_to_go_on(browser):
    page = shown(browser, q="<b>zzz</b>")
    assert "&lt;b&gt;zzz&lt;/b&gt;" in page
    assert "beginning of a word" in page


def test_without_words_the_page_says_what_can_be_found(browser):
    assert "found by the beginnings" in shown(browser)


def test_a_book_is_refused_in_a_sentence(browser):
    answer = browser.get("/search", {"q": "x" * 3_000})
    assert answer.status_code == 422
    assert "is too long to be searched for" in answer.content.decode()


def test_more_than_is_shown_leads_to_the_list(browser):
    for number in range(9):
        factories.kind(f"Jam {number}")
    assert 'href="/resource-specification/?q=jam"' in shown(browser, q="jam")
    assert "Jam 0" in browser.get("/resource-specification/", {"q": "jam"}).content.decode()
