"""Passports and labels: what strangers learn, and what they do not."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from oce.apps.agents.models import Agent
from oce.apps.documents.arrivals import arrived
from oce.apps.documents.commands import attach_document
from oce.apps.documents.tests.pictures import PDF
from oce.apps.events.commands import undo_event
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.things import passports
from oce.apps.things.tests.yard import Yard, fresh
from oce.kit.actor import STRANGER
from oce.kit.testing.asking import ask
from oce.kit.visibility import Visibility

pytestmark = pytest.mark.django_db


@pytest.fixture
def yard(settings, tmp_path):
    settings.OCE_HOME = tmp_path
    return Yard()


def publish(record):
    type(record).objects.filter(pk=record.pk).update(visibility=Visibility.PUBLIC)


def address_of(thing):
    return f"/economic-resource/{thing.uid}/passport"


def test_a_stranger_who_scans_a_public_thing_sees_its_passport_without_signing_in(client, yard):
    publish(yard.jam)
    answer = client.get(address_of(yard.jam))
    assert answer.status_code == 200
    page = answer.content.decode()
    for words in ("Plum jam", "J-7", "Plums", "Cooking", "a person", "a group of this network"):
        assert words in page, words
    for secret in ("Ana", "Plum Kitchen", "Cellar", "40", "20 kg"):
        assert f">{secret}<" not in page, secret


def test_names_are_told_of_those_who_made_themselves_public(client, yard):
    publish(yard.jam)
    publish(yard.kitchen)
    page = client.get(address_of(yard.jam)).content.decode()
    assert "Plum Kitchen" in page
    assert "Ana" not in page


def test_a_thing_that_is_not_public_answers_strangers_like_one_that_is_not_there(client, yard):
    missing = "/economic-resource/00000000-0000-7000-8000-000000000000/passport"
    unseen, absent = client.get(address_of(yard.jam)), client.get(missing)
    assert unseen.status_code == absent.status_code == 302
    assert unseen.url.replace(str(yard.jam.uid), "") == absent.url.replace(missing.split("/")[2], "")


def test_only_the_passport_of_a_public_thing_is_open_and_not_what_is_done_with_it(client, yard):
    publish(yard.jam)
    for word in ("move", "count", "label", "share"):
        answer = client.get(f"/economic-resource/{yard.jam.uid}/{word}")
        assert answer.status_code in {302, 403, 405}, word


def test_a_receipt_stays_out_of_the_passport_and_a_certificate_is_in_it(client, yard, actor):
    publish(yard.jam)
    receipt = attach_document(actor, yard.jam, arrived("receipt.pdf", BytesIO(PDF)), role="receipt")
    organic = attach_document(actor, yard.jam, arrived("organic.pdf", BytesIO(PDF)), role="certificate")
    page = client.get(address_of(yard.jam)).content.decode()
    assert organic.url in page
    assert receipt.url not in page
    shown = client.get(organic.url)
    assert b"".join(shown.streaming_content) == PDF
    assert client.get(receipt.url).status_code == 404


def test_a_program_reads_the_passport_as_linked_data(client, yard):
    publish(yard.jam)
    answer = client.get(address_of(yard.jam), headers={"Accept": "application/ld+json"})
    told = json.loads(answer.content)
    assert told["@id"] == yard.jam.address
    assert told["conformsTo"] == {"@type": "ResourceSpecification", "name": "Jam"}
    assert told["ofBatchLot"]["batchLotCode"] == "J-7"
    assert "Ana" not in answer.content.decode()


def test_what_was_undone_is_not_in_the_passport(yard, actor):
    undo_event(actor, EconomicEvent.objects.get(action="produce"))
    assert passports.passport_of(actor, fresh(yard.jam)).steps == ()


def test_a_label_leads_to_the_passport_and_a_sheet_holds_as_many_as_one_asks(browser, yard):
    page = browser.get(f"/economic-resource/{yard.jam.uid}/label?copies=3").content.decode()
    assert page.count('class="qr"') == 3
    for copies in ("0", "x", "999999"):
        assert browser.get(f"/economic-resource/{yard.jam.uid}/label?copies={copies}").status_code == 200
    sheet = browser.get(f"/things/labels?of={yard.jam.uid}&of={yard.plums.uid}&of=nonsense").content.decode()
    assert sheet.count('class="qr"') == 2
    assert "Nothing was chosen" in browser.get("/things/labels").content.decode()


def test_names_of_agents_are_told_by_what_they_are():
    person, group = Agent(agent_class="Person", name="Ana"), Agent(agent_class="Organization", name="Kitchen")
    nature = Agent(agent_class="EcologicalAgent", name="River")
    assert [str(passports.name_for(STRANGER, each)) for each in (person, group, nature)] == [
        "a person",
        "a group of this network",
        "nature",
    ]


def test_graphql_tells_passports_and_grants_what_the_pages_do(yard):
    told = ask(
        "query($id: ID!) { passport(id: $id) { maker ingredients steps contributors address } }", id=str(yard.jam.uid)
    )["passport"]
    assert (told["maker"], told["ingredients"], told["steps"]) == ("Plum Kitchen", ["Plums"], ["Cooking"])
    assert ask('{ foundByCode(code: "J-7") { name } }')["foundByCode"] == [{"name": "Plum jam"}]
    made = ask(
        'mutation($keeper: ID!) { receiveThing(name: "Drill", keeper: $keeper, lotCode: "D-1") { id } }',
        keeper=str(yard.kitchen.uid),
    )
    assert made["receiveThing"]["id"]
    drill = EconomicResource.objects.get(name="Drill")
    moved = ask(
        "mutation($ids: [ID!]!, $to: ID!) { moveThings(ids: $ids, toLocation: $to) { action { label } } }",
        ids=[str(drill.uid)],
        to=str(yard.shelf.uid),
    )
    assert len(moved["moveThings"]) == 1
    counting = """mutation($id: ID!, $n: Decimal!) {
      countThing(id: $id, counted: {hasNumericalValue: $n, hasUnit: "one"}) { action { label } }
    }"""
    assert ask(counting, id=str(drill.uid), n=1)["countThing"] is None
    assert ask(counting, id=str(drill.uid), n=3)["countThing"] == {"action": {"label": "raise"}}
