"""Short requests that could cost a great deal are refused, and refused quickly."""

from __future__ import annotations

import time

import pytest
from graphql import FragmentDefinitionNode, get_introspection_query, get_operation_ast, parse

from oce.kit.actor import STRANGER
from oce.kit.graphql.asking import Asking
from oce.kit.graphql.documents import LENGTH_MAX, TOTAL_MAX
from oce.kit.graphql.execution import DOCUMENT_LENGTH_MAX, STRANGERS_LENGTH_MAX, Engine, Request
from oce.kit.graphql.limits import SCHEMA_COST_MAX, Ruler
from oce.kit.graphql.validity import ERRORS_MAX, GIVEN_UP
from oce.kit.testing import factories as make
from oce.kit.testing.asking import answer, ask, codes, house

pytestmark = pytest.mark.django_db

WHOLE_SCHEMA = get_introspection_query(
    specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
)


@pytest.fixture
def engine():
    """Return an engine that has kept nothing yet."""
    from oce.site.schema import schema

    return Engine(schema())


def doubling(steps, step="a: corrects {{ ...F{next} }} b: corrects {{ ...F{next} }}"):
    """Return a query whose answer doubles with each of its fragments."""
    fragments = [f"fragment F{n} on EconomicEvent {{ {step.format(next=n + 1)} }}" for n in range(steps)]
    end = f"fragment F{steps} on EconomicEvent {{ id }}"
    return "\n".join(["{ economicEvents { edges { node { ...F0 } } } }", *fragments, end])


def measured(query):
    document = parse(query)
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    ruler = Ruler(house().schema, fragments, {})
    return ruler, ruler.selection(get_operation_ast(document).selection_set, house().schema.query_type)


def test_each_fragment_is_measured_once_however_often_it_is_answered():
    ruler, found = measured(doubling(24))
    assert found.aliases == 2**25 - 2
    assert found.cost > 2**24
    assert ruler.looked_at < 200


@pytest.mark.parametrize("steps", [12, 24, 90])
def test_fragments_that_double_are_refused_within_seconds(steps):
    began = time.perf_counter()
    assert {"graphql.too_deep", "graphql.too_many_aliases"} & set(codes(doubling(steps)))
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("step", ["...F{next} ...F{next}", "... {{ ...F{next} }}", "corrects {{ ...F{next} }}"])
def test_fragments_in_one_another_without_end_are_refused(step):
    assert set(codes(doubling(150, step))) <= {"graphql.too_deep", "graphql.invalid"}
    assert codes(doubling(150, step))


def test_a_fragment_costs_as_much_as_what_it_stands_for():
    _, plain = measured("{ plans(first: 7) { edges { node { name processes { id } } } pageInfo { endCursor } } }")
    _, named = measured(
        """{ ...All } fragment All on Query { plans(first: 7) { ...Page pageInfo { endCursor } } }
        fragment Page on PlanConnection { edges { node { ... on Plan { name } ...More } } }
        fragment More on Plan { processes { id } }"""
    )
    assert named == plain
    assert (plain.depth, plain.aliases) == (5, 0)


@pytest.mark.parametrize(
    "given",
    ["$n: Int = 500", "$n: Int! = 500", "$n: Int"],
)
def test_a_page_size_from_a_variable_is_counted_default_or_given(given):
    query = f"""query({given}) {{ agents(first: $n) {{ edges {{ node {{ economicEventsAsProvider(first: $n) {{
      edges {{ node {{ id }} }} }} }} }} }} }}"""
    assert (codes(query) if "=" in given else codes(query, n=500)) == ["graphql.too_costly"]
    assert codes(query, n=5) == []
    assert codes(query, n="many") == ["graphql.invalid"]


def test_a_page_size_as_long_as_a_book_is_refused():
    assert codes("{ plans(first: " + "9" * 6_000 + ") { edges { cursor } } }") == ["graphql.invalid"]


@pytest.mark.parametrize(
    "query",
    [
        "{ agents(last: 500) { edges { node { economicEventsAsProvider(last: 500) { edges { cursor } } } } } }",
        "{ agents(first: null, last: 500) { edges { node { economicEventsAsProvider(first: 500) { edges { cursor } } } } } }",
        "{ plans(first: 500) { edges { node { processes { hasInput { __typename } hasOutput { __typename } } } } } }",
    ],
)
def test_no_other_way_to_ask_for_much_is_overlooked(query):
    assert codes(query) == ["graphql.too_costly"]


def test_names_of_types_are_counted_as_values_and_aliases():
    assert codes("{ actions { " + " ".join(f"a{n}: __typename" for n in range(51)) + " } }") == [
        "graphql.too_many_aliases"
    ]
    _, found = measured("{ actions { __typename } }")
    assert found.cost == 11


