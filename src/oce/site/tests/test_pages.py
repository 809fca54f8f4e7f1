"""The plain pages of every record class, seen by a stranger and by the operator."""

from __future__ import annotations

import re
from html import unescape

import pytest

from oce.apps.agents.models import Agent
from oce.apps.knowledge.models import Unit
from oce.apps.processes.models import Process
from oce.kit.journal import JournalLine
from oce.kit.pages.forms import in_words_of_a_form
from oce.kit.pages.navigation import list_url, record_url
from oce.kit.records import record_models
from oce.kit.testing import factories
from oce.vf.refusals import Refusal

from .reading import flat, inputs, uid_made, words

MODELS = list(record_models())
every_class = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.kind())


@every_class
def test_a_stranger_is_asked_to_sign_in_and_brought_back(client, db, model) -> None:
    response = client.get(list_url(model))
    assert response.status_code == 302
    assert response.headers["Location"] == f"/enter?next=%2F{model.kind()}%2F"


@every_class
def test_the_empty_list_says_so(browser, model) -> None:
    if model.every().exists():  # what a migration wrote down
        model.every().delete()
    response = browser.get(list_url(model))
    assert response.status_code == 200
    assert "nothing is written down yet" in words(response)


def test_a_form_sent_twice_writes_one_record_and_one_journal_line(browser) -> None:
    key = inputs(browser.get("/agent/new"))["_key"][0]
    sent = {"_key": key, "name": "Ana", "agentClass": "Person"}
    first, again = browser.post("/agent/new", sent), browser.post("/agent/new", sent)
    assert first.headers["Location"] == again.headers["Location"]
    assert Agent.every().filter(name="Ana").count() == 1
    assert JournalLine.objects.filter(command="agents.make_agent").count() == 1


def test_a_saved_form_sent_with_other_words_asks_before_it_writes_again(browser) -> None:
    sent = {"_key": inputs(browser.get("/agent/new"))["_key"][0], "name": "Ana", "agentClass": "Person"}
    browser.post("/agent/new", sent)
    response = browser.post("/agent/new", sent | {"name": "Ben"})
    assert response.status_code == 409
    assert "This form was saved before" in words(response)
    assert in_words_of_a_form([Refusal("kit.key_reused", "")])[0].code == "pages.saved_already"
    assert inputs(response)["_key"][0] != sent["_key"]
    assert browser.post("/agent/new", sent | {"name": "Ben", "_key": inputs(response)["_key"][0]}).status_code == 302
    assert Agent.every().filter(name="Ben").exists()


def test_moments_are_read_and_shown_by_the_clock_of_the_viewer(browser) -> None:
    browser.post("/preferences", {"zone": "Asia/Tokyo", "theme": "dark"})
    sent = {"name": "Bake", "hasBeginning": "2026-11-23T09:00"}
    made = Process.objects.get(uid=uid_made(browser.post("/process/new", sent)))
    assert made.has_beginning.isoformat() == "2026-11-23T00:00:00+00:00"
    page = browser.get(record_url(made)).content.decode()
    assert "23 Nov 2026, 09:00" in page
    assert 'data-theme="dark"' in page
    assert "Asia/Tokyo" in browser.get(f"{record_url(made)}/edit").content.decode()


def test_a_script_in_a_note_is_shown_and_not_run(browser) -> None:
    script = "<script>alert('Ana')</script>"
    ana = factories.person(
        script, note=script + "\n<img src=x onerror=alert(1)>", classified_as=["javascript:alert(1)"]
    )
    for address in (
        list_url(Agent),
        record_url(ana),
        f"{record_url(ana)}/edit",
        f"{record_url(ana)}/delete",
        "/journal/",
        "/",
    ):
        response = browser.get(address)
        page = response.content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert 'href="javascript:' not in page, address
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert script in text_of_entities(browser.get(record_url(ana)))


def text_of_entities(response) -> str:
    return unescape(response.content.decode())


def test_a_list_is_searched_filtered_and_sorted_by_its_address(browser) -> None:
    mill = factories.place("Mill")
    factories.person("Ana", primary_location=mill)
    factories.person("Ben", note="knows ana")
    factories.organization("Cooperative")
    assert _names(browser, "/agent/?q=ana") == ["Ben", "Ana"]
    assert _names(browser, f"/agent/?primaryLocation={mill.uid}") == ["Ana"]
    assert _names(browser, "/agent/?agentClass=Organization") == ["Cooperative"]
    assert _names(browser, "/agent/?sort=name") == ["Ana", "Ben", "Cooperative"]
    assert _names(browser, "/agent/?sort=-name") == ["Cooperative", "Ben", "Ana"]
    assert _names(browser, "/agent/?sort=name&page=99") == ["Ana", "Ben", "Cooperative"]
    assert "Nothing fits the search" in words(browser.get("/agent/?q=nobody"))


