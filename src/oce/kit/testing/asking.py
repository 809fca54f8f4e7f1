"""GraphQL questions and wishes for tests, put to the schema of the running apps."""

from __future__ import annotations

from functools import cache
from typing import Any

from oce.kit.actor import Actor, operator
from oce.kit.app import plugs
from oce.kit.graphql.asking import Asking
from oce.kit.graphql.execution import Engine, Request
from oce.kit.graphql.schema import joined


@cache
def house(*, compatible: bool = True) -> Engine:
    """Return what answers GraphQL requests to the running apps."""
    return Engine(joined((module for _app, module in plugs("graphql")), compatible=compatible))


def answer(query: str, *, actor: Actor | None = None, key: str | None = None, **variables: Any) -> dict[str, Any]:
    """Return the whole answer to a request, errors included."""
    return house().answer(Request(query, variables), Asking(actor or operator("tests"), key))


def ask(query: str, *, actor: Actor | None = None, key: str | None = None, **variables: Any) -> Any:
    """Return the data that answers a request, which must not be refused."""
    whole = answer(query, actor=actor, key=key, **variables)
    assert "errors" not in whole, whole["errors"]
    return whole["data"]


def codes(query: str, *, actor: Actor | None = None, key: str | None = None, **variables: Any) -> list[str]:
    """Return the codes of all refusals that answer a request, in their order."""
    whole = answer(query, actor=actor, key=key, **variables)
    errors = whole.get("errors", ())
    return [refusal["code"] for error in errors for refusal in error["extensions"]["refusals"]]
