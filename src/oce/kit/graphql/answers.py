"""Errors as data: refusals with code and field, and faults of ours without their insides."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils.translation import gettext
from graphql import GraphQLError

from oce.kit.faults import refused_by
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger(__name__)

INVALID = "graphql.invalid"
FAULT = "graphql.fault"
BROKEN = gettext_noop(
    "Something broke on our side; nothing was written. Tell whoever keeps this house the number {number}."
)


def answered_error(error: GraphQLError) -> dict[str, Any]:
    """Return an error as clients see it: every refusal with its code and field, or the number of a fault in our log."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        return _formatted(error, [Refusal(INVALID, "{fault}", fault=error.message)])
    refused = refused_by(cause)
    if refused is not None:
        return _formatted(error, refused.refusals)
    return _formatted(error, [_fault(cause)])


def refused_answer(refusals: Iterable[Refusal]) -> dict[str, Any]:
    """Return the whole answer to a request that is not run."""
    return {"errors": [_formatted(None, list(refusals))]}


def _fault(cause: BaseException) -> Refusal:
    number = uuid4().hex[:12]
    log.error("GraphQL fault %s", number, exc_info=cause)
    return Refusal(FAULT, BROKEN, number=number)


def _formatted(error: GraphQLError | None, refusals: Iterable[Refusal]) -> dict[str, Any]:
    told = [{"code": each.code, "field": each.field, "message": each.translated(gettext)} for each in refusals]
    answer: dict[str, Any] = {
        "message": " ".join(str(each["message"]) for each in told),
        "extensions": {"code": told[0]["code"], "field": told[0]["field"], "refusals": told},
    }
    if error is not None and error.locations:
        answer["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error is not None and error.path:
        answer["path"] = error.path
    return answer
