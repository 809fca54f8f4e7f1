"""What makes logging quick: a photo in the same go, open work that waits nearby, the group one mostly acts for."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oce.apps.documents.models import Attachment
from oce.apps.documents.tests.pictures import jpeg
from oce.apps.events.models import EconomicEvent
from oce.apps.events.tests.ana import As, last, source, text, worked
from oce.apps.processes.models import Process
from oce.kit.actor import SYSTEM
from oce.kit.pages.choices import Offers
from oce.kit.testing import factories
from oce.kit.testing.actors import actor_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.OCE_HOME = tmp_path


def test_a_photo_comes_with_what_is_logged_and_comes_once(phone, village) -> None:
    for _time in range(2):
        sent = worked(village, _key="k", photo=SimpleUploadedFile("bread.jpg", jpeg()))
        assert phone.post("/log", sent).status_code == 302
    photo = Attachment.objects.get()
    assert (photo.about_kind, photo.about_uid) == ("economic-event", last().uid)
    assert photo.small_url in phone.get(f"/economic-event/{last().uid}").content.decode()


def test_a_photo_that_is_none_is_refused_at_its_input_and_nothing_is_logged(phone, village) -> None:
    sent = worked(village, "a while", photo=SimpleUploadedFile("bread.jpg", b"<svg><script/></svg>"), note="Still warm")
    response = phone.post("/log", sent)
    assert response.status_code == 422
    page = source(response)
    assert "bread.jpg holds a program or a web page" in text(response)
    assert 'id="photo-fault"' in page
    assert "“a while” is not a time." in text(response)
    assert "Still warm" in page
    assert not EconomicEvent.objects.exists()


def test_without_an_app_that_keeps_photos_none_is_asked_for(phone, village, monkeypatch) -> None:
    monkeypatch.setattr("oce.apps.events.pages.photos.DOCUMENTS", "oce.apps.nowhere")
    assert 'name="photo"' not in source(phone.get("/log"))
    sent = worked(village, photo=SimpleUploadedFile("bread.jpg", jpeg()))
    assert phone.post("/log", sent).status_code == 302
    assert not Attachment.objects.exists()


def test_open_work_of_ones_groups_is_suggested_and_can_be_chosen(phone, village) -> None:
    done = Process.objects.create(name="Yesterday's dough", in_scope_of=village.bakery, finished=True)
    others = Process.objects.create(name="Milling", in_scope_of=village.mill)
    page = source(phone.get("/log"))
    assert f'name="on" value="{village.bake.uid}"' in page
    assert not any(f'name="on" value="{each.uid}"' in page for each in (done, others))
    phone.post("/log", worked(village, receiver="", on=str(village.bake.uid)))
    assert (last().input_of, last().receiver) == (village.bake, village.bakery)


def test_work_is_for_the_group_of_last_time_and_not_for_a_person_who_was_given_something(phone, village) -> None:
    phone.post("/log", worked(village))
    ben = factories.person("Ben")
    flour = village.stocked(10, agent=village.bakery)
    given = {"events.0.action": "transfer", "events.0.resourceInventoriedAs": str(flour.uid)}
    phone.post("/log", given | {"events.0.resourceQuantity": "1", "events.0.receiver": str(ben.uid)})
    assert f'<option value="{village.bakery.uid}" selected>' in source(phone.get("/log"))


def test_whoever_may_log_for_one_group_only_logs_for_it(village, settings) -> None:
    As.actor = actor_with(factories.person("Nora"), read=village.bakery, record=village.bakery)
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{As.__module__}.As"]
    assert f'<option value="{village.bakery.uid}" selected>' in source(Client().get("/log"))


def test_time_with_a_tool_that_nobody_named_is_refused(phone, village) -> None:
    response = phone.post("/log", worked(village) | {"events.0.action": "use"})
    assert response.status_code == 422, text(response)
    assert not EconomicEvent.objects.exists()


def test_events_are_offered_by_their_sentences_with_one_question(village) -> None:
    for amount in (10, 20):
        village.stocked(amount, agent=village.bakery)
    village.record("raise", 3, resource_conforms_to=village.flour)
    with CaptureQueriesContext(connection) as asked:
        offered = Offers(SYSTEM).choices(EconomicEvent, ()).offered
    assert [each.label for each in offered][:1] == ["Mill counted 3 kg Flour more"]
    assert len(asked) == 1, [each["sql"] for each in asked]
