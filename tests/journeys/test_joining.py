"""J1, T14, T15: from a poster to the first hour that is logged, and a request that is answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.journeys.browser import NARROW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.browser import Person

MINUTE = 60
PASSWORD = "quiet river willow"


def invited_by(coordinator: Person) -> str:
    """Return where the poster leads that a coordinator makes for one person."""
    coordinator.goes("/members/invitations")
    coordinator.taps_on_words("button", "Make the link and the poster")
    return urlsplit(coordinator.page.locator("#link").input_value()).path


def test_a_stranger_comes_by_a_poster_and_logs_their_first_hour(somebody: Callable[..., Person]):
    place = invited_by(somebody("Ana Ruiz"))
    mira = somebody(width=NARROW)
    mira.goes(place)
    assert "Hearth Bakery" in mira.reads()
    mira.starts_counting()
    mira.types("input[name=name]", "Mira Lind")
    mira.types("input[name=email]", "mira@journeys.example")
    mira.types("input[name=password1]", PASSWORD)
    mira.taps_on_words("button", "Come in")
    assert mira.fields <= 5
    assert "Welcome to Hearth Bakery!" in mira.reads()
    mira.goes("/")
    mira.taps_on_words("link", "Say what you can do")
    mira.types("textarea[name=note]", "Baking, accounts")
    mira.taps_on_words("button", "Save")
    mira.taps_on_words("link", "Log")
    mira.taps_on("label.chip:has-text('1 h')")
    mira.types("#what", "Learning to shape loaves")
    mira.taps_on_words("button", "Save")
    mira.hears("Logged: Mira Lind worked 1 h")
    assert mira.seconds <= 5 * MINUTE

    late = somebody(width=NARROW)
    late.goes(place)
    assert "Hearth Bakery" not in late.page.locator("main").inner_text()
    assert late.page.get_by_role("alert").inner_text()
    assert late.page.locator("main a").count()


def test_a_request_to_join_is_accepted_by_two_presses(somebody: Callable[..., Person]):
    theresa = somebody("Theresa Maier", width=NARROW)
    theresa.goes("/")
    theresa.starts_counting()
    theresa.taps_on_words("link", re.compile("to join"))
    accepting = theresa.page.locator("article", has_text="Lena Hofer").get_by_role("button", name="Accept")
    theresa.taps_on(accepting)
    theresa.hears("Lena Hofer")
    assert theresa.taps <= 2
    lena = somebody("Lena Hofer", width=NARROW)
    lena.goes("/members/groups")
    assert "Accepted" in lena.page.locator("main li", has_text="Brook Garden").inner_text()
