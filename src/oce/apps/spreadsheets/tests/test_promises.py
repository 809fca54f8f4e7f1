"""Commitments, intents and claims arrive with the events that answer them, by document and by table, and leave again."""

from __future__ import annotations

import io
import json

import pytest

from oce.apps.agents.models import Agent
from oce.apps.claims.models import Claim, Settlement
from oce.apps.commitments.models import Commitment, Intent
from oce.apps.events.models import EconomicEvent, Fulfillment
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.spreadsheets.commands import import_document, import_table
from oce.apps.spreadsheets.exports import comma_separated, linked_data
from oce.apps.spreadsheets.exports.selection import everything, of_agent
from oce.kit.actor import operator
from oce.kit.jsonld.texts import Source
from oce.kit.testing import factories
from oce.kit.testing.notation import refused

pytestmark = pytest.mark.django_db

X = "https://x.example/"
KIND = {"@id": X + "bread", "@type": "ResourceSpecification", "name": "Bread"}


def take_in(*nodes, name="doc.json"):
    source = Source(name, json.dumps({"@graph": [KIND, *nodes]}).encode())
    return import_document(operator(), source)


def flow(identity, of, provider="mill", receiver="bakery", **values):
    quantity = {"hasNumericalValue": values.pop("amount", 5), "hasUnit": "kilogram"}
    said = {"action": "transfer", "provider": X + provider, "receiver": X + receiver, "resourceConformsTo": X + "bread"}
    return {"@id": X + identity, "@type": of, **said, "resourceQuantity": quantity, **values}


def exported() -> bytes:
    file = io.BytesIO()
    linked_data.write(everything(operator()), file)
    return file.getvalue()


def test_what_was_promised_and_wished_comes_in_with_what_answers_it():
    wish = flow("wish", "Intent", minimumQuantity={"hasNumericalValue": 1, "hasUnit": "kilogram"})
    report = take_in(
        flow("event", "EconomicEvent", fulfills=[X + "promise", X + "other"], satisfies=X + "wish"),
        flow("promise", "Commitment", satisfies=X + "wish"),
        wish,
        flow("other", "Commitment"),
    )
    assert (report.written["Commitment"], report.written["Intent"]) == (2, 1)
    event = EconomicEvent.objects.get()
    assert {each.iri for each in event.fulfills.all()} == {X + "promise", X + "other"}
    assert event.satisfies.get() == Commitment.objects.get(iri=X + "promise").satisfies.get() == Intent.objects.get()


def test_a_promise_that_is_only_named_can_be_fulfilled_and_described_later():
    report = take_in(flow("event", "EconomicEvent", fulfills=X + "promise"))
    assert report.named["Commitment"] == 1
    named = Commitment.objects.get()
    assert not named.is_described
    take_in(flow("promise", "Commitment"), name="later.json")
    described = Commitment.objects.get()
    assert (described.pk, described.action, described.is_described) == (named.pk, "transfer", True)
    assert described.fulfilled_by.get().iri == X + "event"


def test_a_claim_comes_in_between_what_triggered_it_and_what_settles_it():
    take_in(
        flow("claim", "Claim", "bakery", "mill", triggeredBy=X + "cause"),
        flow("cause", "EconomicEvent"),
        flow("return", "EconomicEvent", "bakery", "mill", settles=X + "claim"),
    )
    claim = Claim.objects.get()
    assert claim.triggered_by.iri == X + "cause"
    assert [each.iri for each in claim.settled_by.all()] == [X + "return"]


def test_what_was_settled_comes_out_and_goes_in_again():
    take_in(
        flow("cause", "EconomicEvent"),
        flow("claim", "Claim", "bakery", "mill", triggeredBy=X + "cause", created="2026-11-01T00:00:00Z"),
        flow("return", "EconomicEvent", "bakery", "mill", settles=X + "claim", fulfills=X + "promise"),
        flow("promise", "Commitment", "bakery", "mill", created="2026-11-01T00:00:00Z"),
    )
    told = {each["@id"]: each for each in json.loads(exported())["@graph"]}
    assert told[X + "return"]["settles"] == [X + "claim"]
    assert told[X + "return"]["fulfills"] == [X + "promise"]
    assert told[X + "claim"]["triggeredBy"] == X + "cause"
    report = import_document(operator(), Source("again.json", exported()))
    assert not report.written
    assert (Settlement.objects.count(), Fulfillment.objects.count()) == (1, 1)


def test_a_claim_needs_the_event_that_triggered_it():
    with refused("kit.unknown_record"):
        take_in(flow("claim", "Claim", triggeredBy=X + "nowhere"))
    assert not Claim.objects.exists()


def test_a_later_document_claims_because_of_an_event_that_is_known():
    take_in(flow("cause", "EconomicEvent"))
    take_in(flow("claim", "Claim", "bakery", "mill", triggeredBy=X + "cause"), name="later.json")
    assert Claim.objects.get().triggered_by.iri == X + "cause"


def test_a_table_of_events_says_what_they_fulfil():
    mill, bakery = factories.organization("Mill"), factories.organization("Bakery")
    flour = factories.kind("Flour")
    both = [factories.make("commitment", action="transfer", provider=mill, resource_conforms_to=flour) for _ in "ab"]
    row = f"transfer,Mill,Bakery,Flour,5,kilogram,{both[0].uid}|{both[1].uid}\n"
    table = f"action,provider,receiver,resourceConformsTo,resourceQuantityValue,resourceQuantityUnit,fulfills\n{row}"
    import_table(operator(), Source("economic_events.csv", table.encode()))
    event = EconomicEvent.objects.get()
    assert set(event.fulfills.all()) == set(both)
    assert bakery.economic_events_as_receiver.get() == event
    assert ResourceSpecification.objects.get() == flour
    file = io.BytesIO()
    comma_separated.write(everything(operator()), EconomicEvent, file)
    assert " | ".join(sorted(each.address for each in both)) in file.getvalue().decode()


def test_what_an_agent_promised_goes_out_with_it():
    take_in(flow("promise", "Commitment"), flow("other", "Commitment", "farm", "shop"))
    file = io.BytesIO()
    linked_data.write(of_agent(operator(), Agent.objects.get(iri=X + "mill")), file)
    told = {each["@id"] for each in json.loads(file.getvalue())["@graph"]}
    assert X + "promise" in told
    assert X + "other" not in told
