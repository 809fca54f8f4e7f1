"""The orders of a list, and the cursors in them.

A cursor holds the values a record is ordered by, and its private key as the last of them, so that the next page
begins exactly behind it whatever was added, changed or deleted meanwhile. It names its order: used in another one it
is refused.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

import strawberry
from django.db import models
from django.db.models import F, Q

from oce.kit.properties import Kind, properties_of
from oce.vf.refusals import Refusal, Refused, gettext_noop
from oce.vf.texts import is_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oce.kit.records import Record

UNREADABLE = gettext_noop(
    "The cursor {cursor} is not one of this list. Take one from its edges or its page information."
)
OTHER_ORDER = gettext_noop(
    "The cursor belongs to the order {given}; this list is asked in {asked}. Begin again without a cursor."
)
CURSOR_LENGTH_MAX = 4_000
_ORDERED = frozenset({Kind.TEXT, Kind.MOMENT, Kind.NUMBER, Kind.COUNT})


@dataclass(frozen=True, slots=True)
class Order:
    """A way to order records: by a column and then by birth, or by birth alone."""

    name: str
    column: str | None = None
    is_descending: bool = False

    def ordering(self, *, backwards: bool) -> list[Any]:
        """Return the expressions to sort by; records without the value come last, or first when descending."""
        is_descending = self.is_descending != backwards
        birth = F("id").desc() if is_descending else F("id").asc()
        if self.column is None:
            return [birth]
        column = F(self.column)
        return [column.desc(nulls_first=True) if is_descending else column.asc(nulls_last=True), birth]

    def key_of(self, record: Record) -> tuple[Any, ...]:
        """Return the values that place a record in this order."""
        return (record.pk,) if self.column is None else (getattr(record, self.column), record.pk)

    def beyond(self, key: tuple[Any, ...], *, backwards: bool) -> Q:
        """Return the condition for records that come after `key`, or before it."""
        side = "lt" if self.is_descending != backwards else "gt"
        if self.column is None:
            return Q(**{f"id__{side}": key[0]})
        value, birth = key
        missing = Q(**{f"{self.column}__isnull": True})
        same = missing if value is None else Q(**{self.column: value})
        further = same & Q(**{f"id__{side}": birth})
        if value is not None:
            further |= Q(**{f"{self.column}__{side}": value})
            return further | missing if side == "gt" else further
        return further if side == "gt" else further | ~missing

    def cursor(self, record: Record) -> str:
        """Return the cursor of a record in this order."""
        return _packed([self.name, *map(_written, self.key_of(record))])

    def read(self, cursor: str, model: type[Record]) -> tuple[Any, ...]:
        """Return the key in a cursor.

        Raises:
            Refused: `graphql.cursor`, or `graphql.cursor_of_other_order`.
        """
        try:
            name, *key = _unpacked(cursor)
            if name == self.name:
                return _key(self, key, model)
        except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
            raise Refused(Refusal("graphql.cursor", UNREADABLE, "after", cursor=cursor[:80])) from error
        raise Refused(
            Refusal("graphql.cursor_of_other_order", OTHER_ORDER, "after", given=str(name)[:80], asked=self.name)
        )


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """The order of a list that is at hand: by a text that `key` tells of each item."""

    key: Callable[[Any], str]

    def cursor(self, item: Any) -> str:
        """Return the cursor of an item."""
        return _packed([self.key(item)])

    def read(self, cursor: str) -> str:
        """Return the key in a cursor.

        Raises:
            Refused: `graphql.cursor`.
        """
        try:
            (key,) = _unpacked(cursor)
        except (ValueError, TypeError, RecursionError) as error:
            raise Refused(Refusal("graphql.cursor", UNREADABLE, "after", cursor=cursor[:80])) from error
        return str(key)


OLDEST_FIRST = Order("OLDEST_FIRST")
NEWEST_FIRST = Order("NEWEST_FIRST", is_descending=True)


def _packed(parts: list[Any]) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _unpacked(cursor: str) -> list[Any]:
    """Return the parts of a cursor; raise ValueError or TypeError for what we did not write."""
    padded = cursor[:CURSOR_LENGTH_MAX] + "=" * (-len(cursor) % 4)
    parts = json.loads(urlsafe_b64decode(padded.encode("ascii")).decode())
    if not isinstance(parts, list):
        raise TypeError(parts)
    if not all(is_text(part) for part in parts if isinstance(part, str)):
        raise ValueError(parts)
    return parts


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _key(order: Order, key: list[Any], model: type[Record]) -> tuple[Any, ...]:
    """Return the key as the columns hold it; raise ValueError where it does not fit them."""
    if len(key) != (1 if order.column is None else 2) or type(key[-1]) is not int:
        raise ValueError(key)
    if order.column is None or key[0] is None:
        return tuple(key)
    column: Any = model._meta.get_field(order.column)  # noqa: SLF001 (Django's documented model API)
    if isinstance(column, models.DateTimeField):
        return datetime.fromisoformat(key[0]), key[1]
    if isinstance(key[0], bool | list | dict):
        raise ValueError(key)  # noqa: TRY004 (one kind of fault for all that a stranger may have written into a cursor)
    return column.to_python(key[0]), key[1]


@cache
def orders_of(model: type[Record]) -> Mapping[str, Order]:
    """Return the orders that lists of `model` may be asked in, by name."""
    orders = {order.name: order for order in (OLDEST_FIRST, NEWEST_FIRST)}
    for each in properties_of(model):
        if each.kind in _ORDERED:
            name = each.name.upper()
            orders[name] = Order(name, each.name)
            orders[f"{name}_DESCENDING"] = Order(f"{name}_DESCENDING", each.name, is_descending=True)
    return orders


@cache
def order_type(model: type[Record]) -> Any:
    """Return the GraphQL enumeration of those orders."""
    name = f"{model.vf_class}Order"
    made = Enum(name, {order: order for order in orders_of(model)})  # type: ignore[misc]
    return strawberry.enum(made, name=name, description="The order of a list; ties are in order of birth.")
