"""Agreeing in GraphQL: an agreement with all that its parties promise each other, in one mutation."""

from __future__ import annotations

from typing import Any

from oce.apps.agreements.models import Agreement
from oce.apps.commitments.models import Commitment
from oce.apps.exchange.commands import agree
from oce.kit.graphql.asking import wished
from oce.kit.graphql.exposed import key_argument, response_type
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional
from oce.kit.graphql.inputs import create_type, sent_values
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import ROOTS

RESPONSE = response_type("Agree", agreement=type_of(Agreement))


def _agree(_root: None, info: Any, agreement: Any, clauses: list[Any], key: str | None = None) -> dict[str, Any]:
    promises = [sent_values(each) for each in clauses]
    return {"agreement": wished(info, agree, sent_values(agreement), promises, key=key)}


add_field(
    ROOTS["Mutation"],
    asked_field(
        "agree",
        optional(RESPONSE),
        _agree,
        "Write down an agreement with all that its parties promise each other, all or nothing.",
        [
            argument("agreement", create_type(Agreement), "The agreement with its parties."),
            argument("clauses", many(create_type(Commitment)), "What is promised in it, in order."),
            key_argument(),
        ],
    ),
)
