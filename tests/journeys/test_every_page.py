"""Every page there is a way to: readable for everybody, on a phone and a laptop, light and dark, and asking nobody outside."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.base import AXE_FILE_PATH

from tests.journeys.browser import HEIGHT, NARROW, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.journeys.browser import Person
    from tests.journeys.conftest import Served

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The theme changes nothing but colours.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
LOOK = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)\d+(?=/|$)")
# What is saved or shown by another program is no page; leaving would end the walk.
NO_PAGES = re.compile(r"\.(csv|json|jsonld|parquet|png|svg|txt)$|/graphql|/leave|/logout|/export$|/media/|/static/|/enter/")
LINKS = "[...document.querySelectorAll('a[href]')].filter(a => !a.hasAttribute('download')).map(a => a.href)"
# Sideways scrolling of the whole page, whatever scrolls inside it.
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
PAGES_MAX = 250


def shape_of(address: str) -> str:
    """Return the address with every identifier left out: two jars of jam are shown by one page."""
    return IDENTIFIER.sub("*", urlsplit(address).path)


def pages_from(person: Person, start: str) -> Iterator[str]:
    """Yield one address of every page that links lead to from `start`; the person stands there."""
    waiting = deque([person.address + start])
    known = {shape_of(start)}
    while waiting:
        address = waiting.popleft()
        answer = person.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"A link leads to {address}, which answers {answer.status}."
        yield address
        for link in person.page.evaluate(LINKS):
            place = urljoin(address, link).partition("#")[0]
            shape = shape_of(place)
            if place.startswith(person.address + "/") and shape not in known and not NO_PAGES.search(shape):
                known.add(shape)
                waiting.append(place)
        assert len(known) <= PAGES_MAX, "So many pages cannot be meant: an address may hold an identifier of a new form."


def faults_of(page: Page) -> Iterator[str]:
    """Yield what is wrong with the page that is shown, in both widths and themes."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            seen = f"{width} {theme}"
            over = page.evaluate(OVERFLOW)
            if over > 0:
                yield f"{seen}: {over} pixels too wide"
            for violation in page.evaluate(LOOK, RULES if theme == "light" else OF_COLOURS):
                yield f"{seen}: {_told(violation)}"


def _told(violation: dict[str, Any]) -> str:
    node = violation["nodes"][0]
    return f"{violation['id']} ({violation['help']}), {len(violation['nodes'])} times, as in {node['html'][:150]}"


def test_axe_finds_nothing_on_any_page_of_a_coordinator(somebody: Callable[..., Person], demo: Served):
    person = somebody()
    person.page.add_init_script(path=AXE_FILE_PATH)
    person.page.goto(demo.link)
    faults = {address: found for address in pages_from(person, "/") if (found := list(faults_of(person.page)))}
    assert faults == {}
