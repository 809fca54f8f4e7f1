"""What one request may ask is bounded, faults of ours stay inside, and strangers see the schema only."""

from __future__ import annotations

import logging
import time

import pytest
from graphql import get_introspection_query

from oce.kit.actor import Actor, Power
from oce.kit.graphql.asking import Asking
from oce.kit.graphql.execution import Request
from oce.kit.testing import factories as make
from oce.kit.testing.asking import answer, ask, codes, house

pytestmark = pytest.mark.django_db


def nested(levels):
    """Return a query of so many levels: a tag under a tag under a tag."""
    return (
        "{ classifications { edges { node " + "{ broader " * (levels - 4) + "{ name }" + " }" * (levels - 4) + " } } }"
    )


def test_a_query_of_sixty_levels_is_refused_in_a_sentence():
    (error,) = answer(nested(60))["errors"]
    assert error["extensions"]["code"] == "graphql.too_deep"
    assert "60 levels" in error["message"]


@pytest.mark.parametrize(("levels", "found"), [(15, []), (16, ["graphql.too_deep"])])
def test_the_bound_of_depth_is_exact(levels, found):
    assert codes(nested(levels)) == found


def test_depth_in_fragments_is_counted():
    query = """{ classifications { edges { node { ...A } } } }
    fragment A on Classification { broader { broader { broader { broader { broader { ...B } } } } } }
    fragment B on Classification {
      broader { broader { broader { broader { broader { ... { broader { broader { name } } } } } } } }
    }"""
    assert codes(query) == ["graphql.too_deep"]


def test_the_cost_multiplies_the_page_sizes_along_the_tree():
    query = """query($first: Int!) { agents(first: $first) { edges { node { processes(first: 100) { edges { node {
      involvedAgents(first: 10) { edges { node { name } } } } } } } } } }"""
    assert codes(query, first=5) == []
    (error,) = answer(query, first=100)["errors"]
    assert error["extensions"]["code"] == "graphql.too_costly"


def test_fragments_that_double_at_each_step_are_refused_quickly():
    steps = "".join(
        f"fragment F{n} on Process {{ a{n}: plannedWithin {{ processes {{ ...F{n + 1} b: name ...F{n + 1} }} }} }}\n"
        for n in range(6)
    )
    query = f"{{ processes {{ edges {{ node {{ ...F0 }} }} }} }}\n{steps}fragment F6 on Process {{ name }}"
    began = time.perf_counter()
    assert codes(query)
    assert time.perf_counter() - began < 5


def test_many_aliases_are_refused():
    query = "{ " + " ".join(f"a{number}: plans {{ edges {{ cursor }} }}" for number in range(51)) + " }"
    assert codes(query) == ["graphql.too_many_aliases"]


def test_a_document_of_too_many_words_is_refused():
    assert codes("{ " + "actions { id } " * 2_000 + "}") == ["graphql.invalid"]


def test_one_name_repeated_many_times_is_answered_soon():
    began = time.perf_counter()
    answer("{ actions { " + "id " * 1_500 + "} }")
    assert time.perf_counter() - began < 20


def test_introspection_is_answered_but_not_without_end():
    assert "errors" not in answer(get_introspection_query(input_value_deprecation=True))
    bomb = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
    assert codes(bomb) == ["graphql.invalid"]


def test_strangers_see_the_schema_and_nothing_else(stranger):
    assert "data" in answer(get_introspection_query(), actor=stranger)
    assert "data" in answer("{ __typename }", actor=stranger)
    for query in (
        "{ plans { edges { cursor } } }",
        "{ __typename actions { id } }",
        "{ ...A } fragment A on Query { actions { id } }",
    ):
        assert codes(query, actor=stranger) == ["kit.not_allowed"]
    assert codes('mutation { createPlan(plan: {name: "x"}) { plan { id } } }', actor=stranger) == ["kit.not_allowed"]


def test_who_may_only_read_is_refused_to_write():
    reader = Actor("reader", powers=frozenset({Power.READ}))
    assert codes("{ plans { edges { cursor } } }", actor=reader) == []
    assert codes('mutation { createPlan(plan: {name: "x"}) { plan { id } } }', actor=reader) == ["kit.not_allowed"]


def test_a_document_without_the_operation_asked_for_is_refused():
    assert codes("query A { actions { id } } query B { actions { id } }") == ["graphql.no_operation"]
    assert codes("fragment A on Query { actions { id } }") != []
    engine, asking = house(), Asking(make.ACTOR)
    chosen = engine.answer(Request("query A { actions { id } } query B { __typename }", operation="B"), asking)
    assert chosen == {"data": {"__typename": "Query"}}
    unknown = engine.answer(Request("query A { __typename }", operation="C"), asking)
    assert unknown["errors"][0]["extensions"]["code"] == "graphql.no_operation"


def test_a_fault_of_ours_is_masked_and_numbered_in_the_log(monkeypatch, caplog):
    from oce.kit.graphql import exposed

    def broken(*_args, **_more):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(exposed, "page_of", broken)
    with caplog.at_level(logging.ERROR, logger="oce.kit.graphql.answers"):
        (error,) = answer("{ plans { edges { cursor } } }")["errors"]
    assert error["extensions"]["code"] == "graphql.fault"
    assert "secret" not in str(error)
    number = error["message"].rsplit(" ", 1)[-1].rstrip(".")
    assert number in caplog.text
    assert "the secret of the house" in caplog.text


def test_a_value_of_the_wrong_kind_is_refused_before_anything_runs():
    whole = answer("query($first: Int) { plans(first: $first) { edges { cursor } } }", first="many")
    assert whole["errors"][0]["extensions"]["code"] == "graphql.invalid"
    assert "data" not in whole
    assert codes("{ plans(first: 1.5) { edges { cursor } } }") == ["graphql.invalid"]


@pytest.mark.parametrize("value", [3.5, True, "NaN", "Infinity", "ten", [1], {"a": 1}])
def test_what_is_not_an_exact_number_is_refused(value):
    query = """mutation($lat: Decimal) {
      createSpatialThing(spatialThing: {name: "x", lat: $lat, long: 1}) { spatialThing { id } }
    }"""
    assert codes(query, lat=value) == ["graphql.invalid"]


@pytest.mark.parametrize("written", ["true", "[1]", '"ten"', "NaN"])
def test_what_is_not_an_exact_number_is_refused_in_a_query_too(written):
    query = f"""mutation {{
      createSpatialThing(spatialThing: {{name: "x", lat: {written}, long: 1}}) {{ spatialThing {{ id }} }}
    }}"""
    assert codes(query) == ["graphql.invalid"]


def test_what_is_not_a_moment_or_an_address_is_refused():
    assert codes('mutation { createPlan(plan: {name: "x", due: "someday"}) { plan { id } } }') == ["graphql.invalid"]
    assert codes('mutation { createPlan(plan: {name: "x", due: 5}) { plan { id } } }') == ["graphql.invalid"]
    assert codes('mutation { createPerson(person: {name: "x", image: 5}) { agent { id } } }') == ["graphql.invalid"]


def test_a_moment_without_a_zone_is_read_in_the_zone_of_the_house(settings):
    from django.utils import timezone

    with timezone.override("Europe/Berlin"):
        made = ask('mutation { createPlan(plan: {name: "x", due: "2026-07-01T08:00"}) { plan { due } } }')
    assert made["createPlan"]["plan"]["due"] == "2026-07-01T06:00:00+00:00"
