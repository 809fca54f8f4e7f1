"""Lists are read page by page, in any order, forwards and backwards, and narrowed by filters."""

from __future__ import annotations

import base64
import json

import pytest

from oce.kit.testing import factories as make
from oce.kit.testing.asking import ask, codes
from oce.kit.testing.notation import moment

pytestmark = pytest.mark.django_db

PAGE = """
query($first: Int, $after: String, $last: Int, $before: String, $order: PlanOrder, $filter: PlanFilterParams) {
  plans(first: $first, after: $after, last: $last, before: $before, order: $order, filter: $filter) {
    edges { cursor node { name } }
    pageInfo { startCursor endCursor hasPreviousPage hasNextPage totalCount pageLimit }
  }
}
"""
NAMES = ("flour", "bread", None, "apples", "bread", "cider", "eggs")
DUE = ("2026-01-03", None, "2026-01-01", "2026-01-03", None, "2026-01-02", "2026-01-01")


@pytest.fixture
def plans():
    return [make.plan(name or "x", due=moment(due) if due else None) for name, due in zip(NAMES, DUE, strict=True)]


def page(**asked):
    found = ask(PAGE, **asked)["plans"]
    return [edge["node"]["name"] for edge in found["edges"]], found


def walked(size, order, *, backwards=False):
    """Return the names read page by page, and how many pages it took."""
    names, cursor, pages = [], None, 0
    while True:
        asked = {"last": size, "before": cursor} if backwards else {"first": size, "after": cursor}
        found, whole = page(order=order, **asked)
        names = found + names if backwards else names + found
        pages += 1
        info = whole["pageInfo"]
        cursor = info["startCursor"] if backwards else info["endCursor"]
        if not info["hasPreviousPage" if backwards else "hasNextPage"]:
            return names, pages


ORDERS = ("OLDEST_FIRST", "NEWEST_FIRST", "NAME", "NAME_DESCENDING", "DUE", "DUE_DESCENDING", "CREATED")


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("backwards", [False, True])
def test_no_order_repeats_or_loses_a_record_from_page_to_page(order, size, backwards):
    whole, _ = page(first=100, order=order)
    read, pages = walked(size, order, backwards=backwards)
    assert read == whole
    assert sorted(read) == sorted(name or "x" for name in NAMES)
    assert pages == -(-len(NAMES) // size)


@pytest.mark.usefixtures("plans")
def test_records_without_a_value_come_last_and_first_when_descending():
    assert page(first=100, order="DUE")[0] == ["x", "eggs", "cider", "flour", "apples", "bread", "bread"]
    assert page(first=100, order="DUE_DESCENDING")[0] == ["bread", "bread", "apples", "flour", "cider", "eggs", "x"]


@pytest.mark.usefixtures("plans")
def test_the_default_is_order_of_birth_newest_last():
    assert page()[0] == [name or "x" for name in NAMES]
    assert page(last=2)[0] == ["cider", "eggs"]


@pytest.mark.usefixtures("plans")
def test_page_information_is_true():
    _, first = page(first=3)
    info = first["pageInfo"]
    assert (info["hasPreviousPage"], info["hasNextPage"], info["totalCount"], info["pageLimit"]) == (False, True, 7, 3)
    assert info["startCursor"] == first["edges"][0]["cursor"]
    assert info["endCursor"] == first["edges"][-1]["cursor"]
    _, second = page(first=4, after=info["endCursor"])
    assert (second["pageInfo"]["hasPreviousPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    _, nothing = page(first=0)
    assert nothing["edges"] == []
    assert nothing["pageInfo"]["startCursor"] is None
    assert nothing["pageInfo"]["hasNextPage"] is True


def test_a_page_stays_where_it_was_when_records_come_and_go(plans):
    _, first = page(first=3)
    make.plan("late")
    plans[1].delete()
    assert page(first=3, after=first["pageInfo"]["endCursor"])[0] == ["apples", "bread", "cider"]


@pytest.mark.usefixtures("plans")
def test_the_count_is_only_made_when_it_is_asked_for(django_assert_num_queries):
    with django_assert_num_queries(1):
        ask("{ plans(first: 2) { edges { cursor } pageInfo { hasNextPage } } }")
    with django_assert_num_queries(2):
        ask("{ plans(first: 2) { edges { cursor } pageInfo { totalCount } } }")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"first": 501}, "graphql.page_size"),
        ({"first": -1}, "graphql.page_size"),
        ({"last": 501}, "graphql.page_size"),
        ({"first": 1, "last": 1}, "graphql.both_ends"),
        ({"after": "nonsense"}, "graphql.cursor"),
        ({"after": base64.urlsafe_b64encode(b'["OLDEST_FIRST", "1"]').decode()}, "graphql.cursor"),
        ({"after": base64.urlsafe_b64encode(b'["OLDEST_FIRST", 1, 2]').decode()}, "graphql.cursor"),
        ({"after": base64.urlsafe_b64encode(b"{}").decode()}, "graphql.cursor"),
        ({"after": base64.urlsafe_b64encode(b'["DUE", "soon", 1]').decode(), "order": "DUE"}, "graphql.cursor"),
        ({"after": base64.urlsafe_b64encode(b'["NAME", [1], 1]').decode(), "order": "NAME"}, "graphql.cursor"),
        ({"after": base64.urlsafe_b64encode(b'["NAME", "a", 1]').decode()}, "graphql.cursor_of_other_order"),
    ],
)
def test_an_impossible_page_is_refused_in_a_sentence(asked, code):
    assert codes(PAGE, **asked) == [code]