def _names(browser, address: str) -> list[str]:
    page = flat(browser.get(address))
    return re.findall(r'<td[^>]*><a class="to agent" href="[^"]+">([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("asked", "code", "sentence"),
    [
        ("page=zzz", "pages.no_page", "zzz is not the number of a page."),
        ("page=-1", "pages.no_page", "-1 is not the number of a page."),
        ("sort=zzz", "pages.not_sortable", "This list cannot be sorted by zzz. Choose one of name"),
        ("sort=--name", "pages.not_sortable", "This list cannot be sorted by --name."),
        ("agentClass=Robot", "pages.no_such_value", "Choose one of Person, Organization"),
    ],
)
def test_what_an_address_asks_in_vain_is_said_to_people_and_programs(browser, asked, code, sentence) -> None:
    factories.person("Ana")
    response = browser.get(f"/agent/?{asked}")
    assert response.status_code == 422
    assert sentence in words(response)
    for way in (f"/agent/?{asked}&format=jsonld", f"/agent/?{asked}&format=csv"):
        told = browser.get(way, headers={"Accept": "application/json"})
        assert (told.status_code, [error["code"] for error in told.json()["errors"]]) == (422, [code])


def test_a_filter_by_yes_or_no_takes_nothing_else(browser) -> None:
    assert browser.get("/resource-specification/?substitutable=yes").status_code == 200
    response = browser.get("/resource-specification/?substitutable=perhaps")
    assert response.status_code == 422
    assert "is never perhaps. Choose one of yes, no" in words(response)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("after=zzz", "jsonld.no_place"),
        ("after=0190a7c0-0000-7000-8000-000000000000", "jsonld.no_place"),
        ("limit=zzz", "jsonld.no_page_size"),
        ("limit=-1", "jsonld.no_page_size"),
        ("limit=00", "jsonld.no_page_size"),
    ],
)
def test_a_collection_is_not_begun_anew_where_its_address_is_wrong(browser, asked, code) -> None:
    told = browser.get(f"/agent/?{asked}", headers={"Accept": "application/ld+json"})
    assert (told.status_code, [error["code"] for error in told.json()["errors"]]) == (422, [code])


def test_a_collection_takes_any_number_as_its_page_size(browser) -> None:
    factories.person("Ana")
    for limit in ("1", "9" * 9, "9" * 5_000):
        told = browser.get(f"/agent/?limit={limit}", headers={"Accept": "application/ld+json"})
        assert told.json()["hydra:member"]


@pytest.mark.parametrize("accept", ["application/xml", "text/turtle", "image/png, text/csv;q=0.5"])
def test_who_accepts_nothing_that_there_is_is_told_what_there_is(browser, accept) -> None:
    for address in ("/agent/", record_url(factories.person("Ana"))):
        told = browser.get(address, headers={"Accept": accept})
        assert (told.status_code, told.json()["errors"][0]["code"]) == (406, "jsonld.not_acceptable")
        assert "text/html, application/ld+json, application/json" in told.json()["errors"][0]["message"]
    table = browser.get("/agent/?format=csv", headers={"Accept": "text/csv"})
    assert "Ana" in b"".join(table.streaming_content).decode()
    assert browser.get("/agent/", headers={"Accept": f"{accept}, */*;q=0.1"}).status_code == 200


def test_a_span_of_days_is_taken_by_the_clock_of_the_viewer(browser) -> None:
    browser.post("/preferences", {"zone": "Asia/Tokyo"})
    for name, begins in (("early", "2026-11-23T00:30"), ("late", "2026-11-23T23:30"), ("next", "2026-11-24T00:00")):
        browser.post("/process/new", {"name": name, "hasBeginning": begins})
    page = flat(browser.get("/process/?hasBeginning.from=2026-11-23&hasBeginning.until=2026-11-23"))
    assert re.findall(r'<a class="to process" href="[^"]+">([^<]+)</a>', page) == ["late", "early"]


def test_lists_are_turned_page_by_page(browser, settings) -> None:
    settings.OCE_PAGE_SIZE = 2
    for number in range(5):
        factories.person(f"P{number}")
    assert _names(browser, "/agent/?page=1&sort=name") == ["P0", "P1"]
    assert _names(browser, "/agent/?page=3&sort=name") == ["P4"]
    page = browser.get("/agent/?page=2&sort=name").content.decode()
    assert "page=1" in page
    assert "page=3" in page
    assert "Page 2 of 3" in page


