"""What people do that nobody planned: press twice, go back, come back too late, work in two tabs, bring what does not fit."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.browser import Person

LENGTH = 10_000
WITH_SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
# What differs in two answers that say the same: the mark against forged forms, and what was asked for.
MARKS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')


def logs(person: Person, what: str, *, hours: str = "1") -> None:
    """Fill the sheet, and leave it at that."""
    person.goes("/log")
    person.types("[aria-label='How long']", hours)
    person.types("#what", what)


def entries_of(person: Person, what: str) -> int:
    """Return how often the ledger of today tells of it."""
    person.goes("/")
    return person.page.locator(".feed li", has_text=what).count()


def test_a_double_click_logs_once(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    logs(rosa, "Pressing twice")
    rosa.page.get_by_role("button", name="Save").dblclick()
    rosa.hears("Logged:")
    assert entries_of(rosa, "Pressing twice") == 1


def test_who_goes_back_and_saves_again_has_logged_once(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    logs(rosa, "Going back")
    rosa.taps_on_words("button", "Save")
    rosa.hears("Logged:")
    rosa.page.go_back(wait_until="commit")
    rosa.taps_on_words("button", "Save")
    rosa.hears("Logged:")
    assert entries_of(rosa, "Going back") == 1


def test_who_goes_back_and_writes_something_else_is_told_and_loses_nothing(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    logs(rosa, "Writing over it")
    rosa.taps_on_words("button", "Save")
    rosa.hears("Logged:")
    rosa.page.go_back(wait_until="commit")
    rosa.types("#what", "Something else")
    rosa.taps_on_words("button", "Save")
    rosa.page.get_by_role("alert").first.wait_for()
    assert rosa.page.locator("#what").input_value() == "Something else"
    rosa.taps_on_words("button", "Save")
    rosa.hears("Logged:")
    assert entries_of(rosa, "Writing over it") == 1
    assert entries_of(rosa, "Something else") == 1


def test_what_was_typed_outlives_a_sign_in_that_ran_out(somebody: Callable[..., Person]):
    nikolai = somebody("Nikolai Weiss")
    logs(nikolai, "Coming back too late", hours="2.25")
    nikolai.page.context.clear_cookies(name="sessionid")
    nikolai.taps_on_words("button", "Save")
    assert "Your sign-in ran out" in nikolai.reads()
    nikolai.page.get_by_text("Sign in with an account of your own").click()
    nikolai.types("input[name=login]", "nikolai@demo.example")
    nikolai.types("input[name=password]", "alder-valley")
    nikolai.page.locator("input[name=password]").press("Enter")
    nikolai.page.wait_for_url("**/enter/resume**")
    nikolai.taps_on("main form button")
    nikolai.page.locator("form#log").wait_for()
    assert nikolai.page.locator("#what").input_value() == "Coming back too late"
    assert nikolai.page.locator("[aria-label='How long']").input_value() == "2.25"
    nikolai.taps_on_words("button", "Save")
    nikolai.hears("Logged:")
    assert entries_of(nikolai, "Coming back too late") == 1


def test_of_two_tabs_that_change_one_entry_the_second_is_told(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    logs(rosa, "Two tabs")
    rosa.taps_on_words("button", "Save")
    change = rosa.page.get_by_role("link", name="Change it").get_attribute("href")
    other = somebody("Rosa Bianchi")
    for tab, hours in ((rosa, "2"), (other, "3")):
        tab.goes(change)
        tab.types("[aria-label='How long']", hours)
    rosa.taps_on_words("button", "Save")
    rosa.hears("Logged:")
    other.taps_on_words("button", "Save")
    assert other.page.get_by_role("alert").first.inner_text()
    assert other.page.locator("[aria-label='How long']").input_value() == "3"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [("barn.png", "image/png", "million"), ("logo.svg", "image/svg+xml", ""), ("logo.jpg", "image/jpeg", "")],
)
def test_a_photo_that_does_not_fit_is_refused_and_the_rest_stays(
    somebody: Callable[..., Person], name: str, kind: str, said: str
):
    rosa = somebody("Rosa Bianchi")
    rosa.goes("/things/receive")
    rosa.types("input[name=name]", "A picture of the barn")
    photo = eighty_million_points() if kind == "image/png" else WITH_SCRIPT
    rosa.page.locator("input[type=file]").first.set_input_files({"name": name, "mimeType": kind, "buffer": photo})
    rosa.taps_on_words("button", re.compile("^Put it in$"))
    faults = rosa.page.locator("[role=alert], .fault")
    faults.first.wait_for()
    assert said in " ".join(faults.all_inner_texts())
    assert rosa.page.locator("input[name=name]").input_value() == "A picture of the barn"


def test_a_name_of_ten_thousand_characters_is_refused_and_kept(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi")
    rosa.goes("/things/receive")
    rosa.types("input[name=name]", "x" * LENGTH)
    rosa.taps_on_words("button", re.compile("^Put it in$"))
    rosa.page.locator("[role=alert], .fault").first.wait_for()
    assert rosa.page.locator("input[name=name]").input_value() == "x" * LENGTH
    assert rosa.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_one_may_not_see_answers_like_what_is_not_there(somebody: Callable[..., Person]):
    theresa, lena = somebody("Theresa Maier"), somebody("Lena Hofer")
    theresa.goes("/economic-event/?q=&visibility=group")
    hidden = theresa.page.locator("main a[href^='/economic-event/0']").first.get_attribute("href")
    missing = "/economic-event/01a20000-0000-7000-8000-000000000000"
    assert theresa.page.goto(hidden).status == 200
    unseen, nothing = (lena.page.context.request.get(each) for each in (hidden, missing))
    assert (unseen.status, nothing.status) == (404, 404)
    assert MARKS.sub("", unseen.text()) == MARKS.sub("", nothing.text())


def eighty_million_points() -> bytes:
    """Return a small file that would be a picture of 80 megapixels."""
    file = io.BytesIO()
    Image.new("1", (10_000, 8_000)).save(file, "PNG")
    return file.getvalue()
