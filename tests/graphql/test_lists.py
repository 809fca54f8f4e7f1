"""What leads to a record is listed on it, for all records of a level by a number of queries that does not grow."""

from __future__ import annotations

import pytest

from oce.apps.resources.models import EconomicResource
from oce.kit.graphql import inverses, limits
from oce.kit.testing import factories as make
from oce.kit.testing.asking import answer, ask, codes
from tests.graphql.wishes import kilograms, raised, record, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return Village()


class Village:
    """Two groups, each with a plan, a process, a stock and events; they trade under one agreement."""

    def __init__(self):
        self.mill, self.bakery = make.organization("Mill"), make.organization("Bakery")
        self.flour, self.bread = make.kind("flour"), make.kind("bread", unit="kilogram")
        self.baking = make.stage("baking")
        self.plan = make.plan("Week")
        self.bake = make.process("Bake", based_on=self.baking, in_scope_of=self.bakery, planned_within=self.plan)
        self.grind = make.process("Grind", in_scope_of=self.mill, planned_within=self.plan)
        self.deal = make.agreement("Flour for bread")
        self.sack = raised(self.mill, self.flour, "100", "Sack")
        self.bin = raised(self.bakery, self.flour, "5", "Bin")
        self.loaves = raised(self.bakery, self.bread, "1", "Loaves")
        moved = {"resourceInventoriedAs": self.sack, "toResourceInventoriedAs": self.bin}
        self.sale = self.event("transfer", self.mill, self.bakery, 10, **moved, realizationOf=str(self.deal.uid))
        self.used = self.event(
            "consume", self.bakery, None, 3, resourceInventoriedAs=self.bin, inputOf=str(self.bake.uid)
        )
        self.work = record(
            told("work", self.bakery, inputOf=str(self.bake.uid), resourceConformsTo=str(self.bread.uid))
            | {"effortQuantity": {"hasNumericalValue": 2, "hasUnit": "hour"}}
        )["economicEvent"]["id"]
        self.baked = self.event(
            "produce", self.bakery, None, 4, resourceInventoriedAs=self.loaves, outputOf=str(self.bake.uid)
        )
        back = {"resourceInventoriedAs": self.loaves, "resourceConformsTo": str(self.bread.uid)}
        self.paid = self.event(
            "transfer", self.bakery, self.mill, 1, **back, reciprocalRealizationOf=str(self.deal.uid)
        )

    def event(self, action, who, to, amount, **more):
        return record(told(action, who, to, resourceQuantity=kilograms(amount), **more))["economicEvent"]["id"]


def ids(edges_or_list):
    rows = edges_or_list["edges"] if isinstance(edges_or_list, dict) else edges_or_list
    return [(row.get("node") or row)["id"] for row in rows]


def names(connection):
    return [edge["node"]["name"] for edge in connection["edges"]]


def test_a_process_lists_its_flows_and_its_agents(village):
    found = ask(
        """query($id: ID!) { process(id: $id) {
          hasInput { __typename ... on EconomicEvent { id } } hasOutput { ... on EconomicEvent { id } }
          observedInputs { id } observedOutputs { id } unplannedInputs { id } unplannedOutputs { id }
          unplannedEconomicEvents { id } economicEvents { edges { node { id } } pageInfo { totalCount } }
          inputsOfUse: observedInputs(filter: {action: ["consume"]}) { id }
          involvedAgents { edges { cursor node { name } } pageInfo { totalCount } }
          workingAgents { edges { node { name } } }
          plannedWithin { name } basedOn { name conformingProcesses { edges { node { name } } } }
        } }""",
        id=str(village.bake.uid),
    )["process"]
    assert (
        ids(found["hasInput"])
        == ids(found["observedInputs"])
        == ids(found["unplannedInputs"])
        == [village.used, village.work]
    )
    assert found["hasInput"][0]["__typename"] == "EconomicEvent"
    assert ids(found["hasOutput"]) == ids(found["observedOutputs"]) == ids(found["unplannedOutputs"]) == [village.baked]
    assert (
        ids(found["economicEvents"])
        == ids(found["unplannedEconomicEvents"])
        == [village.used, village.work, village.baked]
    )
    assert found["economicEvents"]["pageInfo"]["totalCount"] == 3
    assert ids(found["inputsOfUse"]) == [village.used]
    assert names(found["involvedAgents"]) == names(found["workingAgents"]) == ["Bakery"]
    assert found["involvedAgents"]["pageInfo"]["totalCount"] == 1
    assert names(found["basedOn"]["conformingProcesses"]) == ["Bake"]


