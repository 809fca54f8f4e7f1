"""Documents of clients written for vf-graphql 0.9.0-alpha.10 run, or fail with a clear sentence."""

from __future__ import annotations

import pytest

from oce.kit.graphql.asking import Asking
from oce.kit.graphql.execution import Engine, Request
from oce.kit.testing import factories as make
from oce.kit.testing.asking import ask, codes, house
from tests.graphql.wishes import raised

pytestmark = pytest.mark.django_db

# In the manner of such clients: fragments for the core fields, connections, wrappers, revisions, kebab-case actions.
AGENTS = """
fragment AgentCore on Agent { id revisionId name note image }
query Agents($first: Int, $after: String) {
  myAgent { ...AgentCore }
  agents(first: $first, after: $after) {
    edges { cursor node { __typename ...AgentCore } }
    pageInfo { startCursor endCursor hasPreviousPage hasNextPage totalCount pageLimit }
  }
  people { edges { node { ...AgentCore } } }
  organizations { edges { node { ...AgentCore classifiedAs } } }
}
"""
CREATE_PERSON = """
mutation CreatePerson($person: AgentCreateParams!) { createPerson(person: $person) { agent { id revisionId name } } }
"""
CREATE_SPECIFICATION = """
mutation($rs: ResourceSpecificationCreateParams!) {
  createResourceSpecification(resourceSpecification: $rs) {
    resourceSpecification { id name defaultUnitOfResource { id label } }
  }
}
"""
CREATE_PROCESS = """
mutation($process: ProcessCreateParams!) {
  createProcess(process: $process) { process { id revisionId name finished plannedWithin { id } basedOn { id name } } }
}
"""
RECORD = """
mutation($event: EconomicEventCreateParams!, $newInventoriedResource: EconomicResourceCreateParams) {
  createEconomicEvent(event: $event, newInventoriedResource: $newInventoriedResource) {
    economicEvent {
      id revisionId note hasPointInTime
      action { id label resourceEffect onhandEffect inputOutput pairsWith }
      provider { id name } receiver { id name }
      resourceConformsTo { id name } resourceInventoriedAs { id name } toResourceInventoriedAs { id }
      resourceQuantity { hasNumericalValue hasUnit { id label symbol } } effortQuantity { hasNumericalValue }
      inputOf { id } outputOf { id } toLocation { id } realizationOf { id } resourceClassifiedAs
    }
    economicResource { id name trackingIdentifier }
  }
}
"""
RESOURCES = """
query {
  economicResources {
    edges { node {
      id revisionId name note image imageList classifiedAs trackingIdentifier
      conformsTo { id name } primaryAccountable { id name }
      accountingQuantity { hasNumericalValue hasUnit { label symbol } }
      onhandQuantity { hasNumericalValue hasUnit { id } }
      unitOfEffort { id } currentLocation { id name mappableAddress lat long } containedIn { id } contains { id }
      economicEventsInOutFrom(first: 5) { edges { node { id } } } economicEventsTo { edges { node { id } } }
    } }
  }
}
"""
EVENTS = """
query($filter: EconomicEventFilterParams) {
  economicEvents(filter: $filter) { edges { node { id action { id } } } pageInfo { totalCount } }
}
"""
KNOWLEDGE = """
{
  actions { id label resourceEffect onhandEffect inputOutput pairsWith }
  action(id: "deliver-service") { id }
  units(first: 3) { edges { node { id label symbol } } }
  processSpecifications { edges { node { id name note } } }
  resourceSpecifications { edges { node { id name economicEvents { edges { node { id } } } } } }
}
"""


