"""Where an app narrows what somebody sees, GraphQL shows no more by any way."""

from __future__ import annotations

import pytest

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import Actor, Power
from oce.kit.testing import factories as make
from oce.kit.testing.asking import answer, ask
from tests.graphql.wishes import raised

pytestmark = pytest.mark.django_db

GUEST = Actor("guest", powers=frozenset({Power.READ}))


@pytest.fixture
def hidden():
    """A group that shows itself to nobody else."""
    return make.organization("Hidden", visibility="group")


def test_what_is_hidden_is_neither_found_nor_listed_nor_counted(hidden):
    shown = make.organization("Shown")
    query = "query($id: ID!) { agent(id: $id) { name } agents { edges { node { name } } pageInfo { totalCount } } }"
    found = ask(query, actor=GUEST, id=str(hidden.uid))
    assert found["agent"] is None
    assert found["agents"] == {"edges": [{"node": {"name": shown.name}}], "pageInfo": {"totalCount": 1}}
    assert ask(query, id=str(hidden.uid))["agent"] == {"name": "Hidden"}


def test_a_reference_to_what_is_hidden_is_nothing(hidden):
    make.relate(make.organization("Shown"), "member", hidden)
    for number in range(2):
        make.process(f"P{number}", planned_within=make.plan(), in_scope_of=make.organization(f"G{number}"))
    Process.objects.filter(name="P0").update(based_on=make.stage("baking"))
    query = "{ plans { edges { node { processes { name inScopeOf { name } } inScopeOf { name } } } } }"
    before = ask(query, actor=GUEST)
    Agent.objects.filter(name="G1").update(visibility="group")
    Process.objects.filter(name="P1").update(visibility="group")
    after = ask("{ processes { edges { node { name inScopeOf { name } } } } }", actor=GUEST)["processes"]["edges"]
    assert len(before["plans"]["edges"]) == 2
    assert [edge["node"] for edge in after] == [{"name": "P0", "inScopeOf": {"name": "G0"}}]


def test_a_hidden_giver_is_told_as_such_and_leaves_the_rest_of_the_list_as_it_is(hidden):
    raised(hidden, make.kind("flour"))
    raised(make.organization("Shown"), make.kind("bread"))
    whole = answer("{ economicEvents { edges { node { id provider { name } } } } }", actor=GUEST)
    assert whole["errors"][0]["extensions"]["code"] == "graphql.unseen"
    assert whole["errors"][0]["path"] == ["economicEvents", "edges", 0, "node", "provider"]
    assert "Hidden" not in str(whole)
    events = [edge["node"]["provider"] for edge in whole["data"]["economicEvents"]["edges"]]
    assert events == [None, {"name": "Shown"}]


def test_a_filter_that_names_what_is_hidden_finds_nothing(hidden):
    raised(hidden, make.kind("flour"))
    query = "query($id: ID!) { economicEvents(filter: {provider: [$id]}) { pageInfo { totalCount } } }"
    counts = [
        ask(query, actor=actor, id=str(hidden.uid))["economicEvents"]["pageInfo"]["totalCount"]
        for actor in (GUEST, None)
    ]
    assert counts == [0, 1]


def test_what_was_read_for_other_reasons_is_told_to_nobody_who_may_not_see_it():
    mill = make.place("Secret mill")
    kind = make.kind("flour")
    raised(make.organization("Shown"), kind)
    EconomicResource.objects.update(current_location=mill, tracking_identifier="T-1")
    SpatialThing.objects.update(visibility="group")
    ResourceSpecification.objects.update(visibility="group")
    query = '{ foundByCode(code: "T-1") { name currentLocation { name } conformsTo { name } } }'
    whole = answer(query, actor=GUEST)
    assert whole["data"]["foundByCode"] == [{"name": "Stock", "currentLocation": None, "conformsTo": None}]
    assert ask(query)["foundByCode"][0]["currentLocation"] == {"name": "Secret mill"}


def test_an_empty_reference_to_what_is_hidden_is_null(hidden):
    raised(hidden, make.kind("flour"))
    query = "{ economicResources { edges { node { name primaryAccountable { name } } } } }"
    assert ask(query, actor=GUEST)["economicResources"]["edges"] == [
        {"node": {"name": "Stock", "primaryAccountable": None}}
    ]
    assert ask(query)["economicResources"]["edges"][0]["node"]["primaryAccountable"] == {"name": "Hidden"}
