"""Texts that no database keeps, zeros and halves of characters, are refused wherever they are sent."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode

import pytest

from oce.kit.testing import factories as make
from oce.kit.testing.asking import codes
from oce.site.keys import operator_key

pytestmark = pytest.mark.django_db

NO_TEXTS = ["\ud800", "x\udfff", "a\x00b"]
CREATE = "mutation($v: String) { createPerson(person: {name: $v}) { agent { id } } }"
FIND = "query($v: ID!) { agent(id: $v) { id } }"
LIST = "query($v: String!) { agents(filter: {name: [$v]}) { edges { cursor } } }"
SEARCH = "query($v: String!) { agents(filter: {searchString: $v}) { edges { cursor } } }"
KEYED = 'mutation($v: String) { createPerson(person: {name: "x"}, key: $v) { agent { id } } }'


def sent(client, body):
    return client.post(
        "/graphql",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {operator_key()}"},
    )


@pytest.mark.parametrize("text", NO_TEXTS, ids=ascii)
@pytest.mark.parametrize("query", [CREATE, FIND, LIST, SEARCH, KEYED])
def test_a_variable_that_is_no_text_is_refused(client, query, text):
    response = sent(client, {"query": query, "variables": {"v": text}})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "graphql.unreadable"


@pytest.mark.parametrize("body", [{"query": "{ a\ud800 }"}, {"query": FIND, "variables": {"\ud800": 1}}])
def test_no_other_part_of_a_request_holds_one(client, body):
    assert sent(client, body).json()["errors"][0]["extensions"]["code"] == "graphql.unreadable"


def test_a_whole_character_that_json_writes_in_two_halves_is_one(client):
    body = {"query": CREATE, "variables": {"v": "🍞"}}
    assert "\\ud83c\\udf5e" in json.dumps(body)
    assert "errors" not in sent(client, body).json()


@pytest.mark.parametrize("written", [r'"\u0000"', r'"\uD800"', r'"\u{0}"', '"""a\\u0000\x00"""'])
def test_a_text_in_the_document_is_refused_too(written):
    assert codes(f"{{ agent(id: {written}) {{ id }} }}") == ["graphql.invalid"]
    assert codes(f"{{ agents(filter: {{name: [{written}]}}) {{ edges {{ cursor }} }} }}") == ["graphql.invalid"]


@pytest.mark.parametrize("text", NO_TEXTS, ids=ascii)
def test_a_cursor_that_holds_one_is_refused(text):
    make.organization("Bakery")
    cursor = urlsafe_b64encode(json.dumps(["NAME", text, 1]).encode()).decode()
    query = "query($c: String) { agents(order: NAME, after: $c) { edges { cursor } } }"
    assert codes(query, c=cursor) == ["graphql.cursor"]


@pytest.mark.parametrize("key", [10**40, -(10**40)])
def test_a_cursor_beyond_all_numbers_is_answered_or_refused(key):
    cursor = urlsafe_b64encode(json.dumps(["OLDEST_FIRST", key]).encode()).decode()
    query = "query($c: String) { agents(after: $c) { edges { cursor } } }"
    assert codes(query, c=cursor) in ([], ["graphql.cursor"])
