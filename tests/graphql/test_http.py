"""Programs send JSON to /graphql, people open it; what cannot be read is refused with the right status."""

from __future__ import annotations

import json

import pytest

from oce.site.keys import operator_key

pytestmark = pytest.mark.django_db

PLANS = "{ plans { pageInfo { totalCount } } }"
MAKE = 'mutation { createPlan(plan: {name: "Saturday"}) { plan { name } } }'


@pytest.fixture
def send(client):
    def post(body, **headers):
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        headers = {"Authorization": f"Bearer {operator_key()}", **headers}
        return client.post(
            "/graphql", sent, content_type=headers.pop("content_type", "application/json"), headers=headers
        )

    return post


def code(response):
    return response.json()["errors"][0]["extensions"]["code"]


def test_a_program_with_the_key_is_answered(send):
    response = send({"query": PLANS, "variables": None, "operationName": None})
    assert response.status_code == 200
    assert response.json() == {"data": {"plans": {"pageInfo": {"totalCount": 0}}}}
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"


def test_the_newer_media_type_is_answered_in_kind(send):
    response = send({"query": PLANS}, Accept="application/graphql-response+json, application/json;q=0.9")
    assert response["Content-Type"] == "application/graphql-response+json"


def test_a_stranger_is_answered_with_401_but_may_see_the_schema(client):
    refused = client.post("/graphql", json.dumps({"query": PLANS}), content_type="application/json")
    assert (refused.status_code, code(refused)) == (401, "kit.not_allowed")
    shown = client.post(
        "/graphql", json.dumps({"query": "{ __schema { queryType { name } } }"}), content_type="application/json"
    )
    assert shown.status_code == 200


def test_the_key_in_the_header_makes_a_retry_harmless(send):
    for _ in range(2):
        assert (
            send({"query": MAKE}, **{"Idempotency-Key": "k"}).json()["data"]["createPlan"]["plan"]["name"] == "Saturday"
        )
    assert send({"query": PLANS}).json()["data"]["plans"]["pageInfo"]["totalCount"] == 1


def test_numbers_with_a_point_in_variables_are_exact(send):
    query = """mutation($lat: Decimal) { createSpatialThing(spatialThing: {name: "Mill", lat: $lat, long: 0}) {
      spatialThing { lat } } }"""
    body = json.dumps({"query": query, "variables": {"lat": 0}}).replace('"lat": 0', '"lat": 52.100000000000000001')
    assert send(body).json()["data"]["createSpatialThing"]["spatialThing"]["lat"] == "52.100000000000000001"


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        ("{", 400, "graphql.unreadable"),
        ("5", 400, "graphql.unreadable"),
        ("{}", 400, "graphql.unreadable"),
        ('{"query": 5}', 400, "graphql.unreadable"),
        ('{"query": "{ __typename }", "variables": []}', 200, None),
        ('{"query": "{ __typename }", "variables": [1]}', 400, "graphql.unreadable"),
        ('{"query": "{ __typename }", "variables": {"a": NaN}}', 400, "graphql.unreadable"),
        ("[" * 100_000, 400, "graphql.unreadable"),
        (b"\xff\xfe\x00", 400, "graphql.unreadable"),
        ('[{"query": "{ __typename }"}]', 400, "graphql.one_at_a_time"),
        ('{"query": "{ nothing }"}', 400, "graphql.invalid"),
        ('{"query": "{"}', 400, "graphql.invalid"),
        ('{"query": "' + "{ a" * 3_000 + '"}', 400, "graphql.invalid"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_cannot_be_read_is_refused(send, body, status, expected):
    response = send(body)
    assert response.status_code == status
    assert expected is None or code(response) == expected


def test_a_large_body_is_refused_unread(send, settings):
    settings.OCE_GRAPHQL_BYTES_MAX = 1_000
    response = send({"query": PLANS + " " * 1_000})
    assert (response.status_code, code(response)) == (413, "graphql.too_big")
    assert "1000 bytes" in response.json()["errors"][0]["message"]


def test_a_body_that_lies_about_its_length_is_refused_too(rf, settings):
    from oce.kit.graphql.view import read_request
    from oce.kit.testing.notation import refused

    settings.OCE_GRAPHQL_BYTES_MAX = 10
    request = rf.post("/graphql", json.dumps({"query": PLANS}), content_type="application/json")
    request.META["CONTENT_LENGTH"] = "5"
    request._body = b"x" * 20
    with refused("graphql.too_big"):
        read_request(request)


def test_other_kinds_of_bodies_and_methods_are_refused(send, client):
    forged = send({"query": MAKE}, content_type="text/plain")
    assert (forged.status_code, code(forged)) == (415, "graphql.not_json")
    put = client.put("/graphql", "{}", content_type="application/json")
    assert (put.status_code, code(put)) == (405, "graphql.wrong_method")


def test_questions_may_be_asked_by_get_and_wishes_may_not(client):
    key = {"Authorization": f"Bearer {operator_key()}"}
    asked = client.get(
        "/graphql",
        {"query": "query($n: Int) { plans(first: $n) { edges { cursor } } }", "variables": '{"n": 3}'},
        headers=key,
    )
    assert asked.json() == {"data": {"plans": {"edges": []}}}
    wished = client.get("/graphql", {"query": MAKE}, headers=key)
    assert (wished.status_code, code(wished)) == (405, "graphql.not_by_get")


def test_people_get_a_page_that_loads_nothing_from_elsewhere(client):
    page = client.get("/graphql", headers={"Accept": "text/html,*/*"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "http://" not in text
    assert "https://" not in text
    assert "<script>" not in text
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "/enter" in text
    signed_in = client.get("/graphql", headers={"Accept": "text/html", "Authorization": f"Bearer {operator_key()}"})
    assert "/enter" not in signed_in.content.decode()


def test_the_files_of_the_page_are_served_by_the_house(client):
    import re

    text = client.get("/graphql", headers={"Accept": "text/html"}).content.decode()
    from django.contrib.staticfiles import finders

    for address in re.findall(r'(?:src|href)="/static/([^"]+)"', text):
        assert finders.find(address), address
