"""Flows are followed backwards and forwards, one step or all the way, and a bound is said when it cuts."""

from __future__ import annotations

import pytest

from oce.apps.agents.models import Agent
from oce.kit.testing import factories as make
from oce.kit.testing.actors import GUEST
from oce.kit.testing.asking import ask, codes
from tests.graphql.wishes import kilograms, raised, record, told

# A walk follows what is settled: on PostgreSQL that is what has been committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chain():
    """Grain is milled to flour, and flour baked to bread; the flour is of a lot."""
    return Chain()


class Chain:
    def __init__(self):
        self.ana = make.organization("Mill and bakery")
        self.grain = raised(self.ana, make.kind("grain"), "100", "Grain")
        self.milling, self.baking = make.process("Milling"), make.process("Baking")
        self.used = self.event("consume", 10, self.grain, inputOf=self.milling)
        self.flour, self.milled = self.made("flour", 9, self.milling, batchLotCode="L-7")
        self.taken = self.event("consume", 9, self.flour, inputOf=self.baking)
        self.bread, self.baked = self.made("bread", 12, self.baking)

    def event(self, action, amount, resource, **links):
        links = {name: str(process.uid) for name, process in links.items()}
        event = told(action, self.ana, resourceInventoriedAs=resource, resourceQuantity=kilograms(amount), **links)
        return record(event)["economicEvent"]["id"]

    def made(self, kind, amount, process, **new):
        event = told("produce", self.ana, resourceQuantity=kilograms(amount), outputOf=str(process.uid))
        answered = record(event | {"resourceConformsTo": str(make.kind(kind).uid)}, new={"name": kind, **new})
        return answered["economicResource"]["id"], answered["economicEvent"]["id"]


ITEM = "__typename ... on EconomicResource { name } ... on Process { name } ... on EconomicEvent { id action { id } }"


def names(items):
    return [item.get("name") or item["action"]["id"] for item in items]


def test_one_step_back_and_one_step_on(chain):
    query = """query($flour: ID!, $milling: ID!, $milled: ID!) {
      economicResource(id: $flour) { previous { id } next { id } }
      process(id: $milling) { previous { id } next { id } }
      economicEvent(id: $milled) { previous { ... on Process { name } } next { ... on EconomicResource { name } } }
    }"""
    found = ask(query, flour=chain.flour, milling=str(chain.milling.uid), milled=chain.milled)
    assert found["economicResource"] == {"previous": [{"id": chain.milled}], "next": [{"id": chain.taken}]}
    assert found["process"] == {"previous": [{"id": chain.used}], "next": [{"id": chain.milled}]}
    assert found["economicEvent"] == {"previous": [{"name": "Milling"}], "next": [{"name": "flour"}]}


def test_a_walk_leads_to_the_beginning_and_to_the_end(chain):
    found = ask(f"query($id: ID!) {{ economicResource(id: $id) {{ trace {{ {ITEM} }} }} }}", id=chain.bread)
    walked = names(found["economicResource"]["trace"])
    assert walked[0] == "bread"
    assert {"produce", "Baking", "consume", "flour", "Milling", "Grain", "raise"} <= set(walked)
    found = ask(f"query($id: ID!) {{ economicResource(id: $id) {{ track {{ {ITEM} }} }} }}", id=chain.grain)
    assert names(found["economicResource"]["track"])[-1] == "bread"


def test_a_walk_says_its_depth_its_parents_and_what_lies_beyond(chain):
    query = f"""query($id: ID!, $first: Int, $depth: Int) {{ economicResource(id: $id) {{
      traceWalk(first: $first, depth: $depth) {{ steps {{ depth parent {{ __typename }} item {{ {ITEM} }} }} more hidden }}
    }} }}"""
    whole = ask(query, id=chain.bread)["economicResource"]["traceWalk"]
    assert (whole["more"], whole["hidden"]) == (0, 0)
    assert whole["steps"][0] == {
        "depth": 0, "parent": None, "item": {"__typename": "EconomicResource", "name": "bread"}
    }  # fmt: skip
    assert whole["steps"][1]["parent"] == {"__typename": "EconomicResource"}
    cut = ask(query, id=chain.bread, first=3)["economicResource"]["traceWalk"]
    assert len(cut["steps"]) == 3
    assert cut["more"] > 0
    near = ask(query, id=chain.bread, depth=2)["economicResource"]["traceWalk"]
    assert max(step["depth"] for step in near["steps"]) == 2


def test_a_walk_is_only_cut_where_the_client_says_so(chain, settings):
    settings.OCE_PAGE_SIZE_MAX = 4
    query = "query($id: ID!, $first: Int) { economicResource(id: $id) { trace(first: $first) { __typename } } }"
    assert codes(query, id=chain.bread) == ["trace.too_far"]
    assert len(ask(query, id=chain.bread, first=3)["economicResource"]["trace"]) == 3
    assert codes(query, id=chain.bread, first=5) == ["trace.walk_size"]
    assert codes(query, id=chain.bread, first=-1) == ["trace.walk_size"]


def test_provenance_tells_whom_and_what_a_walk_led_past(chain):
    found = ask(
        """query($id: ID!) { economicResource(id: $id) { provenance {
          walk { more } agents { name } places { name } lots { batchLotCode }
        } } }""",
        id=chain.bread,
    )["economicResource"]["provenance"]
    assert found["agents"] == [{"name": "Mill and bakery"}]
    assert found["lots"] == [{"batchLotCode": "L-7"}]


def test_provenance_names_nobody_who_may_not_be_seen(chain):
    Agent.objects.update(visibility="group")
    query = "query($id: ID!) { economicResource(id: $id) { provenance { walk { hidden } agents { name } } } }"
    assert ask(query, actor=GUEST, id=chain.bread)["economicResource"]["provenance"] == {
        "walk": {"hidden": 0},
        "agents": [],
    }


def test_a_lot_is_called_back_and_its_origin_found(chain):
    query = f"""{{
      recall(lotCode: "L-7") {{ steps {{ item {{ {ITEM} }} }} }}
      originOfLot(lotCode: "L-7") {{ steps {{ item {{ {ITEM} }} }} }}
    }}"""
    found = ask(query)
    assert "bread" in names(step["item"] for step in found["recall"]["steps"])
    assert "Grain" in names(step["item"] for step in found["originOfLot"]["steps"])
    assert ask('{ recall(lotCode: "none") { steps { depth } } }')["recall"]["steps"] == []


def test_steps_of_a_whole_level_are_read_at_once(chain, django_assert_max_num_queries):
    query = "{ economicEvents { edges { node { previous { __typename } next { __typename } } } } }"
    ask(query)
    with django_assert_max_num_queries(12) as few:
        ask(query)
    for _ in range(5):
        chain.event("consume", 1, chain.grain, inputOf=chain.milling)
    ask(query)
    with django_assert_max_num_queries(len(few)):
        ask(query)


def test_what_a_walk_led_past_is_read_a_level_at_once(chain, django_assert_max_num_queries):
    query = """query($id: ID!) { economicResource(id: $id) { trace {
      ... on EconomicEvent { provider { name } receiver { name } } ... on EconomicResource { conformsTo { name } }
    } } }"""
    ask(query, id=chain.bread)
    with django_assert_max_num_queries(12):
        ask(query, id=chain.bread)
