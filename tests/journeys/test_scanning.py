"""T12: ten things are picked by ten scans, without leaving the page; and what a scanner gets for a code of another house."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.journeys.browser import NARROW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.browser import Person
    from tests.journeys.conftest import Served

LINES = 10
SECONDS_A_LINE = 4
THINGS = (
    "[...document.querySelectorAll('main a[href^=\"/economic-resource/\"]')].map(link => link.getAttribute('href'))"
)


def test_ten_things_are_picked_by_ten_scans_on_one_page(somebody: Callable[..., Person], demo: Served):
    rosa = somebody("Rosa Bianchi", width=NARROW)
    rosa.goes("/things/?view=table")
    things = list(dict.fromkeys(rosa.page.evaluate(THINGS)))[:LINES]
    assert len(things) == LINES
    rosa.goes("/things/scan?" + urlencode([("mode", "pick"), *(("of", each.rpartition("/")[2]) for each in things)]))
    rosa.page.locator("#code:focus").wait_for()
    rosa.starts_counting()
    house = demo.label_of(" J-26-").partition("/economic-resource/")[0]
    began = time.monotonic()
    for left, thing in enumerate(reversed(things)):
        # A hand scanner types the address on the label, and Enter.
        rosa.page.keyboard.type(f"{house}{thing}/passport")
        rosa.page.keyboard.press("Enter")
        rosa.page.locator(".is-picked").nth(left).wait_for()
        rosa.page.locator("#code:focus").wait_for()
    took = time.monotonic() - began
    assert "All picked" in rosa.reads()
    assert rosa.pages == 0
    assert rosa.taps == 0
    assert took / LINES <= SECONDS_A_LINE


def test_a_code_of_another_house_gets_a_sentence_and_the_scanner_goes_on(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi", width=NARROW)
    rosa.goes("/things/scan")
    rosa.page.locator("#code:focus").wait_for()
    rosa.page.keyboard.type("https://elsewhere.example/4006381333931")
    rosa.page.keyboard.press("Enter")
    said = rosa.page.get_by_role("alert")
    assert "means nothing here" in said.inner_text()
    assert said.get_by_role("link", name="Search for it").is_visible()
    rosa.page.locator("#code:focus").wait_for()
    assert rosa.page.locator("#code").input_value() == ""
