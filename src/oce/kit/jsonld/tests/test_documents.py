"""Records become documents, and documents of records become the same records."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.test import RequestFactory
from pyld import jsonld

from oce.kit.actor import STRANGER, SYSTEM
from oce.kit.jsonld import collections, context, documents, negotiation
from oce.kit.records import record_model
from oce.kit.testing import factories
from oce.vf.namespaces import OM2, VF

pytestmark = pytest.mark.django_db


def expanded(document):
    return jsonld.expand(document, {"documentLoader": context.load_known})[0]


def test_a_document_says_what_the_record_says():
    place = factories.place("Mill", lat=Decimal("47.123456789012345678"), long=Decimal("8.5"))
    ana = factories.person("Ana", primary_location=place, note="<script>alert(1)</script>", classified_as=["baker"])
    document = documents.document_of(ana)
    assert document["@id"] == ana.address
    assert document["@type"] == "Person"
    assert "agentClass" not in document
    assert document["note"] == "<script>alert(1)</script>"
    assert document["primaryLocation"] == place.address
    found = expanded(document)
    assert found["@type"] == [VF + "Person"]
    assert found[VF + "primaryLocation"] == [{"@id": place.address}]


def test_numbers_lose_no_digit():
    place = factories.place("Mill", lat=Decimal("47.123456789012345678"), long=Decimal("8.5"), alt=Decimal(400))
    document = documents.body_of(place)
    assert document["lat"] == {"@type": context.XSD + "decimal", "@value": "47.123456789012345678"}
    assert (document["long"], document["alt"]) == (8.5, 400)


def test_units_are_those_of_the_standard_or_our_own():
    flour = expanded(documents.document_of(factories.kind("flour", unit="kilogram")))
    assert flour[VF + "defaultUnitOfResource"] == [{"@id": OM2 + "kilogram"}]
    factories.unit("sack")
    bread = expanded(documents.document_of(factories.kind("bread", unit="sack")))
    assert bread[VF + "defaultUnitOfResource"] == [{"@id": context.OWN_UNIT + "sack"}]


def test_a_record_known_by_its_address_only_says_no_more():
    agent = record_model("agent").objects.create(iri="https://ana.example/", is_described=False, agent_class="Agent")
    assert documents.body_of(agent) == {"@id": "https://ana.example/", "@type": "Agent"}


def test_our_own_words_stand_under_our_own_namespace():
    yard, farm = factories.place("Yard"), factories.place("Farm")
    type(yard).objects.filter(pk=yard.pk).update(within=farm)
    yard.refresh_from_db()
    assert expanded(documents.document_of(yard))[context.OURS + "within"] == [{"@id": farm.address}]


@pytest.mark.parametrize(
    ("accept", "query", "wants"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "", False),
        ("*/*", "", False),
        ("application/ld+json", "", True),
        ("application/json", "", True),
        ("text/html;q=0.2, application/ld+json;q=0.9", "", True),
        ("text/html", "?format=jsonld", True),
        ("application/ld+json", "?format=html", False),
    ],
)
def test_programs_ask_for_documents_and_people_for_pages(accept, query, wants):
    assert negotiation.wants_document(RequestFactory().get(f"/{query}", headers={"Accept": accept})) is wants


def request(path="/", actor=SYSTEM):
    asked = RequestFactory().get(path, headers={"Accept": "application/ld+json"})
    asked.actor = actor
    return asked


def test_a_record_answers_with_its_document():
    ana = factories.person("Ana")
    answer = documents.record_response(request(), ana)
    assert answer["Content-Type"].startswith("application/ld+json")
    assert "Accept" in answer["Vary"]
    assert json.loads(answer.content)["name"] == "Ana"


def test_a_collection_comes_in_pages_that_lead_on(django_assert_max_num_queries):
    people = [factories.person(f"Person {number}", primary_location=factories.place()) for number in range(5)]
    model = type(people[0])
    path, names = "/agent/?limit=2", []
    while path:
        with django_assert_max_num_queries(5):
            page = json.loads(collections.collection_response(request(path), model).content)
        names += [member["name"] for member in page["hydra:member"]]
        assert page["hydra:totalItems"] == 5
        path = page["hydra:view"].get("hydra:next")
    assert names == [str(each) for each in people]


def test_a_stranger_sees_an_empty_collection():
    factories.person("Ana")
    page = json.loads(collections.collection_response(request(actor=STRANGER), record_model("agent")).content)
    assert page["hydra:member"] == []


def test_a_page_of_a_collection_is_bounded(settings):
    settings.OCE_PAGE_SIZE_MAX = 3
    for number in range(5):
        factories.person(f"Person {number}")
    page = collections.page(record_model("agent"), record_model("agent").every(), after=None, limit="1000000")
    assert len(page["hydra:member"]) == 3


def test_the_context_is_served_to_everybody(client):
    answer = client.get("/context.jsonld")
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    served = json.loads(answer.content)["@context"]
    assert served["action"]["@type"] == "@vocab"
    assert served["within"] == {"@id": "oce:within", "@type": "@id"}


def test_the_next_page_asks_for_the_same():
    for number in range(3):
        factories.person(f"Person {number}")
    path = "/agent/?limit=2&q=person&format=jsonld"
    page = json.loads(collections.collection_response(request(path), record_model("agent")).content)
    assert page["hydra:view"]["hydra:next"].count("q=person") == 1
    assert "after=" in page["hydra:view"]["hydra:next"]
