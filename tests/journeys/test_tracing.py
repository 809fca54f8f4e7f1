"""J7, T10: who scans a jar learns where it is from, and who has a link sees its whole way, both ways, until the link ends."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from tests.journeys.browser import NARROW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.browser import Person
    from tests.journeys.conftest import Served


def test_who_scans_a_jar_sees_its_passport_without_signing_in(somebody: Callable[..., Person], demo: Served):
    buyer = somebody(width=NARROW)
    buyer.goes(f"{demo.leads_to(' J-26-')}/passport")
    said = buyer.page.locator("main").inner_text()
    assert "Passport of a thing" in said
    assert "Use by" in said
    assert buyer.page.get_by_role("link", name="linked data").count() == 1


def test_five_levels_both_ways_are_two_presses_from_a_thing(somebody: Callable[..., Person], demo: Served):
    inspector = somebody("Ana Ruiz", width=NARROW)
    inspector.goes(demo.leads_to("the bread of lot L-1"))
    inspector.starts_counting()
    inspector.taps_on_words("link", "Trace", "main")
    inspector.taps_on_words("link", re.compile("^5$"))
    inspector.page.wait_for_url("**levels=5**")
    assert inspector.taps <= 2
    said = inspector.page.locator("main").inner_text()
    assert "5 levels away" in said
    table = inspector.page.context.request.get(inspector.page.url + "&format=csv").text()
    assert inspector.page.locator(".trace-line").count() == len(list(csv.reader(io.StringIO(table)))) - 1


def test_a_link_shows_one_trace_to_somebody_without_an_account(somebody: Callable[..., Person], demo: Served):
    # Whoever looks after the house may show what concerns the mill; others only what concerns their own groups.
    keeper = somebody("Theresa Maier")
    keeper.goes(f"/trace/of{demo.leads_to('the flour of lot F-1')}")
    keeper.taps_on_words("link", "Share", "main")
    keeper.taps_on_words("button", "Make the link")
    secret = re.search(r"/trace/shared/[\w-]+", keeper.page.content())[0]
    inspector = somebody(width=NARROW)
    inspector.goes(secret)
    said = inspector.page.locator("main").inner_text()
    assert "group 1" in said
    assert "Stone Mill" not in said
    keeper.goes("/trace/links")
    keeper.taps_on("form[action$='/revoke'] button")
    answer = inspector.page.goto(secret)
    assert answer.status in {404, 410}
    assert "Stone Mill" not in inspector.reads()
    assert inspector.page.locator("main p").first.inner_text()
