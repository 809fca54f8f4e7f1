"""What is wished, promised and claimed, and the events that answer it, in GraphQL."""

from __future__ import annotations

import pytest

from oce.kit.testing import factories as make
from oce.kit.testing.asking import ask, codes
from tests.graphql.wishes import kilograms, record, told

pytestmark = pytest.mark.django_db

CREATE = """
mutation($commitment: CommitmentCreateParams!) {
  createCommitment(commitment: $commitment) {
    commitment { id revisionId action { id } created finished satisfies { id } clauseOf { id } }
  }
}
"""
INTENT = """
mutation($intent: IntentCreateParams!) {
  createIntent(intent: $intent) { intent { id minimumQuantity { hasNumericalValue } } }
}
"""
ANSWERS = """
query($intent: ID!, $commitment: ID!) {
  intent(id: $intent) { satisfiedBy { __typename ... on Commitment { id } ... on EconomicEvent { id } } }
  commitment(id: $commitment) {
    fulfilledBy { id } involvedAgents { edges { node { name } } } satisfies { id }
  }
}
"""
PROCESS = """
query($id: ID!) {
  process(id: $id) {
    hasInput { __typename } hasOutput { __typename }
    committedInputs { id } intendedInputs { id } commitments { edges { node { id } } } intents { edges { node { id } } }
    unplannedInputs { id } economicEvents { edges { node { id } } }
  }
}
"""
CLAIM = """
mutation($claim: ClaimCreateParams!) { createClaim(claim: $claim) { claim { id triggeredBy { id } } } }
"""


@pytest.fixture
def mill():
    return make.organization("Mill")


@pytest.fixture
def bakery():
    return make.organization("Bakery")


@pytest.fixture
def flour():
    return make.kind("flour")


def between(provider, receiver, kind, action="transfer", **more):
    agents = {"provider": str(provider.uid), "receiver": str(receiver.uid)}
    return {
        "action": action,
        **agents,
        "resourceConformsTo": str(kind.uid),
        "resourceQuantity": kilograms("10"),
        **more,
    }


def promised(*parties, **more):
    return ask(CREATE, commitment=between(*parties, **more))["createCommitment"]["commitment"]


def wished(receiver, kind, **more):
    said = {"action": "transfer", "receiver": str(receiver.uid), "resourceConformsTo": str(kind.uid), **more}
    return ask(INTENT, intent=said)["createIntent"]["intent"]


def done(provider, receiver, kind, **more):
    said = {"resourceConformsTo": str(kind.uid), "resourceQuantity": kilograms("4"), **more}
    return record(told("transfer", provider, receiver, **said))


def test_a_wish_is_satisfied_by_a_promise_and_by_what_happened(mill, bakery, flour):
    wish = wished(bakery, flour, minimumQuantity=kilograms("1"))
    promise = promised(mill, bakery, flour, satisfies=[wish["id"]], clauseOf=str(make.agreement().uid))
    event = done(mill, bakery, flour, fulfills=[promise["id"]], satisfies=[wish["id"]])["economicEvent"]
    found = ask(ANSWERS, intent=wish["id"], commitment=promise["id"])
    satisfied = {(each["__typename"], each["id"]) for each in found["intent"]["satisfiedBy"]}
    assert satisfied == {("Commitment", promise["id"]), ("EconomicEvent", event["id"])}
    assert found["commitment"]["fulfilledBy"] == [{"id": event["id"]}]
    assert found["commitment"]["satisfies"] == [{"id": wish["id"]}]
    involved = [edge["node"]["name"] for edge in found["commitment"]["involvedAgents"]["edges"]]
    assert sorted(involved) == ["Bakery", "Mill"]


def test_a_process_lists_what_is_planned_beside_what_happened(bakery, flour):
    baking = make.process()
    into = {"action": "consume", "inputOf": str(baking.uid)}
    promise = promised(bakery, bakery, flour, **into)
    wish = wished(bakery, flour, **into)
    stock = record(
        told("raise", bakery, resourceConformsTo=str(flour.uid), resourceQuantity=kilograms("10")), new={"name": "Sack"}
    )["economicResource"]["id"]
    used = {"resourceInventoriedAs": stock, "resourceQuantity": kilograms("1"), "inputOf": str(baking.uid)}
    planned = record(told("consume", bakery, **used, fulfills=[promise["id"]]))["economicEvent"]
    unplanned = record(told("consume", bakery, **used))["economicEvent"]
    # By the promise that it fulfils, this belongs to the process too, though it does not say so (D32).
    indirect = record(told("consume", bakery, **{**used, "inputOf": None}, fulfills=[promise["id"]]))["economicEvent"]
    found = ask(PROCESS, id=str(baking.uid))["process"]
    kinds = sorted(each["__typename"] for each in found["hasInput"])
    assert kinds == ["Commitment", "EconomicEvent", "EconomicEvent", "Intent"]
    assert found["hasOutput"] == []
    assert found["committedInputs"] == [{"id": promise["id"]}]
    assert found["intendedInputs"] == [{"id": wish["id"]}]
    assert found["commitments"]["edges"] == [{"node": {"id": promise["id"]}}]
    assert found["intents"]["edges"] == [{"node": {"id": wish["id"]}}]
    assert found["unplannedInputs"] == [{"id": unplanned["id"]}]
    listed = [edge["node"]["id"] for edge in found["economicEvents"]["edges"]]
    assert listed == [planned["id"], unplanned["id"], indirect["id"]]


def test_a_claim_is_settled_by_an_event(mill, bakery, flour):
    cause = done(mill, bakery, flour)["economicEvent"]
    claim = ask(CLAIM, claim=between(bakery, mill, flour, triggeredBy=cause["id"]))["createClaim"]["claim"]
    assert claim["triggeredBy"] == {"id": cause["id"]}
    event = done(bakery, mill, flour, settles=[claim["id"]])["economicEvent"]
    asked = "query($id: ID!) { claim(id: $id) { settledBy { id } } economicEvent(id: $event) { settles { id } } }"
    found = ask(asked.replace("$id: ID!", "$id: ID!, $event: ID!"), id=claim["id"], event=event["id"])
    assert found["claim"]["settledBy"] == [{"id": event["id"]}]
    assert found["economicEvent"]["settles"] == [{"id": claim["id"]}]


def test_what_looks_like_another_kind_is_answered_with_a_warning(mill, bakery, flour):
    promise = promised(mill, bakery, flour)
    answered = done(mill, bakery, make.kind("bread"), fulfills=[promise["id"]])
    assert [(each["code"], each["field"]) for each in answered["warnings"]] == [
        ("events.answers_other_kind", "fulfills")
    ]


def test_a_promise_is_refused_with_the_field_that_is_wrong(mill, flour):
    assert codes(CREATE, commitment=between(mill, mill, flour)) == ["flows.same_agents"]


def test_many_events_tell_what_they_fulfil_by_as_many_questions_as_one(
    mill, bakery, flour, django_assert_max_num_queries
):
    promises = [promised(mill, bakery, flour) for _ in range(5)]
    for promise in promises:
        done(mill, bakery, flour, fulfills=[promise["id"]])
    listed = "{ economicEvents { edges { node { id fulfills { id action { id } } settles { id } } } } }"
    with django_assert_max_num_queries(9):
        found = ask(listed)["economicEvents"]["edges"]
    assert [edge["node"]["fulfills"][0]["id"] for edge in found] == [each["id"] for each in promises]