def test_an_agreement_lists_both_sides_and_each_event_what_was_done_in_return(village):
    found = ask(
        """query($id: ID!) { agreement(id: $id) {
          realizes { id reciprocalEvents { id } } realizesReciprocal { id reciprocalEvents { id } }
          economicEvents { id } unplannedEconomicEvents { id } involvedAgents { edges { node { name } } }
        } }""",
        id=str(village.deal.uid),
    )["agreement"]
    assert found["realizes"] == [{"id": village.sale, "reciprocalEvents": [{"id": village.paid}]}]
    assert found["realizesReciprocal"] == [{"id": village.paid, "reciprocalEvents": [{"id": village.sale}]}]
    assert ids(found["economicEvents"]) == ids(found["unplannedEconomicEvents"]) == [village.sale, village.paid]
    assert names(found["involvedAgents"]) == ["Mill", "Bakery"]


def test_an_agent_lists_its_events_resources_processes_and_plans(village):
    found = ask(
        """query($id: ID!) { agent(id: $id) {
          economicEventsAsProvider { edges { node { id } } } economicEventsAsReceiver { edges { node { id } } }
          economicEvents(last: 2) { edges { node { id } } pageInfo { totalCount hasPreviousPage } }
          inventoriedEconomicResources(order: NAME) { edges { node { name } } }
          processes { edges { node { name } } } plans { edges { node { name } } }
        } }""",
        id=str(village.mill.uid),
    )["agent"]
    assert village.sale in ids(found["economicEventsAsProvider"])
    assert village.paid in ids(found["economicEventsAsReceiver"])
    assert ids(found["economicEvents"]) == [village.sale, village.paid]
    assert found["economicEvents"]["pageInfo"] == {"totalCount": 3, "hasPreviousPage": True}
    assert names(found["inventoriedEconomicResources"]) == ["Sack"]
    assert (names(found["processes"]), names(found["plans"])) == (["Grind"], ["Week"])


def test_a_resource_lists_its_events_and_its_kind_lists_it(village):
    found = ask(
        """query($id: ID!) { economicResource(id: $id) {
          economicEvents { edges { node { id } } }
          economicEventsFrom { edges { node { id } } } economicEventsTo { edges { node { id } } }
          conformsTo {
            conformingResources { edges { node { name } } } conformingEconomicEvents { pageInfo { totalCount } }
          }
          contains { id } containedIn { id }
        } }""",
        id=village.bin,
    )["economicResource"]
    assert ids(found["economicEventsTo"]) == [village.sale]
    assert ids(found["economicEvents"]) == sorted([*ids(found["economicEventsFrom"]), village.sale])
    assert names(found["conformsTo"]["conformingResources"]) == ["Sack", "Bin"]
    assert (found["contains"], found["containedIn"]) == ([], [])


def test_a_plan_follows_its_processes(village):
    query = """query($id: ID!) { plan(id: $id) {
      processes { name } planIncludes { ... on Process { name } } inScopeOf { name } startDate endDate finished
      involvedAgents { edges { node { name } } }
    } }"""
    found = ask(query, id=str(village.plan.uid))["plan"]
    assert (
        [each["name"] for each in found["processes"]]
        == ["Bake", "Grind"]
        == [each["name"] for each in found["planIncludes"]]
    )
    assert [each["name"] for each in found["inScopeOf"]] == ["Mill", "Bakery"]
    assert (found["startDate"], found["endDate"], found["finished"]) == (None, None, False)
    assert names(found["involvedAgents"]) == ["Bakery"]
    type(village.bake).objects.update(finished=True, has_beginning="2026-01-01T00:00Z", has_end="2026-01-02T00:00Z")
    found = ask(query, id=str(village.plan.uid))["plan"]
    assert (found["startDate"], found["endDate"]) == ("2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00")
    assert found["finished"] is True
    assert ask('{ plans(filter: {name: ["none"]}) { edges { node { finished } } } }')["plans"]["edges"] == []


def test_things_in_a_container_are_listed_from_both_ends(village):
    sack, box = (EconomicResource.objects.get(uid=uid) for uid in (village.sack, village.bin))
    sack.contained_in.add(box)
    query = "{ economicResources { edges { node { name contains { name } containedIn { name contains { name } } } } } }"
    found = {edge["node"]["name"]: edge["node"] for edge in ask(query)["economicResources"]["edges"]}
    assert found["Bin"]["contains"] == [{"name": "Sack"}]
    assert found["Sack"]["containedIn"] == [{"name": "Bin", "contains": [{"name": "Sack"}]}]


EVERYTHING = """
query($first: Int!) {
  agents(first: $first) { edges { node {
    name primaryLocation { name }
    economicEvents(first: 3) { edges { node { id provider { name } } } pageInfo { hasNextPage } }
    economicEventsAsProvider(first: 2, order: NEWEST_FIRST) {
      edges { node {
        id receiver { name } inputOf { name basedOn { name } } resourceInventoriedAs { name conformsTo { name } }
      } }
      pageInfo { totalCount hasNextPage }
    }
    inventoriedEconomicResources(first: 5) { edges { node { name contains { id } containedIn { id } stage { name } } } }
    processes(first: 5) { edges { node {
      name involvedAgents(first: 5) { edges { node { name } } } hasInput { ... on EconomicEvent { id } } } } }
    plans(first: 5) { edges { node { name startDate inScopeOf { name } } } }
    relationships(first: 5) { edges { node { subject { name } object { name } } } }
  } } }
}
"""


