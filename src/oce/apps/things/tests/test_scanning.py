"""The scanner: looking up, counting, moving and picking, without ever leaving it."""

from __future__ import annotations

import pytest

from oce.apps.events.models import EconomicEvent
from oce.apps.things.tests.yard import Yard, fresh
from oce.kit.testing.notation import quantity

pytestmark = pytest.mark.django_db


@pytest.fixture
def yard():
    return Yard()


# Which sentence of the scanner stands for which refusal.
SENTENCES = {
    "things.foreign_code": "means nothing here that you may see",
    "things.no_number": "is not a number",
    "things.no_place": "Choose the place first",
    "things.several": "means several things",
    "things.not_on_list": "not on the pick list",
}


def scanned(browser, **told):
    answer = browser.post("/things/scan", told)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_code_is_looked_up_whatever_it_is(browser, yard):
    for code in ("J-7", yard.jam.address, f"{yard.jam.address}/passport"):
        assert f"/economic-resource/{yard.jam.uid}" in scanned(browser, mode="look", code=code)
    assert f"/economic-resource/{yard.jam.uid}" in browser.get("/things/scan?code=J-7").content.decode()


def test_a_foreign_code_gets_a_sentence_and_a_search(browser, yard):
    page = scanned(browser, mode="look", code="4006381333931")
    assert SENTENCES["things.foreign_code"] in page
    assert "q=4006381333931" in page
    assert "&lt;script&gt;" in scanned(browser, mode="look", code="<script>alert(1)</script>")
    scanned(browser, mode="look", code="\x00" * 500)
    scanned(browser, mode="nonsense", code="x" * 10_000)


def test_a_count_is_a_scan_and_a_number_and_can_be_undone(browser, yard):
    assert 'name="counted"' in scanned(browser, mode="count", code="J-7")
    page = scanned(browser, mode="count", count_of=str(yard.jam.uid), counted="38", _key="k")
    assert "38 Jam counted" in page or "38 counted" in page
    assert fresh(yard.jam).onhand_quantity == quantity("38 one")
    event = EconomicEvent.objects.latest("id")
    scanned(browser, mode="count", undo=str(event.uid))
    assert fresh(yard.jam).onhand_quantity == quantity("40 one")
    page = scanned(browser, mode="count", count_of=str(yard.jam.uid), counted="many")
    assert SENTENCES["things.no_number"] in page
    assert 'name="counted"' in page


def test_each_scan_moves_a_thing_to_the_chosen_place(browser, yard):
    assert SENTENCES["things.no_place"] in scanned(browser, mode="move", code="J-7")
    assert "is now here" in scanned(browser, mode="move", code="J-7", place=str(yard.shelf.uid))
    assert fresh(yard.jam).current_location == yard.shelf
    assert "is there already" in scanned(browser, mode="move", code="J-7", place=str(yard.shelf.uid))


def test_a_code_of_several_things_asks_which(browser, yard):
    yard.stocked("Plum jam", yard.jam_kind, "2 one")
    page = scanned(browser, mode="count", code="Plum jam")
    assert SENTENCES["things.several"] in page


def test_ten_lines_are_picked_by_ten_scans_on_one_page(browser, yard):
    things = [yard.stocked(f"Crate {number}", yard.jam_kind, "1 one") for number in range(10)]
    of = [str(each.uid) for each in things]
    picked: list[str] = []
    for thing in things:
        page = scanned(browser, mode="pick", code=thing.address, of=of, picked=picked)
        picked.append(str(thing.uid))
        assert page.count('name="picked"') == len(picked)
    assert "All picked" in page
    assert SENTENCES["things.not_on_list"] in scanned(browser, mode="pick", code="J-7", of=of)


def test_the_page_may_run_the_reader_of_codes_and_no_other_may(browser):
    assert "'wasm-unsafe-eval'" in browser.get("/things/scan")["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" not in browser.get("/things/")["Content-Security-Policy"]
