"""Telling the ledger what happened, in a browser: recording, correcting, undoing, and the panels on other pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oce.apps.events.commands import record_event, undo_event
from oce.apps.events.drafts import EventDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.entry import LINES_MAX
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.kit import clock
from oce.kit.pages.navigation import record_url
from oce.kit.testing import factories
from oce.kit.testing.factories import ACTOR
from oce.kit.testing.notation import quantity
from oce.vf.actions import ACTIONS

from .conftest import flour
from .reading import flat, words

RECORD = "/events/record"


@pytest.fixture
def sack(db) -> EconomicResource:
    """Ten kilograms of flour."""
    return flour().resource_inventoried_as


def line(number: int, action: str, **values) -> dict[str, str]:
    said = {name.replace("__", "."): str(value) for name, value in values.items()}
    return {f"events.{number}.{name}": value for name, value in ({"action": action} | said).items()}


def taking(sack: EconomicResource, amount: str = "4", unit: str = "kg") -> dict[str, str]:
    owner = str(sack.primary_accountable.uid)
    how_much = {"resourceQuantity": amount, "resourceQuantity__unit": unit}
    return {"provider": owner, "receiver": owner} | line(0, "lower", resourceInventoriedAs=sack.uid, **how_much)


def test_one_chooses_a_verb_first(browser) -> None:
    page = flat(browser.get(RECORD))
    assert all(f'name="_add" value="{name}"' in page for name in ACTIONS)
    assert browser.get("/economic-event/new").headers["Location"] == RECORD


@pytest.mark.parametrize("name", ACTIONS)
def test_a_line_asks_only_for_what_its_action_takes(browser, name) -> None:
    page = flat(browser.get(RECORD, {"action": name}))
    row = ACTIONS[name]
    assert ('name="events.0.resourceQuantity"' in page) == row.takes_resource_quantity
    assert ('name="events.0.effortQuantity"' in page) == row.takes_effort_quantity
    assert ('name="events.0.toLocation"' in page) == bool(row.location_effect)
    assert ('name="events.0.new.name"' in page) == bool(row.create_resource)


def test_an_event_is_recorded_and_changes_what_it_touched(browser, sack) -> None:
    response = browser.post(RECORD, taking(sack))
    assert response.status_code == 302, words(response)
    sack.refresh_from_db()
    assert sack.onhand_quantity == quantity("6 kg")
    event = EconomicEvent.objects.latest("id")
    assert response.headers["Location"] == record_url(event)
    assert f"In the ledger: {sack.primary_accountable} counted 4 kg {sack} less." in words(
        browser.get(record_url(event))
    )


def test_work_use_and_output_are_recorded_together(browser, sack) -> None:
    baker, process = factories.person("Ana"), factories.process()
    owner = sack.primary_accountable
    sent = {"provider": str(owner.uid), "receiver": str(owner.uid), "process": str(process.uid)}
    sent |= line(0, "consume", resourceInventoriedAs=sack.uid, resourceQuantity="3", resourceQuantity__unit="kg")
    work = factories.kind("work", unit="hour")
    sent |= line(
        1, "work", provider=baker.uid, resourceConformsTo=work.uid, effortQuantity="2", effortQuantity__unit="h"
    )
    bread = factories.kind("bread", unit="one")
    how_much = {"resourceQuantity": "20", "resourceQuantity__unit": "one"}
    sent |= line(2, "produce", resourceConformsTo=bread.uid, new__name="Loaves", new__lotCode="B-1", **how_much)
    response = browser.post(RECORD, sent)
    assert response.status_code == 302, words(response)
    assert response.headers["Location"] == record_url(process)
    consumed, worked, produced = EconomicEvent.objects.order_by("-id")[:3][::-1]
    assert (consumed.input_of, worked.input_of, produced.output_of) == (process, process, process)
    assert (worked.provider, consumed.provider) == (baker, owner)
    made = produced.resource_inventoried_as
    assert (made.name, made.of_batch_lot.batch_lot_code) == ("Loaves", "B-1")
    page = words(browser.get(record_url(process)))
    assert "Went in" in page
    assert f"{owner} produced 20 Loaves" in page
    assert f"Ana worked 2 h work for {owner}" in page


def test_all_lines_are_refused_together_each_at_its_place(browser, sack) -> None:
    before = EconomicEvent.objects.count()
    sent = taking(sack, amount="four") | line(1, "work", effortQuantity="2") | line(2, "transfer", note="kept & shown")
    response = browser.post(RECORD, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "“four” is not a number" in words(response)
    assert "2 of what? Say the unit as well." in words(response)
    assert 'value="four"' in page
    assert "kept &amp; shown" in page
    assert EconomicEvent.objects.count() == before


def test_what_the_ledger_refuses_is_said_at_its_line(browser, sack) -> None:
    response = browser.post(RECORD, taking(sack, unit="hour"))
    assert response.status_code == 422
    fault = re.search(r'id="events.0.resourceQuantity-fault">(.*?)</ul>', response.content.decode(), re.DOTALL)
    assert fault
    assert "hour" in fault[1]


def test_a_new_resource_without_a_kind_is_asked_for_it(browser) -> None:
    owner = str(factories.organization().uid)
    sent = {"provider": owner, "receiver": owner}
    how_much = {"resourceQuantity": "1", "resourceQuantity__unit": "one"}
    response = browser.post(RECORD, sent | line(0, "raise", new__name="Oven", **how_much))
    assert response.status_code == 422
    assert 'id="events.0.resourceConformsTo-fault"' in response.content.decode()
    assert not EconomicResource.objects.exists()
    assert not BatchLotRecord.objects.exists()


def test_a_shortage_that_is_only_warned_of_is_said_after_recording(browser, sack) -> None:
    response = browser.post(RECORD, taking(sack, amount="11"), follow=True)
    assert 'class="warning"' in response.content.decode()


def test_an_entry_sent_twice_is_recorded_once(browser, sack) -> None:
    sent = taking(sack) | {"_key": "one-form"}
    first, again = browser.post(RECORD, sent), browser.post(RECORD, sent)
    assert first.headers["Location"] == again.headers["Location"]
    sack.refresh_from_db()
    assert sack.onhand_quantity == quantity("6 kg")


def test_lines_are_added_and_taken_out_and_nothing_typed_is_lost(browser, sack) -> None:
    sent = taking(sack) | {"_add": "raise"}
    page = flat(browser.post(RECORD, sent))
    assert 'name="events.1.action" value="raise"' in page
    assert 'value="4"' in page
    sent = taking(sack) | line(1, "work", note="one") | line(2, "cite", note="two") | {"_remove": "1"}
    page = flat(browser.post(RECORD, sent))
    assert 'name="events.1.action" value="cite"' in page
    assert "events.2." not in page
    assert "two" in page
    assert EconomicEvent.objects.count() == 1


def test_there_are_only_so_many_lines(browser) -> None:
    sent: dict[str, str] = {"_add": "work"}
    for number in range(LINES_MAX):
        sent |= line(number, "work")
    assert f"events.{LINES_MAX}.action" not in browser.post(RECORD, sent).content.decode()


def test_a_place_to_begin_from_is_kept_while_a_verb_is_chosen(browser, sack) -> None:
    page = flat(browser.get(f"{RECORD}?events.0.resourceInventoriedAs={sack.uid}"))
    assert f'name="events.0.resourceInventoriedAs" value="{sack.uid}"' in page
    again = flat(browser.post(RECORD, {"events.0.resourceInventoriedAs": str(sack.uid), "_add": "consume"}))
    assert f'value="{sack.uid}" selected' in again


def test_an_event_is_corrected_by_a_difference(browser, sack) -> None:
    browser.post(RECORD, taking(sack))
    event = EconomicEvent.objects.latest("id")
    form = flat(browser.get(f"{record_url(event)}/correct"))
    assert 'name="resourceQuantity.unit" value="kilogram"' in form
    sent = {"resourceQuantity": "-1.5", "resourceQuantity.unit": "kilogram", "note": "weighed again"}
    response = browser.post(f"{record_url(event)}/correct", sent)
    assert response.status_code == 302, words(response)
    sack.refresh_from_db()
    assert sack.onhand_quantity == quantity("7.5 kg")
    assert "weighed again" in words(browser.get(f"{record_url(event)}/correct"))


def test_an_event_is_undone_once(browser, sack) -> None:
    browser.post(RECORD, taking(sack))
    event = EconomicEvent.objects.latest("id")
    assert browser.post(f"{record_url(event)}/correct", {"_undo": "yes"}).status_code == 302
    sack.refresh_from_db()
    assert sack.onhand_quantity == quantity("10 kg")
    response = browser.post(f"{record_url(event)}/correct", {"_undo": "yes"})
    assert response.status_code == 422
    assert "nothing of it is left" in words(response)


def test_a_correction_of_too_much_is_refused_and_kept(browser, sack) -> None:
    browser.post(RECORD, taking(sack))
    event = EconomicEvent.objects.latest("id")
    response = browser.post(f"{record_url(event)}/correct", {"resourceQuantity": "-5", "resourceQuantity.unit": "kg"})
    assert response.status_code == 422
    assert 'value="-5"' in response.content.decode()
    assert "cannot be taken back" in words(response)


def test_events_are_neither_changed_nor_deleted(browser, sack) -> None:
    event = EconomicEvent.objects.latest("id")
    for word in ("edit", "delete"):
        assert browser.get(f"{record_url(event)}/{word}").status_code == 404


def test_a_resource_shows_what_happened_to_it_the_latest_first(browser, sack) -> None:
    for amount in ("4", "1"):
        browser.post(RECORD, taking(sack, amount=amount))
    page = words(browser.get(record_url(sack)))
    life = page[page.index("What happened to it") :]
    rows = re.findall(r"counted [\d.]+ kg .*? (more|less) ([+-]?\d+ kg)", life)
    assert rows == [("less", "-1 kg"), ("less", "-4 kg"), ("more", "+10 kg")]
    assert "5 kg" in page


def test_a_place_shows_what_is_there_and_inside(browser, sack) -> None:
    barn = factories.place("Barn")
    shelf = factories.place("Shelf", within=barn)
    assert "What is here" not in words(browser.get(record_url(barn)))
    owner = sack.primary_accountable
    agents = {"provider": owner, "receiver": owner, "resource_quantity": quantity("10 kg")}
    record_event(ACTOR, EventDraft("move", resource_inventoried_as=sack, to_location=shelf, **agents))
    page = words(browser.get(record_url(barn)))
    assert f"What is here and in the places inside Kind There Owned {sack.conforms_to} 10 kg 10 kg" in page


def test_the_list_of_events_says_who_did_what_and_when_also_of_corrections(browser, sack) -> None:
    owner = sack.primary_accountable
    with clock.standing_at(datetime(2026, 11, 20, 9, tzinfo=UTC)):
        browser.post(RECORD, taking(sack))
    with clock.standing_at(datetime(2026, 11, 21, 9, tzinfo=UTC)):
        undo_event(ACTOR, EconomicEvent.objects.latest("id"))
    page = words(browser.get("/economic-event/"))
    assert f"{owner} counted 4 kg {sack} less 20 Nov 2026" in page
    assert f"Correction: {owner} counted -4 kg {sack} less 21 Nov 2026" in page


def test_events_are_found_by_the_days_on_which_they_happened_or_were_recorded(browser, sack) -> None:
    with clock.standing_at(datetime(2026, 11, 20, 9, tzinfo=UTC)):
        browser.post(RECORD, taking(sack))
    with CaptureQueriesContext(connection) as caught:
        page = words(browser.get("/economic-event/?occurredAt.from=2026-11-20&occurredAt.until=2026-11-20"))
    assert "1 found" in page
    assert any('"occurred_at" >=' in each["sql"] for each in caught.captured_queries)
    assert "Nothing fits" in words(browser.get("/economic-event/?occurredAt.until=2026-11-19"))
    assert browser.get("/economic-event/?occurredAt.from=soon").status_code == 422


@pytest.mark.parametrize("address", [RECORD, f"{RECORD}?action=produce"])
def test_the_entry_asks_the_database_few_times(browser, sack, address) -> None:
    for number in range(3):
        flour(f"F{number}", lot=f"L{number}")
    browser.get("/")  # what is kept for some seconds is read
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    assert len(caught) <= 12


def test_a_group_decides_that_its_stock_never_falls_below_zero(browser, sack) -> None:
    owner = record_url(sack.primary_accountable)
    assert "record it and warn" in words(browser.get(f"{owner}/more"))
    decided = browser.post(f"{owner}/shortage", {"shortage": "refuse"}, follow=True)
    assert "From now on: refuse it." in words(decided)
    refused = browser.post(RECORD, taking(sack, amount="11"))
    assert refused.status_code == 422
    assert "10" in words(refused)
    sack.refresh_from_db()
    assert sack.onhand_quantity == quantity("10 kg")
    assert browser.post(f"{owner}/shortage", {"shortage": "perhaps"}).status_code == 422
