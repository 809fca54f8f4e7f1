"""Records are found, listed, created, changed and deleted, all from their declarations."""

from __future__ import annotations

import pytest
from django.apps import apps

from oce.kit.properties import properties_of
from oce.kit.records import record_models
from oce.kit.testing import factories as make
from oce.kit.testing.asking import answer, ask, codes, house
from oce.vf.terms import camel

pytestmark = pytest.mark.django_db

CREATE = """
mutation($agreement: AgreementCreateParams!, $key: String) {
  createAgreement(agreement: $agreement, key: $key) { agreement { id revisionId name note created bundledIn { name } } }
}
"""
UPDATE = """
mutation($agreement: AgreementUpdateParams!) {
  updateAgreement(agreement: $agreement) { agreement { id revisionId name note } }
}
"""
DELETE = "mutation($revision: ID!) { deleteAgreement(revisionId: $revision) }"


def created(**values):
    return ask(CREATE, agreement=values)["createAgreement"]["agreement"]


def test_a_record_is_created_found_changed_and_deleted():
    new = created(name="Flour for bread", note="weekly")
    assert (
        ask("query($id: ID!) { agreement(id: $id) { name } }", id=new["id"])["agreement"]["name"] == "Flour for bread"
    )
    changed = ask(UPDATE, agreement={"revisionId": new["revisionId"], "name": "Bread for flour"})
    changed = changed["updateAgreement"]["agreement"]
    assert (changed["name"], changed["note"]) == ("Bread for flour", "weekly")
    assert changed["revisionId"] != new["revisionId"]
    assert ask(DELETE, revision=changed["revisionId"])["deleteAgreement"] is True
    assert ask("query($id: ID!) { agreement(id: $id) { name } }", id=new["id"])["agreement"] is None


def test_what_is_left_out_stays_and_null_erases():
    new = created(name="Flour", note="weekly")
    changed = ask(UPDATE, agreement={"revisionId": new["revisionId"], "note": None})["updateAgreement"]["agreement"]
    assert changed["note"] is None
    assert changed["name"] == "Flour"


def test_a_change_of_what_somebody_else_changed_is_refused():
    new = created(name="Flour")
    ask(UPDATE, agreement={"revisionId": new["revisionId"], "name": "First"})
    assert codes(UPDATE, agreement={"revisionId": new["revisionId"], "name": "Second"}) == ["kit.changed_meanwhile"]
    assert codes(DELETE, revision=new["revisionId"]) == ["kit.changed_meanwhile"]


def test_a_revision_of_nothing_is_refused():
    assert codes(DELETE, revision="0190a000-0000-7000-8000-000000000000:1") == ["kit.unknown_record"]


def test_a_record_is_found_by_its_address_too():
    new = make.agreement("By address")
    assert ask("query($id: ID!) { agreement(id: $id) { name } }", id=new.address)["agreement"]["name"] == "By address"
    foreign = make.agreement("From elsewhere")
    type(foreign).objects.filter(pk=foreign.pk).update(iri="https://elsewhere.example/agreement/1")
    found = ask('{ agreement(id: "https://elsewhere.example/agreement/1") { id address } }')["agreement"]
    assert found["id"] == found["address"] == "https://elsewhere.example/agreement/1"


def test_everything_wrong_is_told_at_once_with_code_and_field():
    whole = answer(CREATE, agreement={"name": "x" * 201, "bundledIn": "nowhere"})
    extensions = whole["errors"][0]["extensions"]
    assert {(each["code"], each["field"]) for each in extensions["refusals"]} == {
        ("kit.too_long", "name"),
        ("kit.unknown_record", "bundledIn"),
    }
    assert extensions["code"] in {"kit.too_long", "kit.unknown_record"}
    assert whole["data"] == {"createAgreement": None}
    assert whole["errors"][0]["path"] == ["createAgreement"]


def test_one_refused_wish_leaves_the_others_of_the_request_granted():
    whole = answer("""mutation {
      good: createPlan(plan: {name: "Saturday"}) { plan { name } } bad: createPlan(plan: {}) { plan { name } }
    }""")
    assert whole["data"]["good"]["plan"]["name"] == "Saturday"
    assert [error["path"] for error in whole["errors"]] == [["bad"]]


