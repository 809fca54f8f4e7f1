"""Where an app narrows what somebody sees, GraphQL shows no more by any way."""

from __future__ import annotations

import pytest

from oce.apps.agents.models import Agent
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
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


def test_a_reference_that_must_be_there_is_refused_when_hidden(hidden):
    raised(hidden, make.kind("flour"))
    raised(make.organization("Shown"), make.kind("bread"))
    whole = answer("{ economicEvents { edges { node { id provider { name } } } } }", actor=GUEST)
    assert whole["errors"][0]["extensions"]["code"] == "graphql.unseen"
    assert "Hidden" not in str(whole)
    assert EconomicEvent.objects.count() == 2


def test_an_empty_reference_to_what_is_hidden_is_null(hidden):
    raised(hidden, make.kind("flour"))
    query = "{ economicResources { edges { node { name primaryAccountable { name } } } } }"
    assert ask(query, actor=GUEST)["economicResources"]["edges"] == [
        {"node": {"name": "Stock", "primaryAccountable": None}}
    ]
    assert ask(query)["economicResources"]["edges"][0]["node"]["primaryAccountable"] == {"name": "Hidden"}
