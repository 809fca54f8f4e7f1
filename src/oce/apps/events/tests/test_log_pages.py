"""Logging in a browser: what one did before by one press, what nobody planned, several lines at once, and taking it back."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oce.apps.events.commands import correct_event, undo_event
from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.sheet import Sheet
from oce.apps.events.pages.week import Cell, Row, told_by
from oce.apps.events.tests.village import Village, assert_replays, balances, hours, kg
from oce.apps.processes.models import Process
from oce.kit import clock
from oce.kit.actor import SYSTEM, looking_as, operator
from oce.kit.testing import factories
from oce.kit.testing.actors import actor_with
from oce.vf.measures import Measure
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class As:
    """Last in the chain, lets every request come from whoever a test says."""

    actor = None

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = type(self).actor
        request.scope.actor = type(self).actor
        with looking_as(type(self).actor):
            return self.get_response(request)


@pytest.fixture
def village():
    with clock.standing_at(NOON):
        village = Village()
        village.ana = factories.person("Ana")
        village.bake.in_scope_of = village.bakery
        village.bake.save()
        yield village
        assert_replays()


@pytest.fixture
def browser(village, settings):
    """A browser in which Ana signed in, who may log for the bakery."""
    As.actor = actor_with(village.ana, read=village.bakery, record=(village.ana, village.bakery))
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.As"]
    return Client()


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode())))


def source(response) -> str:
    """Return the page as it is written, its attributes apart by one blank."""
    return re.sub(r"\s+", " ", response.content.decode())


def worked(village, amount="1.5", **more):
    sent = {"events.0.action": "work", "events.0.effortQuantity": amount, "receiver": str(village.bakery.uid)}
    return {**sent, "day": "2026-11-23", **more}


def last() -> EconomicEvent:
    return EconomicEvent.objects.latest("id")


def test_work_is_logged_in_ones_own_name_for_a_group(browser, village) -> None:
    response = browser.post("/log", worked(village))
    assert (response.status_code, response.headers["Location"]) == (302, "/"), text(response)
    event = last()
    assert (event.provider, event.receiver, event.effort_quantity) == (village.ana, village.bakery, hours("1.5"))
    assert event.occurred_at == NOON


def test_a_time_may_be_pressed_instead_of_typed(browser, village) -> None:
    browser.post("/log", worked(village, "7", **{"events.0.effortQuantity.quick": "0.25"}))
    assert last().effort_quantity == hours("0.25")


def test_minutes_that_are_no_hours_stay_minutes(browser, village) -> None:
    browser.post("/log", worked(village, "1:20"))
    assert last().effort_quantity == Measure(hours(80).value, "minute-Time")


def test_a_time_that_is_none_is_refused_at_its_input_and_nothing_typed_is_lost(browser, village) -> None:
    response = browser.post("/log", worked(village, "a while", note="Under the moon", what="Sorting crates"))
    assert response.status_code == 422
    page = source(response)
    assert "“a while” is not a time. Write hours, such as 1.5 or 1:30, or minutes, such as 90 min." in text(response)
    assert 'value="a while"' in page
    assert 'value="Sorting crates"' in page
    assert "Under the moon" in page
    assert not EconomicEvent.objects.exists()


def test_what_nobody_planned_is_work_of_the_group(browser, village) -> None:
    browser.post("/log", worked(village, what="Sorting crates"))
    event = last()
    assert (event.input_of.name, event.input_of.in_scope_of) == ("Sorting crates", village.bakery)


def test_too_many_words_for_a_piece_of_work_are_refused_at_its_input(browser, village) -> None:
    response = browser.post("/log", worked(village, what="x" * 10_000))
    assert response.status_code == 422
    assert 'id="what-fault"' in response.content.decode()
    assert not Process.objects.exclude(pk=village.bake.pk).exists()


def test_the_group_of_a_piece_of_work_is_for_whom_it_is(browser, village) -> None:
    browser.post("/log", worked(village, receiver="", on=str(village.bake.uid)))
    assert (last().input_of, last().receiver) == (village.bake, village.bakery)


def test_a_suggestion_repeats_the_work_and_the_group_of_last_time(browser, village) -> None:
    browser.post("/log", worked(village, on=str(village.bake.uid)))
    first = last()
    page = source(browser.get("/log"))
    assert f'name="on" value="{first.uid}"' in page
    browser.post("/log", worked(village, "3", receiver="", on=str(first.uid)))
    assert (last().input_of, last().receiver, last().effort_quantity) == (village.bake, village.bakery, hours(3))


def test_another_day_counts_at_its_noon(browser, village) -> None:
    browser.post("/log", worked(village, day="2026-11-20"))
    assert last().occurred_at == datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "99999-01-01"])
def test_a_day_that_is_none_is_refused_at_its_input(browser, village, day) -> None:
    response = browser.post("/log", worked(village, day=day))
    assert response.status_code == 422
    assert 'id="day-fault"' in response.content.decode()


def test_work_use_and_output_are_logged_in_one_go(browser, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    sent = worked(village, what="Bread for the feast") | {
        "events.1.action": "consume",
        "events.1.resourceInventoriedAs": str(flour.uid),
        "events.1.resourceQuantity": "4",
        "events.2.action": "produce",
        "events.2.resourceConformsTo": str(village.bread.uid),
        "events.2.resourceQuantity": "6",
        "events.2.resourceQuantity.unit": "kilogram",
        "events.2.lotCode": "B-7",
    }
    response = browser.post("/log", sent)
    assert response.status_code == 302, text(response)
    work, consumed, made = EconomicEvent.objects.order_by("-id")[:3][::-1]
    assert {work.input_of, consumed.input_of, made.output_of} == {Process.objects.get(name="Bread for the feast")}
    assert balances(flour) == ("6", "6")
    assert (made.provider, made.receiver) == (village.bakery, village.bakery)
    assert made.resource_inventoried_as.of_batch_lot.batch_lot_code == "B-7"


def test_an_amount_is_counted_as_its_thing_is(browser, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    used = {"events.0.action": "consume", "events.0.resourceInventoriedAs": str(flour.uid)}
    browser.post("/log", used | {"events.0.resourceQuantity": "2.5"})
    assert balances(flour) == ("7.5", "7.5")


def test_what_was_given_is_the_others(browser, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    given = {"events.0.action": "transfer", "events.0.resourceInventoriedAs": str(flour.uid)}
    browser.post("/log", given | {"events.0.resourceQuantity": "3", "events.0.receiver": str(village.mill.uid)})
    event = last()
    assert (event.provider, event.receiver) == (village.bakery, village.mill)
    assert event.to_resource_inventoried_as.primary_accountable == village.mill
    assert event.to_resource_inventoried_as.name == "Flour"


def test_what_is_moved_is_moved_whole_where_nobody_says_how_much(browser, village) -> None:
    flour = village.stocked(10, agent=village.bakery, at=village.barn)
    moved = {"events.0.action": "move", "events.0.resourceInventoriedAs": str(flour.uid)}
    response = browser.post("/log", moved | {"events.0.toLocation": str(village.shop.uid)})
    assert response.status_code == 302, text(response)
    flour.refresh_from_db()
    assert (flour.current_location, str(last().resource_quantity)) == (village.shop, "10 kilogram")


def test_a_citation_needs_no_amount(browser, village) -> None:
    design = village.stocked(Measure(hours(1).value, "one"), agent=village.bakery)
    cited = {"events.0.action": "cite", "events.0.resourceInventoriedAs": str(design.uid)}
    response = browser.post("/log", cited)
    assert response.status_code == 302, text(response)
    assert str(last().resource_quantity) == "1 one"


def test_the_same_is_logged_for_team_mates(browser, village) -> None:
    ben = factories.person("Ben")
    browser.post("/log", worked(village, also=[str(ben.uid)]))
    assert [each.provider for each in EconomicEvent.objects.order_by("id")] == [village.ana, ben]


def test_nobody_logs_for_a_group_in_which_one_may_not(browser, village) -> None:
    mill = str(village.mill.uid)
    response = browser.post("/log", worked(village, provider=mill, receiver=mill))
    assert response.status_code in {403, 422}
    assert "You may not do this for Mill: it needs the right to record there." in text(response)
    assert not EconomicEvent.objects.exists()


def test_a_sheet_sent_twice_is_saved_once(browser, village) -> None:
    for _time in range(2):
        assert browser.post("/log", worked(village, _key="a-key")).status_code == 302
    assert EconomicEvent.objects.count() == 1


def test_a_sheet_changed_after_going_back_says_so_and_can_be_saved_again(browser, village) -> None:
    browser.post("/log", worked(village, _key="a-key"))
    response = browser.post("/log", worked(village, "4", _key="a-key"))
    assert response.status_code == 409
    assert "This form was saved before with other words." in text(response)
    key = re.search(r'name="_key" value="([^"]+)"', response.content.decode())[1]
    assert browser.post("/log", worked(village, "4", _key=key)).status_code == 302


def test_a_line_is_added_changed_and_taken_out_without_a_script(browser, village) -> None:
    page = source(browser.post("/log", worked(village, _add="produce")))
    assert 'name="events.1.action" value="produce"' in page
    assert 'value="1.5"' in page
    changed = source(browser.post("/log", worked(village, _be="use")))
    assert 'name="events.0.action" value="use"' in changed
    fewer = source(browser.post("/log", worked(village, _remove="0", **{"events.1.action": "cite"})))
    assert 'name="events.0.action" value="cite"' in fewer
    assert not EconomicEvent.objects.exists()


def test_what_was_logged_can_be_undone_from_the_message_that_stays(browser, village) -> None:
    browser.post("/log", worked(village, what="Sorting crates"))
    page = source(browser.get("/"))
    assert 'action="/log/undo"' in page
    events = re.search(r'name="events" value="([^"]+)"', page)[1]
    key = re.findall(r'name="_key" value="([^"]+)"', page)[0]
    for _time in range(2):
        assert browser.post("/log/undo", {"events": events, "_key": key}).status_code == 302
    assert EconomicEvent.objects.count() == 2
    assert last().effort_quantity == hours("-1.5")
    assert "It is undone, as if it had not happened." in text(browser.get("/"))


def test_undoing_what_another_tab_undid_says_so(browser, village) -> None:
    browser.post("/log", worked(village))
    events = str(last().uid)
    browser.post("/log/undo", {"events": events})
    browser.get("/")
    browser.post("/log/undo", {"events": events})
    assert "is undone: nothing of it is left to correct." in text(browser.get("/"))


def test_the_same_is_logged_again_by_one_press(browser, village) -> None:
    browser.post("/log", worked(village, on=str(village.bake.uid)))
    first = last()
    with clock.standing_at(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        for _time in range(2):
            browser.post("/log/again", {"event": str(first.uid), "_key": "again"})
        assert EconomicEvent.objects.count() == 2
        assert last().occurred_at == clock.now()
    assert (last().input_of, last().effort_quantity) == (village.bake, hours("1.5"))


def test_an_entry_is_changed_by_taking_it_back_and_logging_it_anew(browser, village) -> None:
    browser.post("/log", worked(village, on=str(village.bake.uid)))
    first = last()
    page = source(browser.get(f"/log?instead={first.uid}"))
    assert f'name="instead" value="{first.uid}"' in page
    assert 'value="1.5"' in page
    changed = worked(village, "2", on=str(first.uid), instead=str(first.uid), note="With Ben")
    assert browser.post("/log", changed).status_code == 302
    assert EconomicEvent.objects.count() == 3
    assert (last().effort_quantity, last().note, last().corrects) == (hours(2), "With Ben", None)
    again = browser.post("/log", changed)
    assert again.status_code == 422
    assert "nothing of it is left to correct" in text(again)
    assert "With Ben" in again.content.decode()


def test_a_link_can_name_the_verb_and_the_thing(browser, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    page = source(browser.get(f"/log?action=consume&events.0.resourceInventoriedAs={flour.uid}"))
    assert 'name="events.0.action" value="consume"' in page
    assert f'<option value="{flour.uid}" selected>' in page


def test_one_goes_back_to_where_the_sheet_was_opened_but_never_to_another_house(browser, village) -> None:
    assert browser.post("/log", worked(village, next="/journal/")).headers["Location"] == "/journal/"
    for elsewhere in ("https://evil.example/", "//evil.example/"):
        assert browser.post("/log", worked(village, next=elsewhere)).headers["Location"] == "/"


def test_today_shows_the_week_what_to_log_again_and_what_happened(browser, village) -> None:
    browser.post("/log", worked(village, on=str(village.bake.uid)))
    page = browser.get("/")
    assert page.status_code == 200
    said = text(page)
    assert "Good afternoon, Ana" in said
    assert "1.5 h logged in 1 entry: November 2026." in said
    assert "Ana worked 1.5 h for Bakery" in said
    assert f'name="event" value="{last().uid}"' in page.content.decode()


def test_whoever_has_logged_nothing_yet_is_told_where_to_begin(browser, village) -> None:
    said = text(browser.get("/"))
    assert all(words in said for words in ("Join a group", "Say what you can do", "Log something you did today"))


def test_today_of_a_group_shows_what_happened_there(browser, village) -> None:
    browser.post("/log", worked(village))
    village.record("raise", 3, resource_conforms_to=village.flour)
    everything, of_bakery = text(browser.get("/")), text(browser.get(f"/?scope={village.bakery.uid}"))
    assert "Mill counted 3 kg Flour more" in everything
    assert "Mill counted 3 kg Flour more" not in of_bakery
    assert "Ana worked 1.5 h for Bakery" in of_bakery


def test_today_asks_few_questions_however_much_happened(browser, village) -> None:
    for number in range(8):
        process = village.process(f"Work {number}", in_scope_of=village.bakery)
        browser.post("/log", worked(village, on=str(process.uid), receiver=""))
        browser.post("/log", worked(village, on=str(process.uid), receiver=""))
    browser.get("/")
    for address in ("/", "/log", "/log/week"):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        assert len(asked) <= 12, (address, [each["sql"][:150] for each in asked])


def of_week(page):
    """Return all inputs of the grid as a browser would send them."""
    content = page.content.decode()
    names = re.findall(r'<input type="(?:hidden|text)"\s+name="([^"]+)"\s+value="([^"]*)"', content)
    return {name: html.unescape(value) for name, value in names if name != "csrfmiddlewaretoken"}


def test_a_week_is_saved_in_one_go_new_hours_as_entries_and_changed_ones_as_corrections(browser, village) -> None:
    with clock.standing_at(datetime(2026, 11, 27, 15, tzinfo=UTC)):
        browser.post("/log", worked(village, on=str(village.bake.uid)))
        sent = of_week(browser.get("/log/week"))
        assert sent["row.0.0"] == "1.5"
        response = browser.post("/log/week", sent | {"row.0.0": "2", "row.0.1": "3", "row.0.4": "1:20"})
        assert response.status_code == 302, text(response)
        monday, correction, tuesday, friday = EconomicEvent.objects.order_by("id")
        assert (correction.corrects, correction.effort_quantity) == (monday, hours("0.5"))
        assert (tuesday.effort_quantity, tuesday.input_of) == (hours(3), village.bake)
        assert (tuesday.occurred_at, friday.occurred_at) == (datetime(2026, 11, 24, 12, tzinfo=UTC), clock.now())
        assert of_week(browser.get("/log/week"))["row.0.0"] == "2"
        emptied = of_week(browser.get("/log/week")) | {"row.0.0": "", "row.0.1": "2:50"}
        assert browser.post("/log/week", emptied).status_code == 302
        again = of_week(browser.get("/log/week"))
        assert [again[f"row.0.{number}"] for number in (0, 1, 4)] == ["", "2:50", "1:20"]


def test_a_cell_that_another_tab_changed_is_refused_and_keeps_what_was_typed(browser, village) -> None:
    browser.post("/log", worked(village, on=str(village.bake.uid)))
    sent = of_week(browser.get("/log/week"))
    browser.post("/log/week", sent | {"row.0.0": "2"})
    response = browser.post("/log/week", sent | {"row.0.0": "3", "_key": "another"})
    assert response.status_code == 422
    assert "These hours were changed meanwhile: it is 2 h now." in text(response)
    assert 'value="3"' in response.content.decode()
    assert EconomicEvent.objects.count() == 2


def test_a_week_with_a_faulty_cell_is_not_saved_at_all(browser, village) -> None:
    browser.post("/log", worked(village, on=str(village.bake.uid), day="2026-11-20"))
    sent = of_week(browser.get("/log/week?of=2026-11-20"))
    response = browser.post("/log/week", sent | {"row.0.0": "2", "row.0.1": "a while"})
    assert response.status_code == 422
    assert "“a while” is not a time." in text(response)
    assert EconomicEvent.objects.count() == 1


def test_hours_of_a_group_in_which_one_may_not_are_refused_at_their_cell(browser, village) -> None:
    village.record(
        "work", provider=village.ana, receiver=village.bakery, effort_quantity=hours(1), resource_classified_as=("x",)
    )
    As.actor = actor_with(village.ana, read=village.bakery)
    sent = of_week(browser.get("/log/week"))
    response = browser.post("/log/week", sent | {"row.0.0": "2"})
    assert response.status_code in {403, 422}
    assert EconomicEvent.objects.count() == 1


def test_something_else_is_begun_in_an_empty_row(browser, village) -> None:
    sent = of_week(browser.get("/log/week"))
    browser.post("/log/week", sent | {"new.0.process": str(village.bake.uid), "new.0.0": "0.5"})
    assert (last().input_of, last().receiver, last().effort_quantity) == (village.bake, village.bakery, hours("0.5"))


def test_the_week_before_is_copied_into_the_empty_cells_and_saved_only_when_told(browser, village) -> None:
    browser.post("/log", worked(village, on=str(village.bake.uid), day="2026-11-16"))
    page = browser.get("/log/week?copy=yes")
    assert (of_week(page)["row.0.0"], of_week(page)["row.0.0.was"]) == ("1.5", "")
    assert EconomicEvent.objects.count() == 1
    browser.post("/log/week", of_week(page))
    assert last().occurred_at == NOON


def test_days_ahead_cannot_be_filled(browser, village) -> None:
    browser.post("/log", worked(village, on=str(village.bake.uid)))
    sent = of_week(browser.get("/log/week"))
    assert "row.0.1" not in sent
    browser.post("/log/week", sent | {"row.0.1": "5", "row.0.1.was": ""})
    assert EconomicEvent.objects.count() == 1


def test_a_week_is_that_of_a_person(browser, village) -> None:
    As.actor = operator("tests")
    assert "A week is somebody's" in text(browser.get("/log/week"))


def listed(browser, query="") -> str:
    return text(browser.get(f"/economic-event/{query}"))


def test_the_ledger_is_narrowed_by_links_that_can_be_shared(browser, village) -> None:
    browser.post("/log", worked(village))
    browser.post("/log", worked(village, "2", day="2026-10-05"))
    flour = village.stocked(10)
    undo_event(SYSTEM, EconomicEvent.objects.get(effort_quantity_value=2))
    assert "4 found" in listed(browser)
    assert "2 found" in listed(browser, "?period=2026-11&corrections=without")
    assert "1 found" in listed(browser, "?period=2026-10")
    assert "1 found" in listed(browser, "?corrections=only")
    assert "3 found" in listed(browser, f"?who={village.ana.uid}")
    assert "3 found" in listed(browser, "?mine=yes")
    assert "1 found" in listed(browser, f"?thing={flour.uid}")
    assert "3 found" in listed(browser, f"?scope={village.bakery.uid}")


def test_the_ledger_says_what_the_events_it_shows_amount_to(browser, village) -> None:
    browser.post("/log", worked(village))
    browser.post("/log", worked(village, "0.25"))
    village.stocked(10)
    village.stocked(Measure(hours("0.1").value, "kilogram"))
    said = listed(browser)
    assert "1.75 h work · 2" in said
    assert "10.1 kg raise · 2" in said
    assert "10.1 kg" not in listed(browser, "?action=work")


@pytest.mark.parametrize("name", ["who", "thing"])
def test_a_ledger_of_somebody_who_is_not_there_is_refused(browser, village, name) -> None:
    hidden = "01900000-0000-7000-8000-000000000000"
    response = browser.get(f"/economic-event/?{name}={hidden}")
    assert response.status_code == 422
    assert "There is nothing of the kind" in text(response)


def test_a_file_of_the_ledger_holds_what_the_page_shows(browser, village) -> None:
    browser.post("/log", worked(village))
    village.stocked(10)
    file = b"".join(browser.get(f"/economic-event/?format=csv&who={village.ana.uid}").streaming_content).decode()
    assert len(file.strip().splitlines()) == 2


def test_an_event_is_told_with_what_it_did_and_what_was_corrected_of_it(browser, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    bread = village.record(
        "consume", 4, resource_inventoried_as=flour, provider=village.bakery, receiver=village.bakery
    )
    correct_event(SYSTEM, bread, resource_quantity=kg(-1), note="weighed again")
    said = text(browser.get(f"/economic-event/{bread.uid}"))
    assert "Bakery used up 4 kg Flour" in said
    assert "there: -4 kg" in said
    assert "Corrected since, so that 3 kg is what counts." in said
    assert "weighed again" in said
    undo_event(SYSTEM, bread)
    assert "Undone: it counts for nothing." in text(browser.get(f"/economic-event/{bread.uid}"))


def test_what_an_event_began_and_handed_over_is_said_of_both_things(browser, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    given = village.record(
        "transfer",
        4,
        resource_inventoried_as=flour,
        provider=village.bakery,
        receiver=village.mill,
        new_resource=ResourceDraft({"name": "Flour of the mill"}),
    )
    said = text(browser.get(f"/economic-event/{given.uid}"))
    assert "Flour of the mill began with it there: +4 kg" in said
    assert "there: -4 kg" in said


def test_what_is_no_time_is_refused_by_a_name_that_programs_know(village) -> None:
    sent = QueryDict("events.0.action=work&events.0.effortQuantity=soon")
    _told, refusals = Sheet(SYSTEM, sent, village.ana, []).read()
    assert [(each.code, each.field) for each in refusals] == [("events.not_a_time", "events.0.effortQuantity")]


def test_hours_that_changed_meanwhile_are_refused_by_a_name_that_programs_know(village) -> None:
    cell = Cell("row.0.0", NOON.date(), is_open=True, text="3", was="2")
    with pytest.raises(Refused) as refused:
        list(told_by(Row(0, None, [cell]), cell, village.ana))
    assert [each.code for each in refused.value.refusals] == ["events.hours_changed"]
