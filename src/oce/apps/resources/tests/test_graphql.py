"""What programs decide about shortages, and read of what was decided."""

from __future__ import annotations

import pytest

from oce.kit.testing.asking import ask, codes
from oce.kit.testing.factories import organization

pytestmark = pytest.mark.django_db

DECIDE = """
mutation Decide($agent: ID!, $shortage: String!, $key: String) {
  setStockPolicy(agent: $agent, shortage: $shortage, key: $key) { agent { name shortage } }
}
"""


def decide(agent, shortage, key=None):
    return ask(DECIDE, agent=str(agent.uid), shortage=shortage, key=key)["setStockPolicy"]["agent"]


def test_a_program_decides_about_shortages_and_reads_what_was_decided():
    bakery = organization("Bakery")
    assert decide(bakery, "refuse") == {"name": "Bakery", "shortage": "refuse"}
    assert decide(bakery, "warn") == {"name": "Bakery", "shortage": "warn"}


def test_a_retried_decision_is_answered_as_before():
    bakery = organization("Bakery")
    first = ask(DECIDE, agent=str(bakery.uid), shortage="refuse", key="once")
    assert ask(DECIDE, agent=str(bakery.uid), shortage="refuse", key="once") == first


def test_what_agents_decided_is_read_by_one_query(django_assert_max_num_queries):
    for name in ("Mill", "Bakery", "Shop"):
        decide(organization(name), "refuse")
    organization("Newcomer")
    with django_assert_max_num_queries(3):
        edges = ask("{ agents { edges { node { shortage } } } }")["agents"]["edges"]
    assert [edge["node"]["shortage"] for edge in edges] == ["refuse", "refuse", "refuse", "warn"]


def test_an_unknown_decision_or_agent_is_refused():
    bakery = organization("Bakery")
    assert codes(DECIDE, agent=str(bakery.uid), shortage="ignore") == ["resources.unknown_policy"]
    assert codes(DECIDE, agent="nobody", shortage="warn") == ["kit.unknown_record"]
