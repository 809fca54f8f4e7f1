"""The explorer in a browser: finding what is meant, looking both ways, calling a lot back, and taking it along."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oce.apps.resources.models import BatchLotRecord
from oce.apps.trace.pages import exploring
from oce.kit import clock
from oce.kit.pages.navigation import record_url
from oce.kit.testing import factories
from oce.kit.testing.asking import ask, codes

pytestmark = pytest.mark.django_db(transaction=True)


def address(record):
    return f"/trace/of/{record.kind()}/{record.uid}"


def page(browser, url):
    response = browser.get(url)
    assert response.status_code == 200, response
    return " ".join(response.content.decode().split())


def table(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("field", ["lot", "uid", "address", "number", "name"])
def test_what_is_scanned_or_typed_leads_to_its_trace(orchard, browser, field) -> None:
    drill = orchard.born("raise", "Drill", "1 one", orchard.kitchen, orchard.jar)
    type(drill).objects.filter(pk=drill.pk).update(tracking_identifier="SN-4")
    lot = BatchLotRecord.objects.get(batch_lot_code="J-7")
    sought, meant = {
        "lot": ("J-7", lot),
        "uid": (str(orchard.jam.uid), orchard.jam),
        "address": (orchard.jam.address, orchard.jam),
        "number": ("SN-4", drill),
        "name": ("plum ja", orchard.jam),
    }[field]
    response = browser.get("/trace/", {"q": sought})
    assert response.headers["Location"] == address(meant)


def test_of_several_one_chooses_and_of_none_that_is_said(orchard, browser) -> None:
    found = page(browser, "/trace/?q=plum")
    assert address(orchard.plums) in found
    assert address(orchard.jam) in found
    assert "Nothing here carries “foreign-code-99”" in page(browser, "/trace/?q=foreign-code-99")


def test_the_start_shows_the_three_newest_lots(orchard, browser) -> None:
    shown = page(browser, "/trace/")
    lots = BatchLotRecord.every()
    assert all(address(lot) in shown for lot in lots)
    assert "Plum jam" in shown
    assert "Sugar" not in shown


def test_a_page_says_the_answer_first_and_shows_both_ways(orchard, browser) -> None:
    orchard.sold()
    shown = page(browser, address(orchard.jam))
    answer = shown.index("It was made from 2 things at the very beginning.")
    assert answer < shown.index("<figure") < shown.index("Where it came from</h2>") < shown.index("Where it went</h2>")
    assert "21.2 kg" in shown
    assert record_url(orchard.cooking) in shown
    assert "leaves our records with Ana" in shown


def test_a_lot_stands_for_all_that_carries_its_code(orchard, browser) -> None:
    orchard.born("raise", "Jam of others", "5 one", orchard.shop, orchard.jar, lot="J-7")
    shown = page(browser, address(BatchLotRecord.objects.filter(batch_lot_code="J-7").first()))
    assert "2 things" in shown
    assert "Cook jam" in shown


def test_levels_sorts_transport_and_days_are_links(orchard, browser) -> None:
    at = address(orchard.jam)
    shown = page(browser, f"{at}?levels=1&of=tools&collapsed=1")
    assert "There are 4 more records, further away than is shown here." in shown
    assert "?levels=all&amp;of=tools&amp;collapsed=1" in shown
    assert "?levels=1&amp;of=everything&amp;collapsed=1" in shown
    assert '"?levels=1&amp;of=tools"' in shown
    assert "Farm" in page(browser, f"{at}?levels=all")
    assert page(browser, f"{at}?levels=nonsense&of=nonsense") is not None
    assert "entries lie outside of these days." in page(browser, f"{at}?sliced=1&period=2019")
    now = clock.now()
    assert "outside of these days" not in page(browser, f"{at}?sliced=1&period={now:%Y}")


def test_long_lists_are_cut_on_the_page_and_whole_in_the_file(orchard, browser, monkeypatch) -> None:
    monkeypatch.setattr(exploring, "LINES_MAX", 3)
    assert "4 more entries are in the table you can take along." in page(
        browser, f"{address(orchard.jam)}?of=everything"
    )
    assert len(table(browser.get(f"{address(orchard.jam)}?of=everything&format=csv"))) == 1 + 7


def test_a_trace_can_be_taken_along_as_a_table_and_as_linked_data(orchard, browser) -> None:
    rows = table(browser.get(f"{address(orchard.jam)}?of=everything&format=csv"))
    assert rows[0] == ["Level", "When", "What happened", "Thing", "From", "To", "How much", "In the step"]
    assert [row[0] for row in rows[1:]] == ["-2", "-2", "-2", "-1", "-1", "-1", "-1"]
    document = json.loads(browser.get(f"{address(orchard.jam)}?format=jsonld").content)
    addresses = {each["@id"] for each in document["@graph"]}
    assert {orchard.jam.address, orchard.plums.address, orchard.cooking.address, orchard.worked.address} <= addresses


def test_what_is_not_there_or_has_no_trace_is_not_found(orchard, browser) -> None:
    for url in (
        address(orchard.farm),
        address(orchard.jam).replace(str(orchard.jam.uid), str(orchard.farm.uid)),
        f"/trace/of/no-such-kind/{orchard.jam.uid}",
        address(factories.lot("empty")),
    ):
        assert browser.get(url).status_code == 404, url


def test_a_trace_asks_the_database_few_times(orchard, browser) -> None:
    orchard.sold()
    browser.get(address(orchard.jam))
    for url in (address(orchard.jam), "/trace/recall?code=J-7", f"{address(orchard.jam)}?format=csv"):
        browser.get(url)
        with CaptureQueriesContext(connection) as caught:
            browser.get(url)
        assert len(caught) <= 12, "\n".join(each["sql"][:160] for each in caught)


def test_every_record_on_a_trace_leads_to_its_own(orchard, browser) -> None:
    for record in (orchard.jam, orchard.cooking, orchard.worked):
        assert address(record) in page(browser, record_url(record))


def test_a_recall_says_who_has_what_whom_to_ask_and_what_is_gone(orchard, browser) -> None:
    factories.make("agent-relationship-role", role_label="is a member of", kind_of_role="member")
    factories.relate(orchard.ana, "member", orchard.shop)
    orchard.sold()
    shown = page(browser, "/trace/recall?code=P-1")
    assert "Call back: lot P-1" in shown
    rows = table(browser.get("/trace/recall?code=P-1&format=csv"))
    assert rows[1:] == [
        ["Kitchen", "Plum jam, lot J-7", "16 jar of jam", "", "", ""],
        ["Shop", "Jam in the shop, lot J-7", "22 jar of jam", "", "Ana", ""],
        ["Ana", "Jam in the shop, lot J-7", "2 jar of jam", "", "", rows[3][5]],
    ]
    assert "No resource carries the lot code “X”" in page(browser, "/trace/recall?code=X")
    assert "Call back a lot" in page(browser, "/trace/recall")


def test_of_a_lot_that_is_all_gone_nothing_is_left(orchard, browser) -> None:
    orchard.happened("lower", "40 one", orchard.kitchen, orchard.kitchen, orchard.jam)
    assert "Nothing of it is left with anybody who keeps records here." in page(browser, "/trace/recall?code=J-7")


EXPLORE = """
query Explore($id: ID!, $levels: Int, $of: TraceSort, $isCollapsed: Boolean) {
  traceExplorer(id: $id, levels: $levels, of: $of, isCollapsed: $isCollapsed) {
    title answer breaks returns hidden more
    ribbons { source target amount }
    lines { level thing provider receiver amount step event { action { id } } }
    steps { process { name } remarks balances { wentIn cameOut verdict isGap } }
  }
}
"""
RECALL = """
query Recall($code: String!) {
  recallList(lotCode: $code) {
    hidden more
    holdings { resource { name } amount holder { name } contacts { name } isOfTheLot }
    gone { thing amount receiver { name } event { id } }
  }
}
"""


def test_a_program_is_told_what_the_page_says(orchard) -> None:
    orchard.sold()
    told = ask(EXPLORE, id=str(orchard.jam.uid))["traceExplorer"]
    assert told["title"] == "Plum jam, lot J-7"
    assert told["answer"][0] == "It was made from 2 things at the very beginning."
    assert {"source": "Plums in the kitchen, lot P-1", "target": "Cook jam", "amount": "20 kg"} in told["ribbons"]
    assert told["steps"][0]["balances"][0]["wentIn"] == "21.2 kg"
    assert len(told["lines"]) == 9
    near = ask(EXPLORE, id=str(orchard.jam.uid), levels=1, of="WORK", isCollapsed=True)["traceExplorer"]
    assert [(each["provider"], each["amount"]) for each in near["lines"]] == [("Ana", "3 h")]
    lot = BatchLotRecord.objects.get(batch_lot_code="J-7")
    assert ask(EXPLORE, id=str(lot.uid))["traceExplorer"]["hidden"] == 0
    assert codes(EXPLORE, id=str(orchard.farm.uid)) == ["trace.unknown_subject"]
    assert codes(EXPLORE, id=str(orchard.jam.uid), levels=99) == ["trace.levels"]


def test_a_program_calls_a_lot_back(orchard) -> None:
    orchard.sold()
    told = ask(RECALL, code="J-7")["recallList"]
    assert [(each["holder"]["name"], each["amount"], each["isOfTheLot"]) for each in told["holdings"]] == [
        ("Kitchen", "16 jar of jam", True),
        ("Shop", "22 jar of jam", True),
    ]
    assert [(each["receiver"]["name"], each["amount"]) for each in told["gone"]] == [("Ana", "2 jar of jam")]
    assert ask(RECALL, code="unknown")["recallList"]["holdings"] == []
