"""Today, the week and the ledger of a person in a browser, and the page of one event."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oce.apps.documents.arrivals import arrived
from oce.apps.documents.commands import attach_document
from oce.apps.documents.tests.pictures import jpeg
from oce.apps.events.commands import correct_event, undo_event
from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.tests.ana import NOON, As, last, source, text, worked
from oce.apps.events.tests.village import hours, kg
from oce.kit import clock
from oce.kit.actor import SYSTEM, operator
from oce.kit.testing.actors import actor_with
from oce.vf.measures import Measure

pytestmark = pytest.mark.django_db


def test_today_shows_the_week_what_to_log_again_and_what_happened(phone, village) -> None:
    phone.post("/log", worked(village, on=str(village.bake.uid)))
    page = phone.get("/")
    assert page.status_code == 200
    said = text(page)
    assert "Good afternoon, Ana" in said
    assert "1.5 h logged in 1 entry: November 2026." in said
    assert "Ana worked 1.5 h for Bakery" in said
    assert f'name="event" value="{last().uid}"' in page.content.decode()


def test_as_long_as_this_week_is_empty_the_last_one_is_shown(phone, village) -> None:
    phone.post("/log", worked(village, "3", day="2026-11-19"))
    page = source(phone.get("/"))
    assert "My last week" in page
    assert 'href="/log/week?of=2026-11-16"' in page
    phone.post("/log", worked(village))
    assert "My last week" not in source(phone.get("/"))


def test_who_did_something_is_shown_by_their_photo_or_the_first_letter_of_their_name(
    phone, village, settings, tmp_path
) -> None:
    settings.OCE_HOME = tmp_path
    phone.post("/log", worked(village))
    assert '<span class="avatar" aria-hidden="true">A</span>' in source(phone.get("/"))
    photo = attach_document(SYSTEM, village.ana, arrived("ana.jpg", BytesIO(jpeg())))
    assert f'<img src="{photo.small_url}" alt=""' in source(phone.get("/"))


def test_whoever_has_logged_nothing_yet_is_told_where_to_begin(phone, village) -> None:
    said = text(phone.get("/"))
    assert all(words in said for words in ("Join a group", "Say what you can do", "Log something you did today"))


def test_today_of_a_group_shows_what_happened_there(phone, village) -> None:
    phone.post("/log", worked(village))
    village.record("raise", 3, resource_conforms_to=village.flour)
    everything, of_bakery = text(phone.get("/")), text(phone.get(f"/?scope={village.bakery.uid}"))
    assert "Mill counted 3 kg Flour more" in everything
    assert "Mill counted 3 kg Flour more" not in of_bakery
    assert "Ana worked 1.5 h for Bakery" in of_bakery


def test_today_asks_few_questions_however_much_happened(phone, village) -> None:
    for number in range(8):
        process = village.process(f"Work {number}", in_scope_of=village.bakery)
        phone.post("/log", worked(village, on=str(process.uid), receiver=""))
        phone.post("/log", worked(village, on=str(process.uid), receiver=""))
    phone.get("/")
    for address in ("/", "/log", "/log/week"):
        with CaptureQueriesContext(connection) as asked:
            assert phone.get(address).status_code == 200
        assert len(asked) <= 12, (address, [each["sql"][:150] for each in asked])


def of_week(page):
    """Return all inputs of the grid as a phone would send them."""
    content = page.content.decode()
    names = re.findall(r'<input type="(?:hidden|text)"\s+name="([^"]+)"\s+value="([^"]*)"', content)
    return {name: html.unescape(value) for name, value in names if name != "csrfmiddlewaretoken"}


def test_a_week_is_saved_in_one_go_new_hours_as_entries_and_changed_ones_as_corrections(phone, village) -> None:
    with clock.standing_at(datetime(2026, 11, 27, 15, tzinfo=UTC)):
        phone.post("/log", worked(village, on=str(village.bake.uid)))
        sent = of_week(phone.get("/log/week"))
        assert sent["row.0.0"] == "1.5"
        response = phone.post("/log/week", sent | {"row.0.0": "2", "row.0.1": "3", "row.0.4": "1:20"})
        assert response.status_code == 302, text(response)
        monday, correction, tuesday, friday = EconomicEvent.objects.order_by("id")
        assert (correction.corrects, correction.effort_quantity) == (monday, hours("0.5"))
        assert (tuesday.effort_quantity, tuesday.input_of) == (hours(3), village.bake)
        assert (tuesday.occurred_at, friday.occurred_at) == (datetime(2026, 11, 24, 12, tzinfo=UTC), clock.now())
        assert of_week(phone.get("/log/week"))["row.0.0"] == "2"
        emptied = of_week(phone.get("/log/week")) | {"row.0.0": "", "row.0.1": "2:50"}
        assert phone.post("/log/week", emptied).status_code == 302
        again = of_week(phone.get("/log/week"))
        assert [again[f"row.0.{number}"] for number in (0, 1, 4)] == ["", "2:50", "1:20"]


def test_a_cell_that_another_tab_changed_is_refused_and_keeps_what_was_typed(phone, village) -> None:
    phone.post("/log", worked(village, on=str(village.bake.uid)))
    sent = of_week(phone.get("/log/week"))
    phone.post("/log/week", sent | {"row.0.0": "2"})
    response = phone.post("/log/week", sent | {"row.0.0": "3", "_key": "another"})
    assert response.status_code == 422
    assert "These hours were changed meanwhile: it is 2 h now." in text(response)
    assert 'value="3"' in response.content.decode()
    assert EconomicEvent.objects.count() == 2


def test_a_week_with_a_faulty_cell_is_not_saved_at_all(phone, village) -> None:
    phone.post("/log", worked(village, on=str(village.bake.uid), day="2026-11-20"))
    sent = of_week(phone.get("/log/week?of=2026-11-20"))
    response = phone.post("/log/week", sent | {"row.0.0": "2", "row.0.1": "a while"})
    assert response.status_code == 422
    assert "“a while” is not a time." in text(response)
    assert EconomicEvent.objects.count() == 1


def test_hours_of_a_group_in_which_one_may_not_are_refused_at_their_cell(phone, village) -> None:
    village.record(
        "work", provider=village.ana, receiver=village.bakery, effort_quantity=hours(1), resource_classified_as=("x",)
    )
    As.actor = actor_with(village.ana, read=village.bakery)
    sent = of_week(phone.get("/log/week"))
    response = phone.post("/log/week", sent | {"row.0.0": "2"})
    assert response.status_code in {403, 422}
    assert EconomicEvent.objects.count() == 1


def test_something_else_is_begun_in_an_empty_row(phone, village) -> None:
    sent = of_week(phone.get("/log/week"))
    phone.post("/log/week", sent | {"new.0.process": str(village.bake.uid), "new.0.0": "0.5"})
    assert (last().input_of, last().receiver, last().effort_quantity) == (village.bake, village.bakery, hours("0.5"))


def test_the_week_before_is_copied_into_the_empty_cells_and_saved_only_when_told(phone, village) -> None:
    phone.post("/log", worked(village, on=str(village.bake.uid), day="2026-11-16"))
    page = phone.get("/log/week?copy=yes")
    assert (of_week(page)["row.0.0"], of_week(page)["row.0.0.was"]) == ("1.5", "")
    assert EconomicEvent.objects.count() == 1
    phone.post("/log/week", of_week(page))
    assert last().occurred_at == NOON


def test_days_ahead_cannot_be_filled(phone, village) -> None:
    phone.post("/log", worked(village, on=str(village.bake.uid)))
    sent = of_week(phone.get("/log/week"))
    assert "row.0.1" not in sent
    phone.post("/log/week", sent | {"row.0.1": "5", "row.0.1.was": ""})
    assert EconomicEvent.objects.count() == 1


def test_a_week_is_that_of_a_person(phone, village) -> None:
    As.actor = operator("tests")
    assert "A week is somebody's" in text(phone.get("/log/week"))


def listed(phone, query="") -> str:
    return text(phone.get(f"/economic-event/{query}"))


def test_the_ledger_is_narrowed_by_links_that_can_be_shared(phone, village) -> None:
    phone.post("/log", worked(village))
    phone.post("/log", worked(village, "2", day="2026-10-05"))
    flour = village.stocked(10)
    undo_event(SYSTEM, EconomicEvent.objects.get(effort_quantity_value=2))
    assert "4 found" in listed(phone)
    assert "2 found" in listed(phone, "?period=2026-11&corrections=without")
    assert "1 found" in listed(phone, "?period=2026-10")
    assert "1 found" in listed(phone, "?corrections=only")
    assert "3 found" in listed(phone, f"?who={village.ana.uid}")
    assert "3 found" in listed(phone, "?mine=yes")
    assert "1 found" in listed(phone, f"?thing={flour.uid}")
    assert "3 found" in listed(phone, f"?scope={village.bakery.uid}")


def test_the_ledger_says_what_the_events_it_shows_amount_to(phone, village) -> None:
    phone.post("/log", worked(village))
    phone.post("/log", worked(village, "0.25"))
    village.stocked(10)
    village.stocked(Measure(hours("0.1").value, "kilogram"))
    said = listed(phone)
    assert "1.75 h work · 2" in said
    assert "10.1 kg raise · 2" in said
    assert "10.1 kg" not in listed(phone, "?action=work")


@pytest.mark.parametrize("name", ["who", "thing"])
def test_a_ledger_of_somebody_who_is_not_there_is_refused(phone, village, name) -> None:
    hidden = "01900000-0000-7000-8000-000000000000"
    response = phone.get(f"/economic-event/?{name}={hidden}")
    assert response.status_code == 422
    assert "There is nothing of the kind" in text(response)


def test_a_file_of_the_ledger_holds_what_the_page_shows(phone, village) -> None:
    phone.post("/log", worked(village))
    village.stocked(10)
    file = b"".join(phone.get(f"/economic-event/?format=csv&who={village.ana.uid}").streaming_content).decode()
    assert len(file.strip().splitlines()) == 2


def test_an_event_is_told_with_what_it_did_and_what_was_corrected_of_it(phone, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    bread = village.record(
        "consume", 4, resource_inventoried_as=flour, provider=village.bakery, receiver=village.bakery
    )
    correct_event(SYSTEM, bread, resource_quantity=kg(-1), note="weighed again")
    said = text(phone.get(f"/economic-event/{bread.uid}"))
    assert "Bakery used up 4 kg Flour" in said
    assert "there: -4 kg" in said
    assert "Corrected since, so that 3 kg is what counts." in said
    assert "weighed again" in said
    undo_event(SYSTEM, bread)
    assert "Undone: it counts for nothing." in text(phone.get(f"/economic-event/{bread.uid}"))


def test_what_an_event_began_and_handed_over_is_said_of_both_things(phone, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    given = village.record(
        "transfer",
        4,
        resource_inventoried_as=flour,
        provider=village.bakery,
        receiver=village.mill,
        new_resource=ResourceDraft({"name": "Flour of the mill"}),
    )
    said = text(phone.get(f"/economic-event/{given.uid}"))
    assert "Flour of the mill began with it there: +4 kg" in said
    assert "there: -4 kg" in said
