"""While somebody else writes for long, a wish is refused after a while with a sentence, at every edge, and nothing breaks."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from oce.apps.agents.models import Agent
from oce.site.keys import operator_key

SENTENCE = "Somebody is writing a great deal just now; nothing of yours was written. Try again in a minute."


@contextmanager
def somebody_writing(table):
    """Let another connection write until the block ends; ours does not wait for long."""
    begun, enough = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
                begun.set()
                enough.wait(30)
        finally:
            connection.close()

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout TO '200ms'")
    other = Thread(target=write)
    other.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        enough.set()
        other.join()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")


@pytest.fixture
def headers():
    return {"Authorization": f"Bearer {operator_key()}"}


@pytest.mark.django_db(transaction=True)
def test_a_page_says_that_the_house_is_busy(client, headers):
    with somebody_writing("agents_agent"):
        answer = client.post("/agent/new", {"name": "Ana", "agentClass": "Person"}, headers=headers)
    assert answer.status_code == 503
    assert SENTENCE in answer.content.decode()
    assert not Agent.every().exists()


@pytest.mark.django_db(transaction=True)
def test_programs_hear_it_with_the_time_to_wait(client, headers):
    query = 'mutation { createPerson(person: {name: "Ana"}) { agent { id } } }'
    with somebody_writing("agents_agent"):
        answer = client.post("/graphql", {"query": query}, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert [each["extensions"]["code"] for each in answer.json()["errors"]] == ["kit.busy"]
    assert answer.json()["errors"][0]["message"] == SENTENCE