def test_a_very_long_list_is_counted_and_turned_only_so_far(browser, monkeypatch) -> None:
    monkeypatch.setattr("oce.kit.pages.listing.MATCHES_MAX", 3)
    for number in range(5):
        factories.person(f"P{number}")
    page = words(browser.get("/agent/?sort=name"))
    assert "can be turned page by page" in page
    assert _names(browser, "/agent/?sort=name")[0] == "P4"


def test_a_list_is_saved_as_a_table_in_which_nothing_runs(browser) -> None:
    factories.person("=cmd()", note='one, "two"\nthree')
    response = browser.get("/agent/?format=csv")
    table = b"".join(response.streaming_content).decode()
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.startswith("id,type,name,")
    assert "'=cmd()" in table
    assert '"one, ""two""\nthree"' in table


def test_what_points_at_a_record_is_listed_with_a_link_to_all(browser) -> None:
    barn = factories.place("Barn")
    for number in range(7):
        factories.place(f"Shelf {number}", within=barn)
    page = browser.get(record_url(barn)).content.decode()
    assert f"/spatial-thing/?within={barn.uid}" in page
    assert re.findall(r"Shelf \d", page) == ["Shelf 6", "Shelf 5", "Shelf 4", "Shelf 3", "Shelf 2"]
    assert '<span class="badge">7</span>' in page


def test_a_long_list_of_choices_is_searched_without_losing_what_was_typed(browser, monkeypatch) -> None:
    monkeypatch.setattr("oce.kit.pages.choices.OFFERED_MAX", 3)
    for number in range(6):
        factories.place(f"Barn {number}")
    farm = factories.place("The farm")
    assert "The farm" not in browser.get("/agent/new").content.decode()
    sent = {"name": "Ana", "agentClass": "Person", "_find": "primaryLocation", "primaryLocation.sought": "farm"}
    response = browser.post("/agent/new", sent)
    assert response.status_code == 200
    assert 'value="Ana"' in response.content.decode()
    assert f'<option value="{farm.uid}">The farm</option>' in response.content.decode()
    assert not Agent.every().exists()
    options = browser.get("/spatial-thing/choices?primaryLocation=&primaryLocation.sought=farm").content.decode()
    assert "The farm" in options
    assert "Barn" not in options


def test_two_people_changing_the_same_record_are_told(browser) -> None:
    ana = factories.person()
    form = browser.get(f"{record_url(ana)}/edit")
    sent = {"_revision": inputs(form)["_revision"][0], "name": "Ana"}
    assert browser.post(f"{record_url(ana)}/edit", sent | {"note": "one"}).status_code == 302
    response = browser.post(f"{record_url(ana)}/edit", sent | {"note": "two"})
    assert response.status_code == 409
    assert "two" in words(response)
    assert Agent.objects.get(pk=ana.pk).note == "one"


def test_a_record_in_use_is_not_deleted_and_one_that_is_not_is(browser) -> None:
    mill = factories.place("Mill")
    ana = factories.person("Ana", primary_location=mill)
    response = browser.post(f"{record_url(mill)}/delete", {"_revision": mill.revision_id})
    assert response.status_code == 409
    assert "is still used by" in words(response)
    assert browser.post(f"{record_url(ana)}/delete", {"_revision": ana.revision_id}).status_code == 302
    assert not Agent.every().exists()


@pytest.mark.parametrize(
    "address",
    ["/nonsense/", "/agent/0190c2a0-0000-7000-8000-000000000000", "/agent/new/", "/agent/nonsense", "/agents/"],
)
def test_an_address_of_nothing_says_so_kindly(browser, address) -> None:
    response = browser.get(address)
    assert response.status_code == 404
    assert "There is nothing here" in words(response)


def test_a_form_offers_the_units_of_this_house_first(browser) -> None:
    factories.unit("loaf")
    page = browser.get("/resource-specification/new").content.decode()
    assert page.index('<option value="loaf">') < page.index('<option value="kilogram">')
    assert Unit.every().count() == 1


def test_the_journal_is_turned_line_by_line(browser, settings) -> None:
    settings.OCE_PAGE_SIZE = 2
    for number in range(3):
        factories.person(f"P{number}")
    page = browser.get("/journal/").content.decode()
    older = re.search(r"\?before=(\d+)", page)
    assert older
    assert "P0" in browser.get(f"/journal/?before={older[1]}").content.decode()


def test_the_house_names_its_apps(browser) -> None:
    page = words(browser.get("/apps"))
    assert "People and groups" in page
    assert "EconomicResource" in page
