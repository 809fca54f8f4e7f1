"""J9, T18: from an empty machine to a group in which people work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.journeys.browser import NARROW
from tests.journeys.conftest import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.journeys.browser import Person
    from tests.journeys.conftest import Served

MINUTE = 60


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("empty"), "serve") as served:
        yield served


def test_an_empty_house_becomes_a_working_group(somebody: Callable[..., Person], empty: Served):
    edda = somebody(address=empty.address)
    edda.page.goto(empty.link)
    edda.starts_counting()
    edda.types("input[name=name]", "Lake Commons")
    edda.taps_on_words("button", "Go on")
    edda.types("input[name=name]", "Edda Storm")
    edda.types("input[name=email]", "edda@lake.example")
    edda.types("input[name=password]", "heron over the reeds")
    edda.taps_on_words("button", "Go on")
    edda.taps_on("input[name=packs]")
    edda.taps_on_words("button", "Go on")
    edda.taps_on_words("button", "Go on")
    edda.taps_on_words("button", "Not now")
    edda.taps_on_words("link", "Make the first group")
    edda.types("input[name=name]", "Lake Bakery")
    edda.types("textarea[name=note]", "Bread for the lake.")
    edda.taps_on_words("button", "Save", "main")
    group = urlsplit(edda.page.url).path
    edda.taps_on_words("link", "Invite", "main")
    edda.taps_on_words("button", "Make the link and the poster")
    link = urlsplit(edda.page.locator("#link").input_value()).path
    assert edda.seconds <= 15 * MINUTE

    finn = somebody(address=empty.address, width=NARROW)
    finn.goes(link)
    finn.types("input[name=name]", "Finn Berg")
    finn.types("input[name=email]", "finn@lake.example")
    finn.types("input[name=password1]", "ferry at first light")
    finn.taps_on_words("button", "Come in")
    finn.taps_on_words("link", re.compile("^Log$"))
    finn.taps_on("label.chip:has-text('1 h')")
    finn.types("#what", "Sweeping the bakehouse")
    finn.taps_on_words("button", "Save")
    finn.hears("Logged: Finn Berg worked 1 h")
    assert edda.seconds + finn.seconds <= 15 * MINUTE
    edda.goes(group)
    assert "Finn Berg" in edda.reads()