def test_an_idempotency_key_grants_a_wish_once():
    first = ask(CREATE, agreement={"name": "Once"}, key="k-1")
    assert ask(CREATE, agreement={"name": "Once"}, key="k-1") == first
    assert codes(CREATE, agreement={"name": "Other"}, key="k-1") == ["kit.key_reused"]
    assert ask("{ agreements { pageInfo { totalCount } } }")["agreements"]["pageInfo"]["totalCount"] == 1


def answer_with_header(query):
    from oce.kit.actor import operator
    from oce.kit.graphql.asking import Asking
    from oce.kit.graphql.execution import Request

    return house().answer(Request(query), Asking(operator("tests"), "h-1"))


def test_the_key_in_the_header_stands_for_each_wish_of_the_request():
    wishes = (
        'mutation { a: createPlan(plan: {name: "A"}) { plan { id } } b: createPlan(plan: {name: "B"}) { plan { id } } }'
    )
    first = answer_with_header(wishes)
    assert "errors" not in first
    assert answer_with_header(wishes) == first
    assert ask("{ plans { pageInfo { totalCount } } }")["plans"]["pageInfo"]["totalCount"] == 2


def test_a_retried_change_or_deletion_gets_the_first_answer():
    plan = make.plan("Saturday")
    change = 'mutation($r: ID!) { updatePlan(plan: {revisionId: $r, name: "Sunday"}) { plan { name revisionId } } }'
    first = ask(change, key="change", r=plan.revision_id)
    assert ask(change, key="change", r=plan.revision_id) == first
    revision = first["updatePlan"]["plan"]["revisionId"]
    delete = "mutation($r: ID!) { deletePlan(revisionId: $r) }"
    for _ in range(2):
        assert ask(delete, key="delete", r=revision) == {"deletePlan": True}
    assert codes(delete, key="another", r=revision) == ["kit.unknown_record"]
    assert codes(delete, r=revision) == ["kit.unknown_record"]


def test_a_key_under_which_one_record_was_deleted_says_nothing_of_another():
    delete = "mutation($r: ID!) { deletePlan(revisionId: $r) }"
    one, gone = make.plan("One"), make.plan("Gone")
    revisions = [each.revision_id for each in (one, gone)]
    assert ask(delete, key="one", r=revisions[0]) == {"deletePlan": True}
    assert codes(delete, key="one", r=revisions[1]) == ["kit.key_reused"]
    assert ask(delete, key="two", r=revisions[1]) == {"deletePlan": True}
    assert codes(delete, key="one", r=revisions[1]) == ["kit.unknown_record"]
    assert codes(delete, key="one", r="no revision") == ["kit.unknown_record"]
    assert ask(delete, key="one", r=revisions[0]) == {"deletePlan": True}


def test_a_retry_answers_each_of_several_changes_and_deletions_of_its_request():
    plans = [make.plan(name) for name in ("p", "q")]
    change = """mutation($r: ID!, $s: ID!) {
      a: updatePlan(plan: {revisionId: $r, name: "A"}) { plan { name revisionId } }
      b: updatePlan(plan: {revisionId: $s, name: "B"}) { plan { name revisionId } } }"""
    r, s = (each.revision_id for each in plans)
    first = ask(change, key="both", r=r, s=s)
    assert [first[name]["plan"]["name"] for name in "ab"] == ["A", "B"]
    assert ask(change, key="both", r=r, s=s) == first
    r, s = (first[name]["plan"]["revisionId"] for name in "ab")
    for _ in range(2):
        deleted = "mutation($r: ID!, $s: ID!) { a: deletePlan(revisionId: $r) b: deletePlan(revisionId: $s) }"
        assert ask(deleted, key="gone", r=r, s=s) == {"a": True, "b": True}


def test_agents_are_an_interface_with_a_type_for_each_class():
    person = ask('mutation { createPerson(person: {name: "Ana"}) { agent { id __typename name } } }')["createPerson"][
        "agent"
    ]
    group = ask(
        """mutation {
          createOrganization(organization: {name: "Bakery", classifiedAs: ["food"]}) { agent { id __typename } }
        }"""
    )["createOrganization"]["agent"]
    ask('mutation { createEcologicalAgent(ecologicalAgent: {name: "River"}) { agent { id __typename } } }')
    assert (person["__typename"], group["__typename"]) == ("Person", "Organization")
    nodes = ask("{ agents { edges { node { __typename name ... on Organization { classifiedAs } } } } }")["agents"][
        "edges"
    ]
    assert [edge["node"]["__typename"] for edge in nodes] == ["Person", "Organization", "EcologicalAgent"]
    assert nodes[1]["node"]["classifiedAs"] == ["food"]
    assert ask("query($id: ID!) { person(id: $id) { name } }", id=group["id"])["person"] is None
    assert ask("{ ecologicalAgents { edges { node { name } } } }")["ecologicalAgents"]["edges"] == [
        {"node": {"name": "River"}}
    ]


