"""Who sees what: one table for all classes of records, asked in every way in which records are read."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from oce.kit.actor import Actor, is_seen_by, looking_as, seen_by
from oce.kit.app import plugs
from oce.kit.graphql.exposed import exposed
from oce.kit.jsonld.documents import body_of, value_of, written
from oce.kit.properties import Kind, properties_of
from oce.kit.records import record_model, record_models
from oce.kit.testing import factories as make
from oce.kit.testing.asking import answer
from oce.kit.testing.notation import moment
from tests.access.people import PEOPLE, World, world
from tests.access.records import CONCERNS, concerning

ALL = set(PEOPLE)
SIGNED_IN = ALL - {"stranger"}
# The table. What is shared with the network or with everybody is the same for all classes; what concerns A alone is
# for those who act for A, and what concerns nobody for those who look after such things.
NETWORK, PUBLIC = SIGNED_IN, ALL
OF_A = {
    "observer of A",
    "member of A",
    "coordinator of A",
    "coordinator of P",
    "reading token of A's member",
    "administrator",
}
NOBODYS = {"coordinator of A", "coordinator of P", "coordinator of B", "administrator"}

pytestmark = pytest.mark.django_db
every_kind = pytest.mark.parametrize("kind", sorted(CONCERNS))


class As:
    """Last in the chain, lets every request come from the actor that the browser was made for."""

    actor: Actor

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        request.actor = As.actor
        with looking_as(As.actor):
            return self.get_response(request)


@pytest.fixture(scope="module")
def there(staying: None) -> World:
    """The people of the table and their groups."""
    return world()


@pytest.fixture
def browse(settings: Any) -> Any:
    """A function that gets a page as somebody."""
    chain = [*settings.MIDDLEWARE]
    chain.insert(chain.index("oce.site.keys.ActorMiddleware") + 1, "tests.access.test_seeing.As")
    settings.MIDDLEWARE = chain

    def get(actor: Actor, address: str, accept: str = "text/html") -> Any:
        As.actor = actor
        return Client().get(address, headers={"Accept": accept})

    return get


def test_every_class_of_records_says_whom_it_concerns() -> None:
    assert {model.kind(): model.involves for model in record_models()} == CONCERNS


def expected(kind: str, visibility: str) -> set[str]:
    """Return who sees a record of A."""
    if visibility == "group":
        return OF_A if CONCERNS[kind] else NOBODYS
    return NETWORK if visibility == "network" else PUBLIC


@every_kind
@pytest.mark.parametrize("visibility", ["group", "network", "public"])
def test_a_record_is_seen_in_lists_and_alone_by_the_same_people(there: World, kind: str, visibility: str) -> None:
    record = concerning(kind, there.groups["A"], visibility)
    every = type(record).every()
    in_lists = {who for who, actor in there.actors.items() if seen_by(actor, every).filter(pk=record.pk).exists()}
    alone = {who for who, actor in there.actors.items() if is_seen_by(actor, record)}
    assert in_lists == alone == expected(kind, visibility)


@every_kind
def test_what_is_shared_with_nobody_else_is_on_no_page_and_in_no_file_of_others(
    there: World, kind: str, browse: Any
) -> None:
    record = concerning(kind, there.groups["A"], "group")
    sees = expected(kind, "group")
    home, own = f"/{kind}/", f"/{kind}/{record.uid}"
    unknown = f"/{kind}/01900000-0000-7000-8000-000000000000"
    for who in ("stranger", "visitor", "member of A" if CONCERNS[kind] else "coordinator of B"):
        actor = there.actors[who]
        if who == "stranger":
            for address in (home, own, unknown):
                assert browse(actor, address).status_code == 302
                assert browse(actor, address, "application/ld+json").status_code == 401
            continue
        for address, accept in (
            (home, "text/html"),
            (f"{home}?format=csv", "text/html"),
            (home, "application/ld+json"),
        ):
            told = browse(actor, address, accept)
            content = b"".join(told.streaming_content) if told.streaming else told.content
            assert told.status_code == 200
            assert (str(record.uid).encode() in content) is (who in sees), f"{who} at {address} as {accept}"
        for accept in ("text/html", "application/ld+json"):
            found, missed = browse(actor, own, accept), browse(actor, unknown, accept)
            assert found.status_code == (200 if who in sees else 404), who
            if who not in sees:
                assert _same(found.content, record.uid) == _same(missed.content, unknown[-36:])


def test_a_filter_that_names_what_one_may_not_see_answers_as_if_it_did_not_exist(there: World, browse: Any) -> None:
    hidden = concerning("agent", there.groups["A"], "group")
    told = [
        browse(there.actors["visitor"], f"/economic-event/?provider={uid}")
        for uid in (hidden.uid, "01900000-0000-7000-8000-000000000000")
    ]
    assert [each.status_code for each in told] == [422, 422]
    assert _same(told[0].content, hidden.uid) == _same(told[1].content, "01900000-0000-7000-8000-000000000000")


def test_what_has_no_value_stands_last_in_either_order(there: World, browse: Any) -> None:
    actor = there.actors["administrator"]
    for name, due in (("Soon", "2026-01-01"), ("Late", "2026-02-01"), ("Some day", "")):
        make.plan(name, **({"due": moment(due)} if due else {}))
    for sort, names in (("due", ["Soon", "Late", "Some day"]), ("-due", ["Late", "Soon", "Some day"])):
        page = browse(actor, f"/plan/?sort={sort}").content.decode()
        assert sorted(names, key=page.index) == names


def _same(content: bytes, uid: object) -> bytes:
    """Return an answer without what differs by the address that was asked for, and by chance."""
    return re.sub(rb'(nonce|csrf\w*|value)="[^"]*"', b"", content.replace(str(uid).encode(), b""))


@every_kind
def test_everybody_reads_what_is_public_at_its_address_without_signing_in(there: World, kind: str, browse: Any) -> None:
    record = concerning(kind, there.groups["A"], "public")
    for accept in ("text/html", "application/ld+json"):
        assert browse(there.actors["stranger"], f"/{kind}/{record.uid}", accept).status_code == 200


def _queries() -> list[Any]:
    shown = [exposed(each) for _app, plug in plugs("graphql") for each in getattr(plug, "records", ())]
    return [each for each in shown if each.reads]


def test_every_class_of_records_is_asked_for_in_graphql() -> None:
    asked = {each.model.kind() for each in _queries()}
    assert asked | {"unit", "economic-event"} == set(CONCERNS)


@pytest.mark.parametrize("shown", _queries(), ids=lambda shown: shown.title)
def test_graphql_finds_lists_and_counts_only_what_is_seen(there: World, shown: Any) -> None:
    kind = shown.model.kind()
    record = concerning(kind, there.groups["A"], "group")
    if not shown.model.every().filter(shown.only, pk=record.pk).exists():
        pytest.skip("Group A is none of these.")
    query = f"""query ($id: ID!) {{ {shown.single}(id: $id) {{ id }}
        {shown.several}(first: 100) {{ edges {{ node {{ id }} }} pageInfo {{ totalCount }} }} }}"""
    identity = record.iri or str(record.uid)
    for who, actor in there.actors.items():
        told = answer(query, actor=actor, id=str(record.uid))
        if who == "stranger":
            assert told["errors"]
            continue
        one, several = told["data"][shown.single], told["data"][shown.several]
        is_seen = who in expected(kind, "group")
        listed = [edge["node"]["id"] for edge in several["edges"]]
        assert (one is not None, identity in listed) == (is_seen, is_seen), who
        assert several["pageInfo"]["totalCount"] == len(listed)


@every_kind
def test_a_reference_to_what_is_not_seen_has_no_name_and_no_address(there: World, kind: str) -> None:
    """Of everything that refers to a record of this class, no document and no name leads to it."""
    record = concerning(kind, there.groups["A"], "group")
    blind = there.actors["visitor"]
    for model in record_models():
        for each in properties_of(model):
            if each.target is not type(record) or each.kind is not Kind.REFERENCE:
                continue
            referring = model(**{f"{each.name}_id": record.pk})
            referring.uid, referring.visibility = record.uid, "network"
            setattr(referring, each.name, record)
            with looking_as(blind):
                assert str(getattr(referring, each.name)) == "something not shared with you"
                assert each.term not in _body(referring, each)


def _body(referring: Any, each: Any) -> dict[str, Any]:
    value = written(each, value_of(each, referring))
    return {} if value is None else {each.term: value}


def test_a_document_leaves_out_who_is_not_shared(there: World) -> None:
    event = concerning("economic-event", there.groups["A"], "network")
    concerning("agent", there.groups["A"], "group")
    event = record_model("economic-event").every().get(pk=event.pk)
    with looking_as(there.actors["visitor"]):
        assert "provider" not in body_of(event)
        assert "Group A" not in event.in_full()
    with looking_as(there.actors["member of A"]):
        assert body_of(event)["provider"] == there.groups["A"].address
