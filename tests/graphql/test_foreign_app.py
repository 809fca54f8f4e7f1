"""An app of a stranger adds its own queries, wishes and fields, and the house never hears of it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
import strawberry

from oce.apps.events.models import EconomicEvent
from oce.kit.actor import operator
from oce.kit.app import plugs
from oce.kit.graphql.asking import Asking, running
from oce.kit.graphql.execution import Engine, Request
from oce.kit.graphql.fields import add_field, remove_field
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import joined
from oce.kit.graphql.unions import union
from oce.kit.testing import factories as make
from tests.graphql.wishes import raised

pytestmark = pytest.mark.django_db

EventType: Any = type_of(EconomicEvent)


@strawberry.type(description="A slip of paper for an event.")
class Receipt:
    number: int = strawberry.field(description="Its number.")
    event: EventType = strawberry.field(description="The event.")


def receipt(event: EconomicEvent, info: strawberry.Info, copies: int = 1) -> list[Receipt]:
    """The receipts of this event."""
    assert info.context.actor.name == "operator"
    return [Receipt(number=number, event=event) for number in range(copies)]


def shouted(event: EconomicEvent) -> str | None:
    """The note, louder."""
    return event.note.upper() or None


def missing(_event: EconomicEvent) -> str:
    """A text that is always there, or so it says."""
    return None


@strawberry.type
class Query:
    @strawberry.field(description="How many receipts there are.")
    def receipt_count(self) -> int:
        return 7


@strawberry.type
class Mutation:
    @strawberry.mutation(description="Print again.")
    def print_receipt(self, info: strawberry.Info, number: int) -> Receipt | None:
        return Receipt(number=number, event=EconomicEvent.objects.first())


@pytest.fixture
def engine():
    foreign = ModuleType("coop_receipts.graphql")
    foreign.Query, foreign.Mutation, foreign.types = Query, Mutation, (Receipt,)
    add_field(EconomicEvent, receipt)
    add_field(EconomicEvent, shouted, name="loudNote")
    add_field(EconomicEvent, missing)
    yield Engine(joined([*(module for _app, module in plugs("graphql")), foreign], compatible=True))
    remove_field(EconomicEvent, "receipt")
    remove_field(EconomicEvent, "loudNote")
    remove_field(EconomicEvent, "missing")


def test_fields_queries_and_wishes_of_another_app_are_in_the_one_schema(engine):
    raised(make.person("Ana"), make.kind("flour"))
    asked = Request(
        """{ receiptCount economicEvents { edges { node { loudNote receipt(copies: 2) { number event { id } } } } } }"""
    )
    data = engine.answer(asked, Asking(operator()))["data"]
    node = data["economicEvents"]["edges"][0]["node"]
    assert data["receiptCount"] == 7
    assert node["loudNote"] is None
    assert [each["number"] for each in node["receipt"]] == [0, 1]
    printed = engine.answer(
        Request("mutation { printReceipt(number: 3) { number event { action { id } } } }"), Asking(make.ACTOR)
    )
    assert printed["data"]["printReceipt"] == {"number": 3, "event": {"action": {"id": "raise"}}}


def test_what_was_added_is_described_by_its_docstring(engine):
    fields = engine.schema.type_map["EconomicEvent"].fields
    assert fields["receipt"].description == "The receipts of this event."
    assert str(fields["receipt"].type) == "[Receipt!]!"
    assert set(fields["receipt"].args) == {"copies"}


def test_a_field_that_breaks_its_word_is_a_fault_at_its_place(engine):
    raised(make.person("Ana"), make.kind("flour"))
    whole = engine.answer(Request("{ economicEvents { edges { node { id missing } } } }"), Asking(operator()))
    (error,) = whole["errors"]
    assert error["extensions"]["code"] == "graphql.fault"
    assert error["path"] == ["economicEvents", "edges", 0, "node", "missing"]


def test_the_types_are_also_answered_by_strawberry_itself(engine):
    raised(make.person("Ana"), make.kind("flour"))
    query = "{ economicEvents { edges { node { action { id } provider { __typename name } loudNote } } } }"
    asking = Asking(operator())
    with running(asking):
        plain = engine.schema._strawberry_schema.execute_sync(query, context_value=asking)
    assert plain.errors is None
    node = plain.data["economicEvents"]["edges"][0]["node"]
    assert node == {"action": {"id": "raise"}, "provider": {"__typename": "Person", "name": "Ana"}, "loudNote": None}


def test_without_the_app_the_house_is_as_before():
    from oce.site.schema import sdl

    assert "receipt:" not in sdl()


def test_a_union_grows_by_each_app_that_names_it():
    first = union("TestedFlow", "Flows for a test.", EconomicEvent)
    again = union("TestedFlow", "Flows for a test.", EconomicEvent)
    assert first is again
    assert len(again.type_annotations) == 1
