"""Pictures: each is a table as well, goes along as a picture and as a file, and is drawn anew for paper."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.journeys.browser import Person
    from tests.journeys.conftest import Served

COLOURS_MIN = 4
# Registered after the listeners of the page, so that it sees what they have made ready for paper.
LISTEN = """figure => {
    window.printed = null;
    addEventListener('beforeprint', () => {
        const isPainted = (canvas) => {
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            return pixels.some((value, at) => at % 4 === 3 && value > 0);
        };
        const drawing = figure.querySelector('.drawing');
        window.printed = {
            theme: document.documentElement.dataset.theme,
            isPainted: [...drawing.querySelectorAll('canvas, img')].some((one) => one.matches('img') || isPainted(one)),
        };
    });
}"""


def drawn(person: Person, kind: str) -> Locator:
    """Return the figure of a kind once it is drawn."""
    figure = person.page.locator(f"figure[data-picture={kind}]").first
    figure.scroll_into_view_if_needed()
    figure.locator("[data-take=png]").wait_for()
    return figure


def taken(person: Person, pressed: Locator) -> Path:
    """Return the file that a press saves."""
    with person.page.expect_download() as saving:
        pressed.click()
    return Path(saving.value.path())


@pytest.fixture
def address(request: pytest.FixtureRequest, demo: Served) -> str:
    """Where a picture of the kind is."""
    return {"graph": "/network/", "sankey": demo.leads_to("the bread of lot L-1")}[request.param]


@pytest.mark.parametrize(("kind", "address"), [("graph", "graph"), ("sankey", "sankey")], indirect=["address"])
def test_a_picture_is_a_table_a_file_and_a_sheet_of_paper(somebody: Callable[..., Person], kind: str, address: str):
    ana = somebody("Ana Ruiz", theme="dark")
    ana.goes(address.replace("/economic-resource/", "/trace/of/economic-resource/"))
    figure = drawn(ana, kind)
    rows = figure.locator("table.figures tbody tr")
    shown = rows.count()
    assert shown > 1

    figure.get_by_role("button", name="Table").click()
    assert rows.first.is_visible()
    table = taken(ana, figure.get_by_role("link", name="CSV")).read_text("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(table)))) == shown + 1

    figure.get_by_role("button", name="Picture").click()
    with Image.open(taken(ana, figure.get_by_role("button", name="PNG"))) as picture:
        assert len(picture.convert("RGB").quantize(32).getcolors()) >= COLOURS_MIN

    figure.evaluate(LISTEN)
    ana.page.pdf()
    printed = ana.page.evaluate("window.printed")
    assert printed == {"theme": "light", "isPainted": True}
    assert ana.page.evaluate("document.documentElement.dataset.theme") is None
