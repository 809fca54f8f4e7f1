"""The journal answers who did what, when and to which record: on the page, as a table, and to programs."""

from __future__ import annotations

import csv
import io

import pytest

from oce.kit.clock import standing_at
from oce.kit.testing.actors import actor_of
from oce.kit.testing.asking import ask, codes
from oce.kit.testing.factories import agreement, organization, person
from oce.kit.testing.notation import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """An agreement of one day, and a group of the next."""
    with standing_at(moment("2026-11-01 10:00")):
        deal = agreement("Flour for bread")
    with standing_at(moment("2026-11-02 10:00")):
        organization("Bakery")
    return deal


def test_a_search_narrows_by_all_that_it_says(browser, told):
    for asked, has_deal, has_group in (
        ("who=tes", True, True),
        ("who=nobody", False, False),
        ("what=agreements.make_agreement", True, False),
        ("since=2026-11-02", False, True),
        ("until=2026-11-01", True, False),
        (f"record={told.address}", True, False),
    ):
        page = browser.get(f"/journal/?{asked}").content.decode()
        assert ("Flour for bread" in page, "wrote down Bakery" in page) == (has_deal, has_group), asked


def test_what_cannot_be_understood_is_said(browser, told):
    for asked, said in (("since=yesterday", "is not a day"), ("record=bread", "is no address of a record")):
        answered = browser.get(f"/journal/?{asked}")
        assert (answered.status_code, said in answered.content.decode()) == (422, True)
    assert codes('{ journal(since: "0001-01-01") { id } }') == ["kit.journal_day"]
    assert codes('{ journal(record: "bread") { id } }') == ["kit.journal_record"]


def test_the_lines_are_taken_along_as_a_table(browser, told):
    rows = list(csv.DictReader(io.StringIO(browser.get("/journal/?format=csv&until=2026-11-01").content.decode())))
    (row,) = rows
    assert (row["who"], row["command"], row["records"]) == ("tests", "agreements.make_agreement", told.address)


def test_a_page_goes_on_where_the_last_one_ended_and_keeps_the_search(browser, told, settings):
    settings.OCE_PAGE_SIZE = 1
    page = browser.get("/journal/?who=tests").content.decode()
    link = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "who=tests" in link
    assert "Flour for bread" in browser.get(f"/journal/{link}").content.decode()


def test_programs_search_it_too_and_others_see_their_own_lines(told):
    lines = ask('{ journal(what: "agreements.make_agreement") { id who sentence subjects } }')["journal"]
    assert [line["subjects"] for line in lines] == [[told.address]]
    asked = "query ($before: String) { journal(before: $before) { id } }"
    assert ask(asked, before=lines[0]["id"])["journal"] == []
    assert ask("{ journal { id } }", actor=actor_of(person()))["journal"] == []