def test_an_agent_of_which_only_the_address_is_known_has_a_type_too():
    model = apps.get_model("agents", "Agent")
    model.objects.create(agent_class="Agent", iri="https://elsewhere.example/a", is_described=False)
    found = ask("{ agents { edges { node { __typename id name } } } }")["agents"]["edges"][0]["node"]
    assert found == {"__typename": "OtherAgent", "id": "https://elsewhere.example/a", "name": None}


def test_a_person_is_not_deleted_as_an_organisation():
    ana = make.person("Ana")
    assert codes("mutation($r: ID!) { deleteOrganization(revisionId: $r) }", r=ana.revision_id) == [
        "kit.unknown_record"
    ]


def test_nobody_acts_for_an_agent_unless_they_do():
    from oce.kit.actor import Actor, Power

    ana = make.person("Ana")
    acting = Actor("ana", agent=ana.pk, powers=frozenset(Power))
    assert ask("{ myAgent { name } }")["myAgent"] is None
    assert ask("{ myAgent { name } }", actor=acting)["myAgent"]["name"] == "Ana"


def test_units_are_those_of_the_standard_and_the_house():
    ask('mutation { createUnit(unit: {identifier: "loaf", label: "loaf"}) { unit { id label revisionId } } }')
    found = ask(
        '{ own: unit(id: "loaf") { label revisionId } other: unit(id: "kg") { id revisionId omUnitIdentifier } }'
    )
    assert found["own"]["revisionId"]
    assert found["other"]["id"] == "kilogram"
    assert found["other"]["revisionId"] is None
    assert found["other"]["omUnitIdentifier"].endswith("/om-2/kilogram")
    assert ask('{ unit(id: "no such unit") { id } }')["unit"] is None
    ask('mutation { createUnit(unit: {identifier: "sack", label: "sack", omUnitIdentifier: "one"}) { unit { id } } }')
    assert ask("""{ unit(id: "sack") { omUnitIdentifier } }""")["unit"]["omUnitIdentifier"].endswith("/om-2/one")
    listed = ask('{ units(filter: {searchString: "loaf"}) { edges { node { id } } pageInfo { totalCount } } }')["units"]
    assert listed == {"edges": [{"node": {"id": "loaf"}}], "pageInfo": {"totalCount": 1}}


def test_units_are_read_page_by_page():
    query = """query($after: String) {
      units(first: 400, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } }
    }"""
    seen, after, more = [], None, True
    while more:
        page = ask(query, after=after)["units"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == sorted(set(seen))
    assert "kilogram" in seen
    assert codes('{ units(after: "???") { edges { cursor } } }') == ["graphql.cursor"]


def test_a_unit_that_a_kind_is_counted_in_is_answered_as_a_unit():
    make.kind("flour", unit="kilogram")
    listed = ask("""{
      resourceSpecifications { edges { node { defaultUnitOfResource { id symbol } defaultUnitOfEffort { id } } } }
    }""")
    node = listed["resourceSpecifications"]["edges"][0]["node"]
    assert node == {"defaultUnitOfResource": {"id": "kilogram", "symbol": "kg"}, "defaultUnitOfEffort": None}


@pytest.mark.parametrize(
    "model", [model for model in record_models() if model.vf_class not in {"Agent", "Unit"}], ids=str
)
def test_every_property_of_a_record_is_a_field_of_its_type(model):
    fields = house().schema.type_map[model.vf_class].fields
    missing = {each.term for each in properties_of(model)} - set(fields)
    assert not missing


def test_the_names_of_lists_and_wishes_follow_the_conventions():
    query, mutation = (house().schema.type_map[name].fields for name in ("Query", "Mutation"))
    for word in ("agreement", "process", "economicEvent", "economicResource", "batchLotRecord", "spatialThing", "plan"):
        plural = word + ("es" if word.endswith("s") else "s")
        assert {word, plural} <= set(query)
    assert {"createAgreement", "updateAgreement", "deleteAgreement"} <= set(mutation)
    assert "createEconomicResource" not in mutation
    assert "deleteEconomicEvent" not in mutation
    assert camel("new_inventoried_resource") in mutation["createEconomicEvent"].args