def test_the_documents_of_such_a_client_run():
    ana = ask(CREATE_PERSON, person={"name": "Ana", "note": "baker"})["createPerson"]["agent"]
    kind = ask(CREATE_SPECIFICATION, rs={"name": "flour", "defaultUnitOfResource": "kilogram"})
    kind = kind["createResourceSpecification"]["resourceSpecification"]
    process = ask(CREATE_PROCESS, process={"name": "Bake", "finished": False})["createProcess"]["process"]
    quantity = {"hasNumericalValue": "5", "hasUnit": "kilogram"}
    event = {"action": "raise", "provider": ana["id"], "receiver": ana["id"], "resourceConformsTo": kind["id"]}
    made = ask(RECORD, event=event | {"resourceQuantity": quantity}, newInventoriedResource={"name": "Sack"})
    made = made["createEconomicEvent"]
    assert made["economicEvent"]["action"]["resourceEffect"] == "increment"
    service = event | {"action": "deliver-service", "outputOf": process["id"], "resourceQuantity": quantity}
    assert ask(RECORD, event=service)["createEconomicEvent"]["economicEvent"]["action"]["id"] == "deliverService"
    agents = ask(AGENTS, first=10)
    assert agents["people"]["edges"][0]["node"]["name"] == "Ana"
    resources = ask(RESOURCES)["economicResources"]["edges"]
    assert len(resources[0]["node"]["economicEventsInOutFrom"]["edges"]) == 1
    found = ask(
        EVENTS, filter={"providerId": [ana["id"]], "action": ["deliver-service"], "startDate": "2020-01-01T00:00:00Z"}
    )
    assert found["economicEvents"]["pageInfo"]["totalCount"] == 1
    known = ask(KNOWLEDGE)
    assert known["action"]["id"] == "deliverService"
    assert len(known["actions"]) == 19
    assert len(known["resourceSpecifications"]["edges"][0]["node"]["economicEvents"]["edges"]) == 2


OLDER = {
    "Query": {"people"},
    "Mutation": {"updateEconomicEvent"},
    "Action": {"resourceEffect"},
    "EconomicResource": {"economicEventsInOutFrom"},
    "ResourceSpecification": {"economicEvents"},
    "EconomicEventFilterParams": {"providerId", "receiverId"},
}


def deprecated(engine):
    found = {}
    for name, of_type in engine.schema.type_map.items():
        fields = getattr(of_type, "fields", {}) if not name.startswith("__") else {}
        older = {field for field, made in fields.items() if made.deprecation_reason}
        if older:
            found[name] = older
    return found


@pytest.fixture
def without(settings):
    """Return the engine of a house that serves no older clients."""
    from oce.site.schema import schema

    settings.OCE_GRAPHQL_COMPATIBLE = False
    yield Engine(schema())
    # Types are shared between schemas: the next test finds the older names again.
    schema(compatible=True)


def test_older_names_are_marked_with_what_to_use_instead():
    assert deprecated(house()) == OLDER
    assert house().schema.type_map["Query"].fields["people"].deprecation_reason == "Use `persons`."


def test_older_names_can_be_switched_off(without):
    assert deprecated(without) == {}
    for name, older in OLDER.items():
        assert not older & set(without.schema.type_map[name].fields)
    refused = without.answer(Request("{ people { edges { cursor } } }"), Asking(make.ACTOR))
    assert refused["errors"][0]["extensions"]["code"] == "graphql.invalid"


def test_older_spellings_of_actions_can_be_switched_off(without):
    ana, flour = make.person("Ana"), make.kind("flour")
    raised(ana, flour)
    asked = Request('{ economicEvents(filter: {action: ["deliver-service"]}) { edges { cursor } } }')
    answered = without.answer(asked, Asking(make.ACTOR))
    assert answered["errors"][0]["extensions"]["code"] == "actions.unknown"
    assert "deliverService" in answered["errors"][0]["message"]


def test_what_is_no_action_is_not_found():
    assert ask('{ action(id: "devour") { id } }')["action"] is None


@pytest.mark.parametrize(
    "query",
    [
        "{ fulfillments { edges { cursor } } }",
        "mutation { proposeIntent(publishedIn: 1, publishes: 2) { proposedIntent { id } } }",
        "{ scenarios { edges { cursor } } }",
        "mutation { deleteEconomicEvent(revisionId: 1) }",
    ],
)
def test_what_the_standard_has_given_up_is_refused_by_name(query):
    assert codes(query) == ["graphql.invalid"] * len(codes(query)) != []
