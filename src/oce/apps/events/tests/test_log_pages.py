"""Logging in a browser: what one did before by one press, what nobody planned, several lines at once, and taking it back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.sheet import Sheet
from oce.apps.events.pages.week import Cell, Row, told_by
from oce.apps.events.tests.ana import NOON, last, source, text, worked
from oce.apps.events.tests.village import balances, hours
from oce.apps.processes.models import Process
from oce.kit import clock
from oce.kit.actor import SYSTEM
from oce.kit.testing import factories
from oce.vf.measures import Measure
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db


def test_work_is_logged_in_ones_own_name_for_a_group(phone, village) -> None:
    response = phone.post("/log", worked(village))
    assert (response.status_code, response.headers["Location"]) == (302, "/"), text(response)
    event = last()
    assert (event.provider, event.receiver, event.effort_quantity) == (village.ana, village.bakery, hours("1.5"))
    assert event.occurred_at == NOON


def test_a_time_may_be_pressed_instead_of_typed(phone, village) -> None:
    phone.post("/log", worked(village, "7", **{"events.0.effortQuantity.quick": "0.25"}))
    assert last().effort_quantity == hours("0.25")


def test_minutes_that_are_no_hours_stay_minutes(phone, village) -> None:
    phone.post("/log", worked(village, "1:20"))
    assert last().effort_quantity == Measure(hours(80).value, "minute-Time")


def test_a_time_that_is_none_is_refused_at_its_input_and_nothing_typed_is_lost(phone, village) -> None:
    response = phone.post("/log", worked(village, "a while", note="Under the moon", what="Sorting crates"))
    assert response.status_code == 422
    page = source(response)
    assert "“a while” is not a time. Write hours, such as 1.5 or 1:30, or minutes, such as 90 min." in text(response)
    assert 'value="a while"' in page
    assert 'value="Sorting crates"' in page
    assert "Under the moon" in page
    assert not EconomicEvent.objects.exists()


def test_what_nobody_planned_is_work_of_the_group(phone, village) -> None:
    phone.post("/log", worked(village, what="Sorting crates"))
    event = last()
    assert (event.input_of.name, event.input_of.in_scope_of) == ("Sorting crates", village.bakery)


def test_too_many_words_for_a_piece_of_work_are_refused_at_its_input(phone, village) -> None:
    response = phone.post("/log", worked(village, what="x" * 10_000))
    assert response.status_code == 422
    assert 'id="what-fault"' in response.content.decode()
    assert not Process.objects.exclude(pk=village.bake.pk).exists()


def test_the_group_of_a_piece_of_work_is_for_whom_it_is(phone, village) -> None:
    phone.post("/log", worked(village, receiver="", on=str(village.bake.uid)))
    assert (last().input_of, last().receiver) == (village.bake, village.bakery)


def test_a_suggestion_repeats_the_work_and_the_group_of_last_time(phone, village) -> None:
    phone.post("/log", worked(village, on=str(village.bake.uid)))
    first = last()
    page = source(phone.get("/log"))
    assert f'name="on" value="{first.uid}"' in page
    phone.post("/log", worked(village, "3", receiver="", on=str(first.uid)))
    assert (last().input_of, last().receiver, last().effort_quantity) == (village.bake, village.bakery, hours(3))


def test_another_day_counts_at_its_noon(phone, village) -> None:
    phone.post("/log", worked(village, day="2026-11-20"))
    assert last().occurred_at == datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "99999-01-01"])
def test_a_day_that_is_none_is_refused_at_its_input(phone, village, day) -> None:
    response = phone.post("/log", worked(village, day=day))
    assert response.status_code == 422
    assert 'id="day-fault"' in response.content.decode()


def test_work_use_and_output_are_logged_in_one_go(phone, village) -> None:
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
    response = phone.post("/log", sent)
    assert response.status_code == 302, text(response)
    work, consumed, made = EconomicEvent.objects.order_by("-id")[:3][::-1]
    assert {work.input_of, consumed.input_of, made.output_of} == {Process.objects.get(name="Bread for the feast")}
    assert balances(flour) == ("6", "6")
    assert (made.provider, made.receiver) == (village.bakery, village.bakery)
    assert made.resource_inventoried_as.of_batch_lot.batch_lot_code == "B-7"


def test_an_amount_is_counted_as_its_thing_is(phone, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    used = {"events.0.action": "consume", "events.0.resourceInventoriedAs": str(flour.uid)}
    phone.post("/log", used | {"events.0.resourceQuantity": "2.5"})
    assert balances(flour) == ("7.5", "7.5")


def test_what_was_given_is_the_others(phone, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    given = {"events.0.action": "transfer", "events.0.resourceInventoriedAs": str(flour.uid)}
    phone.post("/log", given | {"events.0.resourceQuantity": "3", "events.0.receiver": str(village.mill.uid)})
    event = last()
    assert (event.provider, event.receiver) == (village.bakery, village.mill)
    assert event.to_resource_inventoried_as.primary_accountable == village.mill
    assert event.to_resource_inventoried_as.name == "Flour"


def test_what_is_moved_is_moved_whole_where_nobody_says_how_much(phone, village) -> None:
    flour = village.stocked(10, agent=village.bakery, at=village.barn)
    moved = {"events.0.action": "move", "events.0.resourceInventoriedAs": str(flour.uid)}
    response = phone.post("/log", moved | {"events.0.toLocation": str(village.shop.uid)})
    assert response.status_code == 302, text(response)
    flour.refresh_from_db()
    assert (flour.current_location, str(last().resource_quantity)) == (village.shop, "10 kilogram")


def test_a_citation_needs_no_amount(phone, village) -> None:
    design = village.stocked(Measure(hours(1).value, "one"), agent=village.bakery)
    cited = {"events.0.action": "cite", "events.0.resourceInventoriedAs": str(design.uid)}
    response = phone.post("/log", cited)
    assert response.status_code == 302, text(response)
    assert str(last().resource_quantity) == "1 one"


def test_the_same_is_logged_for_team_mates(phone, village) -> None:
    ben = factories.person("Ben")
    phone.post("/log", worked(village, also=[str(ben.uid)]))
    assert [each.provider for each in EconomicEvent.objects.order_by("id")] == [village.ana, ben]


def test_nobody_logs_for_a_group_in_which_one_may_not(phone, village) -> None:
    mill = str(village.mill.uid)
    response = phone.post("/log", worked(village, provider=mill, receiver=mill))
    assert response.status_code in {403, 422}
    assert "You may not do this for Mill: it needs the right to record there." in text(response)
    assert not EconomicEvent.objects.exists()


def test_a_sheet_sent_twice_is_saved_once_though_time_goes_on(phone, village) -> None:
    for seconds in range(2):
        with clock.standing_at(clock.now() + timedelta(seconds=seconds)):
            assert phone.post("/log", worked(village, _key="a-key")).status_code == 302
    assert EconomicEvent.objects.count() == 1


def test_a_habit_pressed_twice_is_logged_once_though_time_goes_on(phone, village) -> None:
    phone.post("/log", worked(village))
    sends = {"event": str(EconomicEvent.objects.get().uid), "_key": "a-key"}
    for seconds in range(2):
        with clock.standing_at(clock.now() + timedelta(seconds=seconds)):
            assert phone.post("/log/again", sends).url == "/"
    assert EconomicEvent.objects.count() == 2


def test_a_sheet_changed_after_going_back_says_so_and_can_be_saved_again(phone, village) -> None:
    phone.post("/log", worked(village, _key="a-key"))
    response = phone.post("/log", worked(village, "4", _key="a-key"))
    assert response.status_code == 409
    assert "This form was saved before with other words." in text(response)
    key = re.search(r'name="_key" value="([^"]+)"', response.content.decode())[1]
    assert phone.post("/log", worked(village, "4", _key=key)).status_code == 302


def test_a_line_is_added_changed_and_taken_out_without_a_script(phone, village) -> None:
    page = source(phone.post("/log", worked(village, _add="produce")))
    assert 'name="events.1.action" value="produce"' in page
    assert 'value="1.5"' in page
    changed = source(phone.post("/log", worked(village, _be="use")))
    assert 'name="events.0.action" value="use"' in changed
    fewer = source(phone.post("/log", worked(village, _remove="0", **{"events.1.action": "cite"})))
    assert 'name="events.0.action" value="cite"' in fewer
    assert not EconomicEvent.objects.exists()


def test_what_was_logged_can_be_undone_from_the_message_that_stays(phone, village) -> None:
    phone.post("/log", worked(village, what="Sorting crates"))
    page = source(phone.get("/"))
    assert 'action="/log/undo"' in page
    events = re.search(r'name="events" value="([^"]+)"', page)[1]
    key = re.findall(r'name="_key" value="([^"]+)"', page)[0]
    for _time in range(2):
        assert phone.post("/log/undo", {"events": events, "_key": key}).status_code == 302
    assert EconomicEvent.objects.count() == 2
    assert last().effort_quantity == hours("-1.5")
    assert "It is undone, as if it had not happened." in text(phone.get("/"))


def test_undoing_what_another_tab_undid_says_so(phone, village) -> None:
    phone.post("/log", worked(village))
    events = str(last().uid)
    phone.post("/log/undo", {"events": events})
    phone.get("/")
    phone.post("/log/undo", {"events": events})
    assert "is undone: nothing of it is left to correct." in text(phone.get("/"))


def test_the_same_is_logged_again_by_one_press(phone, village) -> None:
    phone.post("/log", worked(village, on=str(village.bake.uid)))
    first = last()
    with clock.standing_at(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        for _time in range(2):
            phone.post("/log/again", {"event": str(first.uid), "_key": "again"})
        assert EconomicEvent.objects.count() == 2
        assert last().occurred_at == clock.now()
    assert (last().input_of, last().effort_quantity) == (village.bake, hours("1.5"))


def test_an_entry_is_changed_by_taking_it_back_and_logging_it_anew(phone, village) -> None:
    phone.post("/log", worked(village, on=str(village.bake.uid)))
    first = last()
    page = source(phone.get(f"/log?instead={first.uid}"))
    assert f'name="instead" value="{first.uid}"' in page
    assert 'value="1.5"' in page
    changed = worked(village, "2", on=str(first.uid), instead=str(first.uid), note="With Ben")
    assert phone.post("/log", changed).status_code == 302
    assert EconomicEvent.objects.count() == 3
    assert (last().effort_quantity, last().note, last().corrects) == (hours(2), "With Ben", None)
    again = phone.post("/log", changed)
    assert again.status_code == 422
    assert "nothing of it is left to correct" in text(again)
    assert "With Ben" in again.content.decode()


def test_a_link_can_name_the_verb_and_the_thing(phone, village) -> None:
    flour = village.stocked(10, agent=village.bakery)
    page = source(phone.get(f"/log?action=consume&events.0.resourceInventoriedAs={flour.uid}"))
    assert 'name="events.0.action" value="consume"' in page
    assert f'<option value="{flour.uid}" selected>' in page


def test_one_goes_back_to_where_the_sheet_was_opened_but_never_to_another_house(phone, village) -> None:
    assert phone.post("/log", worked(village, next="/journal/")).headers["Location"] == "/journal/"
    for elsewhere in ("https://evil.example/", "//evil.example/"):
        assert phone.post("/log", worked(village, next=elsewhere)).headers["Location"] == "/"


def test_what_is_no_time_is_refused_by_a_name_that_programs_know(village) -> None:
    sent = QueryDict("events.0.action=work&events.0.effortQuantity=soon")
    _told, refusals = Sheet(SYSTEM, sent, village.ana, []).read()
    assert [(each.code, each.field) for each in refusals] == [("events.not_a_time", "events.0.effortQuantity")]


def test_hours_that_changed_meanwhile_are_refused_by_a_name_that_programs_know(village) -> None:
    cell = Cell("row.0.0", NOON.date(), is_open=True, text="3", was="2")
    with pytest.raises(Refused) as refused:
        list(told_by(Row(0, None, [cell]), cell, village.ana))
    assert [each.code for each in refused.value.refusals] == ["events.hours_changed"]
