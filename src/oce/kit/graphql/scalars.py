"""The scalars of the interface: exact decimals as text, moments that know their zone, addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

from django.utils import timezone
from graphql import FloatValueNode, GraphQLError, IntValueNode, StringValueNode, ValueNode
from strawberry.types.scalar import ScalarDefinition, scalar

from oce.vf.decimals import plain
from oce.vf.moments import moment
from oce.vf.refusals import Refused

URI = NewType("URI", str)


def read_decimal(value: Any) -> Decimal:
    """Return the exact number in a text or a whole number; a binary float has already lost digits and is refused."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        message = f'{value!r} is not an exact number. Send it as text: "3.5".'
        raise GraphQLError(message)
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        message = f'{value!r} is not a number. Write it with digits and a point: "3.5".'
        raise GraphQLError(message) from error
    if not number.is_finite():
        message = f"{value!r} is not a number that can be counted with."
        raise GraphQLError(message)
    return number


def read_decimal_literal(node: ValueNode, _variables: object = None) -> Decimal:
    """Return the number written in a query: `"3.5"`, `3.5` or `3`, read from its digits."""
    if isinstance(node, StringValueNode | IntValueNode | FloatValueNode):
        return read_decimal(node.value)
    message = 'Write a decimal as text: "3.5".'
    raise GraphQLError(message)


def read_moment(value: Any) -> datetime:
    """Return the moment in an ISO 8601 text; without a zone it is read in the zone of this house."""
    if not isinstance(value, str):
        message = f'{value!r} is not a moment. Write it as "2026-11-23T14:00:00Z".'
        raise GraphQLError(message)
    try:
        return moment(value, timezone.get_current_timezone())
    except Refused as refused:
        raise GraphQLError(str(refused)) from refused


def write_moment(value: datetime) -> str:
    """Return the moment as ISO 8601, always in UTC, in whatever zone it was told."""
    return value.astimezone(UTC).isoformat()


def read_uri(value: Any) -> str:
    """Return the text of an address or tag."""
    if not isinstance(value, str):
        message = f"{value!r} is not an address. Send text."
        raise GraphQLError(message)
    return value


SCALARS: dict[object, ScalarDefinition] = {
    Decimal: scalar(
        name="Decimal",
        description="An exact decimal number, sent as text: 20 digits before the point and 18 after it.",
        serialize=plain,
        parse_value=read_decimal,
        parse_literal=read_decimal_literal,
    ),
    datetime: scalar(
        name="DateTime",
        description="A moment in ISO 8601; sent in any zone, answered in UTC.",
        serialize=write_moment,
        parse_value=read_moment,
    ),
    URI: scalar(
        name="URI",
        description="An address; for classifications also any word, as ValueFlows 1.0.0 allows.",
        serialize=str,
        parse_value=read_uri,
    ),
}