def test_a_cursor_with_deep_nesting_is_refused():
    cursor = base64.urlsafe_b64encode(json.dumps("[" * 2000).encode()).decode()
    assert codes(PAGE, after=cursor) == ["graphql.cursor"]


@pytest.mark.usefixtures("plans")
def test_a_search_and_a_period_narrow_a_list():
    assert page(filter={"searchString": "BRE"})[0] == ["bread", "bread"]
    assert page(filter={"startDate": "2026-01-02", "endDate": "2026-01-03"})[0] == ["flour", "apples", "cider"]
    assert page(filter={"name": ["bread", "eggs"], "searchString": "e"})[0] == ["eggs"]


@pytest.mark.usefixtures("plans")
def test_alternatives_only_narrow_what_the_other_conditions_let_through():
    alternatives = [{"name": ["bread"]}, {"startDate": "2026-01-02"}]
    assert page(filter={"or": alternatives})[0] == ["flour", "bread", "apples", "bread", "cider"]
    assert page(filter={"name": ["flour", "eggs"], "or": alternatives})[0] == ["flour"]
    assert page(filter={"name": ["eggs"], "or": alternatives})[0] == []


def test_a_filter_has_bounds():
    assert codes(PAGE, filter={"name": ["x"] * 501}) == ["graphql.filter_size"]
    assert codes(PAGE, filter={"or": [{}] * 21}) == ["graphql.filter_size"]
    assert codes(PAGE, filter={"or": [{"or": [{"or": [{"name": ["x"]}]}]}]}) == ["graphql.filter_size"]


def test_references_tags_truths_and_texts_are_filters():
    bakery, mill = make.organization("Bakery"), make.organization("Mill")
    make.process("Bake", in_scope_of=bakery, classified_as=["food", "heat"], finished=True)
    make.process("Grind", in_scope_of=mill, classified_as=["food"])
    query = "query($filter: ProcessFilterParams) { processes(filter: $filter) { edges { node { name } } } }"

    def found(**given):
        return [edge["node"]["name"] for edge in ask(query, filter=given)["processes"]["edges"]]

    assert found(inScopeOf=[str(bakery.uid)]) == ["Bake"]
    assert found(inScopeOf=[str(bakery.uid), mill.address]) == ["Bake", "Grind"]
    assert found(inScopeOf=["https://nowhere.example/x"]) == []
    assert found(classifiedAs=["heat", "cold"]) == ["Bake"]
    assert found(classifiedAs=[]) == []
    assert found(finished=False) == ["Grind"]
    assert found(classifiedAs=["food"], finished=True) == ["Bake"]