def test_the_whole_schema_is_answered_but_not_several_times_in_one_request():
    assert "errors" not in answer(WHOLE_SCHEMA, actor=STRANGER)
    _, found = measured(WHOLE_SCHEMA)
    assert SCHEMA_COST_MAX / 2 < found.schema_cost < SCHEMA_COST_MAX
    body = WHOLE_SCHEMA[WHOLE_SCHEMA.index("{") + 1 :]
    inner, rest = body[: body.index("fragment")].rstrip().rstrip("}"), body[body.index("fragment") :]
    twice = "{" + "".join(inner.replace("__schema", f"{name}: __schema") for name in "abc") + "}" + rest
    assert codes(twice, actor=STRANGER) == ["graphql.too_costly"]


def test_lists_of_the_schema_within_its_lists_are_counted():
    query = "{ __schema { types { fields { type { ofType { fields { name description args { name type { name } } } } } } } } }"
    assert codes(query, actor=STRANGER) == ["graphql.too_costly"]
    one = '{ a: __type(name: "Plan") { fields { name type { name ofType { name } } } } b: __type(name: "Agent") { name } }'
    assert codes(one, actor=STRANGER) == []


@pytest.mark.parametrize(
    "query",
    [
        "{ " + "actions { id } " * 1_200 + "}",
        "{ economicEvents { edges { node { corrects { " + "corrects { id } " * 1_000 + "} } } } }",
        "{ economicEvents { edges { node { "
        + "corrects { corrects { corrects { corrects { id } } } } " * 300
        + "} } } }",
    ],
)
def test_fields_that_would_have_to_be_compared_for_long_are_refused(query):
    began = time.perf_counter()
    (error,) = answer(query)["errors"]
    assert (error["extensions"]["code"], error["message"]) == ("graphql.invalid", GIVEN_UP)
    assert time.perf_counter() - began < 5


def test_too_many_faults_of_a_document_are_not_all_told():
    errors = answer("{" + " ".join(f"nothing{n}" for n in range(100)) + "}")["errors"]
    assert len(errors) == ERRORS_MAX + 1
    assert errors[-1]["message"] != GIVEN_UP


def test_a_stranger_is_refused_before_anything_is_read(engine, monkeypatch):
    def read(*_args, **_more):
        raise AssertionError("this was to be refused first")

    monkeypatch.setattr("oce.kit.graphql.execution.errors_in", read)
    asking = Asking(STRANGER)
    short = engine.answer(Request("{ plans { edges { cursor } } }"), asking)
    monkeypatch.setattr("oce.kit.graphql.execution.parse", read)
    long = engine.answer(Request("{ __typename " + " " * STRANGERS_LENGTH_MAX + "}"), asking)
    for whole in (short, long):
        assert whole["errors"][0]["extensions"]["code"] == "kit.not_allowed"
    assert engine.documents.length == 0


def test_only_short_and_valid_documents_are_kept(engine):
    asking = Asking(make.ACTOR)
    for query in ("{ plans {", "{ nothing }", "{ __typename " + " " * LENGTH_MAX + "}"):
        engine.answer(Request(query), asking)
        assert engine.documents.length == 0
    query = "{ __typename }"
    engine.answer(Request(query), asking)
    kept = engine.documents.get(query)
    assert kept is not None
    engine.answer(Request(query), asking)
    assert engine.documents.get(query) is kept
    assert engine.documents.length == len(query)


def test_what_is_kept_is_bounded_by_its_length_and_the_oldest_goes_first(engine):
    asking = Asking(make.ACTOR)

    def query(number):
        return f"{{ a{number}: __typename {' ' * (LENGTH_MAX - 40)} }}"

    for number in range(30):
        engine.answer(Request(query(number)), asking)
        engine.answer(Request(query(0)), asking)
        assert engine.documents.length <= TOTAL_MAX
    assert engine.documents.get(query(0)) is not None
    assert engine.documents.get(query(1)) is None
    assert engine.documents.get(query(29)) is not None


def test_a_filter_is_bounded_as_a_whole():
    reference = "0190a7c0-0000-7000-8000-000000000000"
    some = [{"provider": [reference] * 26} for _ in range(20)]
    query = "query($f: EconomicEventFilterParams) { economicEvents(filter: $f) { edges { cursor } } }"
    assert codes(query, f={"or": some}) == ["graphql.filter_size"]
    assert codes(query, f={"or": [{"or": some[:2]}, *some[:18]]}) == ["graphql.filter_size"]
    assert codes(query, f={"provider": [reference] * 500}) == []
    assert ask(query, f={"or": some[:18]})["economicEvents"]["edges"] == []


@pytest.mark.parametrize("long", ["x" * 2_000, "%" * 2_000, "🍞" * 2_000])
def test_a_text_is_searched_for_up_to_a_length(long):
    query = "query($text: String) { agents(filter: {searchString: $text}) { edges { cursor } } }"
    assert codes(query, text=long) == []
    assert codes(query, text=f"{long}x") == ["graphql.search_length"]


def test_a_document_as_long_as_a_book_is_not_read():
    began = time.perf_counter()
    assert codes("{ __typename # " + "x" * 1_000_000 + "\n}") == ["graphql.invalid"]
    assert time.perf_counter() - began < 0.5
    assert codes("{ __typename # " + "x" * (DOCUMENT_LENGTH_MAX - 20) + "\n}") == []
