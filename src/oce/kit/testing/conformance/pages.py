"""The battery's questions to the pages of an app: closed to strangers, quick, whole, and in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.template.engine import Engine
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern
from django.utils.functional import Promise

from oce.kit.app import OceApp, plug
from oce.kit.commands import changer, deleter
from oce.kit.pages.navigation import list_url, record_url
from oce.kit.pages.records import new_url
from oce.kit.testing.conformance.declarations import records_of
from oce.kit.testing.samples import sample

if TYPE_CHECKING:
    from django.test import Client

QUERIES_MAX = 12

# What a template says where it is asked for something nobody gave it.
UNKNOWN = "[unknown: %s]"
UNKNOWN_SHOWN = re.compile(r"\[unknown: [^\]]*\]")

# A tag of a template may hold the sign that would end one of HTML, so the tags of templates go first.
OF_TEMPLATES = re.compile(
    r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}"
    r"|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
OF_HTML = re.compile(r"<!--.*?-->|<(script|style|code)\b.*?</\1>|<[^>]*>|&\w+;", re.DOTALL)


@pytest.mark.django_db
def test_every_page_is_closed_to_strangers(app_under_test: OceApp, client: Client) -> None:
    """Who is not signed in is sent to where that can be done."""
    for address in pages_of(app_under_test):
        assert client.get(address).status_code == 302, f"{address} shows itself to strangers."


@pytest.mark.django_db
def test_every_page_is_whole_and_costs_few_queries(
    app_under_test: OceApp, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answers with 200, shows nothing that its template does not know, and asks the database little."""
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", UNKNOWN)
    for address in pages_of(app_under_test):
        response, count = _asked(browser, address)
        if response.status_code == 405:  # a button, not a page
            continue
        assert response.status_code == 200, f"{address} answers {response.status_code}."
        if count > QUERIES_MAX:  # of a first visit, some are for what is read once and kept
            response, count = _asked(browser, address)
        assert count <= QUERIES_MAX, f"{address} asks {count} queries."
        if response.headers["Content-Type"].startswith("text/html"):
            unknown = sorted({found[0] for found in UNKNOWN_SHOWN.finditer(response.getvalue().decode())})
            assert unknown == [], f"The template of {address} names what it was not given."


def test_every_text_of_its_pages_can_be_translated(app_under_test: OceApp) -> None:
    """No template says a word outside `translate`, and no entry of the menu is a bare string."""
    pages = plug(app_under_test, "pages")
    bare = [entry.label for entry in getattr(pages, "menu", ()) if not isinstance(entry.label, Promise)]
    for path in Path(app_under_test.path).glob("templates/**/*.html"):
        bare += [f"{path.name}: {text}" for text in bare_texts(path.read_text(encoding="utf-8"))]
    assert bare == []


def _asked(browser: Client, address: str) -> tuple[Any, int]:
    """Return the answer of a page, read to its end, and how many queries it asked."""
    with CaptureQueriesContext(connection) as asked:
        response = browser.get(address)
        if response.streaming:
            response.getvalue()
    return response, len(asked)


def pages_of(app: OceApp) -> Iterator[str]:
    """Yield the address of each page of an app: those of a record of each class, of its menu, and of its urls."""
    pages = plug(app, "pages")
    for model in records_of(app):
        record = sample(model)
        own = [f"{record_url(record)}/edit"] if changer(model) else []
        own += [f"{record_url(record)}/delete"] if deleter(model) else []
        yield from filter(
            None, (list_url(model), f"{list_url(model)}choices", new_url(model), record_url(record), *own)
        )
    for model, views in getattr(pages, "views", {}).items():
        record = sample(model)
        yield from (f"{record_url(record)}/{word}" for word in views)
    menu = {entry.url for entry in getattr(pages, "menu", ())}
    urls = [each for each in getattr(pages, "urls", ()) if isinstance(each, URLPattern)]
    plain = {f"/{app.label}/{each.pattern}" for each in urls if "<" not in str(each.pattern)}
    yield from sorted(menu | plain)


def bare_texts(template: str) -> list[str]:
    """Return the words that a template says in one language only."""
    left = OF_HTML.sub("\n", OF_TEMPLATES.sub("\n", template)).splitlines()
    return [line.strip() for line in left if any(map(str.isalpha, line))]
