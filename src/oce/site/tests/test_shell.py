"""The shell around every page: where one can go, whose matters and when, what was done and can be undone, and its weight."""

from __future__ import annotations

import gzip
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import translation

from oce.kit.pages import navigation, undoing, waiting
from oce.kit.testing.factories import organization
from oce.site.tests.reading import words

pytestmark = pytest.mark.django_db

FIRST_VISIT_MAX = 150_000
FIRST_SCRIPTS_MAX = 30_000
WITH_PICTURES_MAX = 350_000
IMPORTED = re.compile(r"""(?:from|import)\s*\(?["'](\.[^"']+)["']""")


def page(browser: Client, address: str = "/") -> str:
    return browser.get(address).content.decode()


def static(name: str) -> Path:
    return Path(finders.find(name))


def weight(name: str) -> int:
    """Return the bytes of a file as they travel; letters are packed already."""
    content = static(name).read_bytes()
    return len(content) if name.endswith(".woff2") else len(gzip.compress(content, 9))


def with_imports(name: str) -> set[str]:
    """Return the names of a script and of all it imports."""
    found = {name}
    for imported in IMPORTED.findall(static(name).read_text(encoding="utf-8")):
        found |= with_imports(posixpath.normpath(posixpath.join(posixpath.dirname(name), imported)))
    return found


def test_a_first_visit_weighs_little_with_pictures_and_without(browser, capsys):
    html = page(browser)
    linked = {unquote(name) for name in re.findall(r'(?:href|src)="/static/([^"]+)"', html)}
    scripts = set().union(*(with_imports(name) for name in linked if name.endswith(".js")))
    pictures = with_imports("kit/pictures/frame.js") - scripts
    first = sum(map(weight, linked | scripts)) + len(gzip.compress(html.encode()))
    with_pictures = first + sum(map(weight, pictures))
    with capsys.disabled():
        print(  # noqa: T201 (the figure is asked for)
            f" [first visit: {first:,} bytes, of them {sum(map(weight, scripts)):,} script;"
            f" with every kind of picture: {with_pictures:,}]"
        )
    assert first <= FIRST_VISIT_MAX
    assert sum(map(weight, scripts)) <= FIRST_SCRIPTS_MAX
    assert with_pictures <= WITH_PICTURES_MAX


def test_nothing_on_a_page_comes_from_elsewhere_or_stands_inline(browser):
    html = page(browser)
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html) == []


def test_one_act_stands_in_the_middle_of_five_places_of_a_phone(browser):
    bar = page(browser).partition('<nav class="bar"')[2]
    places = re.findall(r'<a\s+(?:class="(\w+)"\s+)?href="([^"]+)"', bar.partition("</nav>")[0])
    assert len(places) == 5
    assert places[2][0] == "log"
    assert places[4][1] == "#menu"


def test_the_place_one_is_at_is_marked_with_the_section_it_lies_in(browser):
    html = page(browser, "/economic-event/")
    assert re.search(r'<a href="/economic-event/"[^>]*aria-current="true"', html)
    assert re.search(r'<a href="/economic-event/"[^>]*aria-current="page"', html)


def test_every_section_of_an_app_exists(browser):
    known = {section.name for section in navigation.SECTIONS} | {navigation.LOG, navigation.ACCOUNT}
    from oce.kit.actor import operator

    assert {entry.section for entry in navigation.entries_for(operator())} <= known


def test_the_address_says_whose_matters_and_when_and_a_cookie_remembers(browser):
    bakery = organization("Hearth Bakery")
    assert "Hearth Bakery" in words(browser.get(f"/?scope={bakery.uid}&period=2025-Q2")).partition("Skip")[2]
    again = page(browser)
    assert "Quarter 2 of 2025" in again
    assert re.search(rf'scope={bakery.uid}[^"]*" aria-current="true"', again)
    browser.get("/?scope=all&period=all")
    assert "All my groups" in page(browser)
    assert "All time" in page(browser)


@pytest.mark.parametrize("wanted", ["01920000-0000-7000-8000-000000000000", "nonsense", "x" * 5000, "%00"])
def test_a_group_one_cannot_see_is_as_if_none_were_chosen(browser, wanted):
    organization("Hearth Bakery")
    response = browser.get(f"/?scope={wanted}")
    assert response.status_code == 200
    assert re.search(r'scope=all[^"]*" aria-current="true"', response.content.decode())


def test_what_was_done_is_told_once_with_a_button_that_undoes_it(browser):
    request = browser.get("/").wsgi_request
    undoing.offer(request, "Logged: 2 h <b>", undo="/undo", sends={"event": "7"}, link=("/note", "Add a note"))
    kept = undoing.taken(request)
    assert kept == [
        {"sentence": "Logged: 2 h <b>", "undo": "/undo", "sends": {"event": "7"}, "link": ["/note", "Add a note"]}
    ]
    assert undoing.taken(request) == []


def test_no_more_than_three_things_wait_to_be_undone(browser):
    request = browser.get("/").wsgi_request
    for number in range(5):
        undoing.offer(request, str(number))
    assert [each["sentence"] for each in undoing.taken(request)] == ["2", "3", "4"]


def test_what_waits_is_counted_at_the_bell_and_nothing_is_left_out(browser, monkeypatch):
    told = [waiting.Waiting("Requests to join", "/requests", 3), waiting.Waiting("Nothing", "/nothing", 0)]
    monkeypatch.setattr(navigation, "waiting_for", lambda request: [each for each in told if each.count])
    html = page(browser)
    assert re.search(r'class="dot">3<', html)
    assert "Requests to join" in html
    assert "/nothing" not in html


def test_the_help_tells_the_keys_and_our_words_beside_those_of_the_standard(browser):
    text = words(browser.get("/help"))
    assert "Go to: Things" in text
    assert "EconomicResource" in text
    assert set(re.findall(r'data-key="([^"]+)"', page(browser))) >= {"l", "?", "g t", "g i", "g n", "g l"}


def test_a_language_written_from_the_right_turns_the_page_round(browser, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]
    browser.post("/preferences", {"language": "ar"})
    html = page(browser)
    translation.activate("en")
    assert '<html lang="ar"' in html
    assert 'dir="rtl"' in html


@pytest.mark.parametrize("sheet", ["tokens", "elements", "shell", "parts", "records"])
def test_no_style_knows_left_from_right(sheet):
    css = static(f"kit/{sheet}.css").read_text(encoding="utf-8")
    sides = r"(?:left|right)"
    assert (
        re.findall(rf"(?:margin|padding|border|inset)-{sides}|[{{;]\s*{sides}:|(?:text-align|float): {sides}", css)
        == []
    )