def test_the_number_of_queries_does_not_grow_with_the_number_of_records(village, django_assert_max_num_queries):
    def settle(numbers):
        for number in numbers:
            agent = make.organization(f"Group {number}")
            for again in range(2):
                make.process(
                    f"P{number}.{again}", in_scope_of=agent, planned_within=make.plan(), based_on=village.baking
                )
                raised(agent, village.flour, "1", f"R{number}.{again}")
            make.relate(agent, "part_of", village.mill)

    settle(range(2))
    with django_assert_max_num_queries(60) as few:
        ask(EVERYTHING, first=10)
    settle(range(2, 8))
    with django_assert_max_num_queries(len(few)):
        ask(EVERYTHING, first=10)


def test_lists_of_a_level_that_hold_far_more_than_most_are_refused(village, settings, monkeypatch):
    for _ in range(10):
        village.event(
            "consume", village.bakery, None, 1, resourceInventoriedAs=village.bin, inputOf=str(village.grind.uid)
        )
    query = "{ processes(first: 2) { edges { node { observedInputs { id } } } } }"
    monkeypatch.setattr(limits, "LIST_SIZE", 1)
    settings.OCE_GRAPHQL_COST_MAX = 12
    assert codes(query) == []
    settings.OCE_GRAPHQL_COST_MAX = 11
    (error,) = answer(query)["errors"]
    assert error["extensions"]["code"] == "graphql.too_costly"
    assert error["path"][-1] == "observedInputs"


def test_large_levels_are_read_in_several_statements(village, monkeypatch):
    query = "{ processes { edges { node { name observedInputs { id } observedOutputs { id } } } } }"
    for number in range(3):
        village.event(
            "consume", village.bakery, None, 1, resourceInventoriedAs=village.bin, inputOf=str(village.grind.uid)
        )
        make.process(f"Empty {number}")
    whole = ask(query)
    monkeypatch.setattr(inverses, "KEYS_MAX", 2)
    monkeypatch.setattr(inverses, "ROWS_MAX", 1)
    assert ask(query) == whole


def test_each_record_of_a_level_gets_its_own_page_in_the_order_asked_for(village):
    for number in range(5):
        village.event("consume", village.bakery, None, 1, resourceInventoriedAs=village.bin)
        village.event("consume", village.mill, None, number + 1, resourceInventoriedAs=village.sack)
    query = """{ agents { edges { node { name
      newest: economicEventsAsProvider(first: 2, order: NEWEST_FIRST) {
        edges { node { id } } pageInfo { hasNextPage totalCount }
      }
      oldest: economicEventsAsProvider(last: 2) { edges { node { id } } pageInfo { hasPreviousPage } }
      all: economicEventsAsProvider { edges { node { id } } }
    } } } }"""
    for edge in ask(query)["agents"]["edges"]:
        agent = edge["node"]
        whole = ids(agent["all"])
        assert len(whole) >= 6
        assert ids(agent["newest"]) == whole[::-1][:2]
        assert ids(agent["oldest"]) == whole[-2:]
        assert agent["newest"]["pageInfo"] == {"hasNextPage": True, "totalCount": len(whole)}


def test_a_list_too_long_to_be_answered_at_once_is_refused_instead_of_cut(village, settings):
    settings.OCE_PAGE_SIZE_MAX = 1
    query = "query($id: ID!) { process(id: $id) { name observedInputs { id } } }"
    assert codes(query, id=str(village.bake.uid)) == ["graphql.list_too_long"]


def test_over_several_ways_a_list_is_only_in_order_of_birth(village):
    query = "query($id: ID!) { agent(id: $id) { economicEvents(order: NEWEST_FIRST) { edges { cursor } } } }"
    assert codes(query, id=str(village.mill.uid)) == ["graphql.invalid"]


def test_a_list_over_several_ways_is_paged_without_loss(village):
    query = """query($id: ID!, $after: String) { agent(id: $id) {
      economicEvents(first: 2, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } }
    } }"""
    seen, after, more = [], None, True
    while more:
        page = ask(query, id=str(village.bakery.uid), after=after)["agent"]["economicEvents"]
        seen += ids(page)
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(seen) == len(set(seen)) == 7


def test_counting_over_several_ways_for_a_whole_level_is_left_open(village):
    query = "{ agents { edges { node { economicEvents { pageInfo { totalCount } } } } } }"
    counts = [edge["node"]["economicEvents"]["pageInfo"]["totalCount"] for edge in ask(query)["agents"]["edges"]]
    assert counts == [None, None]


def test_peers_are_the_records_read_together():
    alone = make.person("Alone")
    assert inverses.peers_of(alone) == [alone]
