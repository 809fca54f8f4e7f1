"""The screens of things: one thing, the inventory, what is done with them, receiving and sharing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oce.apps.documents.models import Attachment
from oce.apps.documents.tests.pictures import jpeg
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.things.commands import count_thing
from oce.apps.things.tests.yard import Yard, fresh
from oce.kit.testing.factories import organization
from oce.kit.testing.notation import quantity

pytestmark = pytest.mark.django_db


@pytest.fixture
def yard(settings, tmp_path):
    settings.OCE_HOME = tmp_path
    return Yard()


def page_of(thing):
    return f"/economic-resource/{thing.uid}"


def text_of(answer):
    return answer.content.decode()


def test_the_page_of_a_thing_tells_its_life_its_origin_and_who_worked_on_it(browser, yard):
    with CaptureQueriesContext(connection) as asked:
        page = text_of(browser.get(page_of(yard.jam)))
    assert len(asked) <= 12
    for words in ("Plum Kitchen produced 40 Plum jam", "Plums", "Ana", "Cook jam", "Cellar", "J-7", "Made from"):
        assert words in page, words


def test_a_life_of_many_events_costs_no_more_questions(browser, yard, actor):
    for number in range(20):
        count_thing(actor, yard.jam, quantity(f"{20 + number} one"))
    browser.get(page_of(yard.jam))
    with CaptureQueriesContext(connection) as asked:
        browser.get(page_of(yard.jam))
    assert len(asked) <= 12


def test_a_thing_is_moved_by_its_form_and_the_message_can_undo_it(browser, yard):
    assert browser.get(f"{page_of(yard.jam)}/move").status_code == 200
    answer = browser.post(f"{page_of(yard.jam)}/move", {"toLocation": str(yard.shelf.uid)}, follow=True)
    assert fresh(yard.jam).current_location == yard.shelf
    assert "/log/undo" in text_of(answer)
    moved = EconomicEvent.objects.latest("id")
    browser.post("/log/undo", {"events": str(moved.uid), "next": "/things/"})
    assert fresh(yard.jam).current_location == yard.cellar


def test_a_move_to_nowhere_is_refused_at_its_input(browser, yard):
    answer = browser.post(f"{page_of(yard.jam)}/move", {"note": "what I wrote"})
    assert answer.status_code == 422
    assert "what I wrote" in text_of(answer)
    assert EconomicEvent.objects.count() == 4


def test_a_part_is_split_off_and_has_the_same_lot(browser, yard):
    sent = {
        "resourceQuantity": "12",
        "resourceQuantity.unit": "one",
        "name": "Gift box",
        "toLocation": str(yard.shelf.uid),
    }
    answer = browser.post(f"{page_of(yard.jam)}/split", sent)
    assert answer.status_code == 302, text_of(answer)
    part = EconomicResource.objects.get(name="Gift box")
    assert (part.onhand_quantity, part.current_location, part.of_batch_lot) == (
        quantity("12 one"),
        yard.shelf,
        fresh(yard.jam).of_batch_lot,
    )
    assert fresh(yard.jam).onhand_quantity == quantity("28 one")
    assert "Gift box" in text_of(browser.get(page_of(yard.jam)))
    too_much = browser.post(f"{page_of(yard.jam)}/split", {**sent, "resourceQuantity": "100"})
    assert too_much.status_code == 422


def test_a_thing_is_counted_and_a_form_sent_twice_counts_once(browser, yard):
    sent = {"resourceQuantity": "38", "resourceQuantity.unit": "one", "note": "two broke", "_key": "k-1"}
    for _time in range(2):
        assert browser.post(f"{page_of(yard.jam)}/count", sent).status_code == 302
    assert fresh(yard.jam).onhand_quantity == quantity("38 one")
    assert EconomicEvent.objects.filter(action="lower").count() == 1
    same = browser.post(f"{page_of(yard.jam)}/count", {**sent, "_key": "k-2"}, follow=True)
    assert "as the books say" in text_of(same)
    refused = browser.post(f"{page_of(yard.jam)}/count", {**sent, "resourceQuantity": "-3", "_key": "k-3"})
    assert refused.status_code == 422


def test_what_is_set_right_wants_a_reason(browser, yard):
    sent = {"resourceQuantity": "-3", "resourceQuantity.unit": "one"}
    assert browser.post(f"{page_of(yard.jam)}/adjust", sent).status_code == 422
    assert browser.post(f"{page_of(yard.jam)}/adjust", {**sent, "note": "spoiled"}).status_code == 302
    assert fresh(yard.jam).onhand_quantity == quantity("37 one")


def test_a_thing_is_handed_over_with_all_its_story(browser, yard):
    sent = {"receiver": str(yard.shop.uid), "resourceQuantity": "24", "resourceQuantity.unit": "one"}
    assert browser.post(f"{page_of(yard.jam)}/give", sent).status_code == 302
    theirs = EconomicResource.objects.get(primary_accountable=yard.shop)
    assert theirs.onhand_quantity == quantity("24 one")
    assert "Plum jam" in text_of(browser.get(page_of(theirs)))
    assert browser.post(f"{page_of(yard.jam)}/give", {**sent, "resourceQuantity": "0"}).status_code == 422


def test_the_inventory_shows_tiles_a_list_and_one_place(browser, yard):
    assert "40" in text_of(browser.get("/things/"))
    listed = text_of(browser.get("/things/?view=table"))
    assert page_of(yard.jam) in listed
    assert page_of(yard.jam) not in text_of(browser.get(f"/things/?view=table&place={yard.shelf.uid}"))
    assert page_of(yard.jam) in text_of(
        browser.get(f"/things/?view=table&place={yard.cellar.uid}&kind={yard.jam_kind.uid}")
    )
    for odd in ("page=999999999999", "page=x", "state=nonsense", "place=nonsense", "kind=%00", "q=%00", "sort=;drop"):
        assert browser.get(f"/things/?{odd}").status_code == 200, odd


def test_an_empty_inventory_asks_for_the_first_thing(browser):
    assert "Add the first thing" in text_of(browser.get("/things/"))


def test_several_things_are_moved_together_from_the_list(browser, yard):
    page = text_of(browser.get(f"/things/move?of={yard.jam.uid}"))
    assert "Plum jam" in page
    sent = {"of": [str(yard.jam.uid)], "toLocation": str(yard.shelf.uid)}
    assert browser.post("/things/move", sent).status_code == 302
    assert fresh(yard.jam).current_location == yard.shelf
    assert "Nothing was chosen" in text_of(browser.get("/things/move"))


def test_a_thing_comes_in_by_a_name_with_a_photo(browser, settings, tmp_path):
    settings.OCE_HOME = tmp_path
    kitchen = organization("Kitchen")
    photo = SimpleUploadedFile("drill.jpg", jpeg())
    sent = {"name": "Cordless drill", "receiver": str(kitchen.uid), "photo": photo, "_key": "k"}
    for _time in range(2):
        photo.seek(0)
        answer = browser.post("/things/receive", sent)
    drill = EconomicResource.objects.get()
    assert answer.url == page_of(drill)
    assert Attachment.objects.get().about_uid == drill.uid
    assert Attachment.objects.get().small_url in text_of(browser.get(answer.url))


def test_a_bad_photo_leaves_nothing_behind_and_keeps_what_was_typed(browser, settings, tmp_path):
    settings.OCE_HOME = tmp_path
    kitchen = organization("Kitchen")
    sent = {
        "name": "Drill",
        "receiver": str(kitchen.uid),
        "photo": SimpleUploadedFile("x.jpg", b"<svg><script/></svg>"),
    }
    answer = browser.post("/things/receive", sent)
    assert answer.status_code == 422
    assert "Drill" in text_of(answer)
    assert not EconomicResource.objects.exists()


def test_a_name_of_ten_thousand_characters_is_refused(browser):
    answer = browser.post("/things/receive", {"name": "a" * 10_000, "receiver": str(organization("Kitchen").uid)})
    assert answer.status_code == 422
    assert not EconomicResource.objects.exists()


def test_the_keeper_says_who_may_see_a_thing(browser, yard):
    assert browser.post(f"{page_of(yard.jam)}/share", {"visibility": "public"}).status_code == 302
    assert fresh(yard.jam).visibility == "public"
    browser.post(f"{page_of(yard.jam)}/share", {"visibility": "nonsense"})
    assert fresh(yard.jam).visibility == "public"
