"""The keyboard alone is enough: it reaches everything on the main screens, shows where it is, and finds its way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.browser import Person

SCREENS = ("/", "/log", "/things/", "/economic-event/", "/network/", "/exchange/", "/members/me/")
STEPS_MAX = 400
# What has the focus, and whether one can see that it has.
HERE = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const style = getComputedStyle(one.matches('.unseen') ? one.closest('label') ?? one : one);
    const box = one.getBoundingClientRect();
    return {
        what: one.outerHTML.slice(0, 240),
        isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none',
        isInView: box.bottom > 0 && box.top < innerHeight || one.matches('.unseen'),
    };
}"""


@pytest.mark.parametrize("screen", SCREENS)
def test_tab_shows_where_it_is_and_comes_to_the_end_of_a_screen(somebody: Callable[..., Person], screen: str):
    rosa = somebody("Rosa Bianchi")
    rosa.goes(screen)
    rosa.page.evaluate("document.activeElement.blur()")
    walked: dict[str, bool] = {}
    for _step in range(STEPS_MAX):
        rosa.page.keyboard.press("Tab")
        here = rosa.page.evaluate(HERE)
        if here is None or (len(walked) > 1 and here["what"] == next(iter(walked))):
            break
        # In a date the browser steps from the day to the month by itself, and marks the last step in its own way.
        walked[here["what"]] = walked.get(here["what"], False) or (here["isMarked"] and here["isInView"])
    else:
        pytest.fail("Tab never came to the end of the page.")
    assert [what for what, is_shown in walked.items() if not is_shown] == []
    assert 'class="skip"' in next(iter(walked))


def test_the_skip_link_leads_past_the_menu(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    rosa.goes("/things/")
    rosa.presses("Tab", "Enter")
    rosa.page.locator("main:focus").wait_for()
    rosa.presses("Tab")
    assert rosa.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_slash_searches_and_enter_finds(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    rosa.goes("/")
    rosa.presses("/")
    rosa.page.keyboard.type("apple butter")
    rosa.page.locator("header input[type=search]:focus").wait_for()
    rosa.presses("Enter")
    rosa.page.wait_for_url("**/search**")
    assert "Apple butter" in rosa.page.locator("main").inner_text()


def test_every_key_that_is_told_leads_where_it_says(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    rosa.goes("/help")
    told = rosa.page.locator("kbd").all_inner_texts()
    keyed = rosa.page.evaluate("[...document.querySelectorAll('a[data-key]')].map(one => [one.dataset.key, one.href])")
    places = dict(reversed([(key, place) for key, place in keyed if key.startswith("g ")]))
    assert places
    assert {word for key in places for word in key.split()} <= set(told) | {
        word for line in told for word in line.split()
    }
    for key, place in places.items():
        rosa.goes("/help")
        rosa.presses(*key.split())
        rosa.page.wait_for_url(re.compile(re.escape(place) + r"\??.*"))


def test_work_is_logged_by_the_keyboard_alone(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    rosa.goes("/things/")
    rosa.presses("l")
    how_long = rosa.page.get_by_role("textbox", name="How long").first
    how_long.wait_for()
    _tabs_to(rosa, "[name='events.0.effortQuantity'], [aria-label='How long']")
    rosa.page.keyboard.type("45 min")
    _tabs_to(rosa, "#what")
    rosa.page.keyboard.type("Counting jars in the cellar")
    rosa.presses("Enter")
    rosa.hears("Logged: Rosa Bianchi worked 0.75 h")
    _tabs_to(rosa, "[role=status] form button")
    rosa.presses("Enter")
    rosa.hears("It is undone")


def test_escape_closes_what_is_open_and_gives_the_focus_back(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    rosa.goes("/things/")
    _tabs_to(rosa, ".period details > summary, details.pick > summary")
    rosa.presses("Enter")
    assert rosa.page.locator("details.pick[open]").count() == 1
    rosa.presses("Escape")
    assert rosa.page.locator("details.pick[open]").count() == 0
    assert rosa.page.evaluate("document.activeElement.matches('details.pick > summary')")
    _tabs_to(rosa, "a[data-sheet]")
    rosa.presses("Enter")
    rosa.page.locator("dialog.sheet[open]").wait_for()
    assert rosa.page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    rosa.presses("Escape")
    rosa.page.locator("dialog.sheet").wait_for(state="detached")
    assert rosa.page.evaluate("document.activeElement.matches('a[data-sheet]')")


def _tabs_to(person: Person, target: str) -> None:
    """Press Tab until what the selector finds has the focus."""
    for _step in range(STEPS_MAX):
        if person.page.evaluate("target => document.activeElement.matches(target)", target):
            return
        person.page.keyboard.press("Tab")
    pytest.fail(f"Tab never came to {target}.")
