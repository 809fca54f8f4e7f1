"""Lists that are read page by page: Relay connections, oldest first unless asked otherwise.

Backward pages come in the order of the list too, the flags are true where more may follow, and `totalCount` is exact
and only counted when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import strawberry
from django.conf import settings

from oce.kit.graphql.fields import argument, many, optional, read_field, replace_fields
from oce.kit.graphql.orders import OLDEST_FIRST, KeyOrder, Order, order_type, orders_of
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from strawberry.types.arguments import StrawberryArgument

    from oce.kit.records import Record

PAGE_SIZE = gettext_noop(
    "A page holds between 0 and {most} records; {asked} were asked for. Ask for fewer, and go on by cursor."
)
BOTH_ENDS = gettext_noop(
    "A page is either the first or the last records of a list. Ask for `first` or for `last`, not for both."
)


class Slice(NamedTuple):
    """Which part of a list is asked for."""

    order: Order = OLDEST_FIRST
    after: tuple[Any, ...] | None = None
    before: tuple[Any, ...] | None = None
    size: int = 0
    backwards: bool = False

    def within(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Return the records between the two cursors."""
        if self.after is not None:
            records = records.filter(self.order.beyond(self.after, backwards=False))
        if self.before is not None:
            records = records.filter(self.order.beyond(self.before, backwards=True))
        return records

    def ordering(self) -> list[Any]:
        """Return what to sort by so that the wanted records come first."""
        return self.order.ordering(backwards=self.backwards)

    def page(self, rows: Sequence[Any], count: Callable[[], int | None]) -> Page:
        """Return the page of rows that were read in `ordering`, one more than fits where there are more."""
        return _page(rows, self.order, Asked(self.size, self.backwards, self.after, self.before), count)


class HasCursors(Protocol):
    """What a list is ordered by."""

    def cursor(self, record: Any, /) -> str:
        """Return the place of a record in the list."""
        ...


class Asked(NamedTuple):
    """How much of a list is asked for, from which end, and between which cursors."""

    size: int
    backwards: bool
    after: object
    before: object


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, as connection and as page information."""

    nodes: list[Any]
    order: HasCursors
    size: int
    has_previous: bool
    has_next: bool
    count: Callable[[], int | None]

    def edges(self) -> list[Edge]:
        """Return the records with what is needed for their cursors."""
        return [Edge(node, self.order) for node in self.nodes]

    def cursor_at(self, place: int) -> str | None:
        """Return the cursor of the first or last record of this page."""
        return self.order.cursor(self.nodes[place]) if self.nodes else None


def _page(rows: Sequence[Any], order: HasCursors, asked: Asked, count: Callable[[], int | None]) -> Page:
    nodes, has_more = list(rows[: asked.size]), len(rows) > asked.size
    if asked.backwards:
        nodes.reverse()
        return Page(nodes, order, asked.size, has_more, asked.before is not None, count)
    return Page(nodes, order, asked.size, asked.after is not None, has_more, count)


@dataclass(frozen=True, slots=True)
class Edge:
    """A record in a list."""

    node: Any
    order: HasCursors


@strawberry.type(name="PageInfo", description="Where a page lies in its list.")
class PageInfoType:
    """The fields are read from the page."""


replace_fields(
    PageInfoType.__strawberry_definition__,  # type: ignore[attr-defined]
    [
        read_field("startCursor", optional(str), lambda page: page.cursor_at(0), "The cursor of the first record."),
        read_field("endCursor", optional(str), lambda page: page.cursor_at(-1), "The cursor of the last record."),
        read_field("hasPreviousPage", bool, attrgetter("has_previous"), "Whether more may come before."),
        read_field("hasNextPage", bool, attrgetter("has_next"), "Whether more may follow."),
        read_field(
            "totalCount", optional(int), lambda page: page.count(), "How many there are in all; null where unknown."
        ),
        read_field("pageLimit", optional(int), attrgetter("size"), "How many a page holds at most."),
    ],
)


def read_slice(
    model: type[Record],
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    order: Any = None,
) -> Slice:
    """Return the part of the list that a client asks for.

    Raises:
        Refused: `graphql.page_size`, `graphql.both_ends`, or what the cursors are refused for.
    """
    size = read_size(first, last)
    chosen = orders_of(model)[order.value] if order is not None else OLDEST_FIRST
    return Slice(
        chosen,
        chosen.read(after, model) if after else None,
        chosen.read(before, model) if before else None,
        size,
        backwards=last is not None,
    )


def read_size(first: int | None, last: int | None) -> int:
    """Return how many records a page shall hold.

    Raises:
        Refused: `graphql.page_size`, or `graphql.both_ends`.
    """
    if first is not None and last is not None:
        raise Refused(Refusal("graphql.both_ends", BOTH_ENDS, "first"))
    size = first if first is not None else last if last is not None else settings.OCE_PAGE_SIZE
    if not 0 <= size <= settings.OCE_PAGE_SIZE_MAX:
        field = "last" if first is None else "first"
        raise Refused(Refusal("graphql.page_size", PAGE_SIZE, field, most=settings.OCE_PAGE_SIZE_MAX, asked=size))
    return int(size)


def page_of(records: QuerySet[Any], part: Slice) -> Page:
    """Return the asked part of `records`, by one query."""
    rows = list(part.within(records).order_by(*part.ordering())[: part.size + 1])
    return part.page(rows, records.order_by().count)


def page_of_list(
    items: Sequence[Any],
    key: Callable[[Any], str],
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Return the asked part of a list that is at hand, ordered by the key of its items, which its cursors hold."""
    order = KeyOrder(key)
    size, begins, ends = read_size(first, last), after and order.read(after), before and order.read(before)
    ordered = sorted(items, key=key, reverse=last is not None)
    rows = [each for each in ordered if (not begins or key(each) > begins) and (not ends or key(each) < ends)]
    return _page(rows, order, Asked(size, last is not None, after, before), lambda: len(items))


def page_arguments(model: type[Record], filter_type: Any) -> list[StrawberryArgument]:
    """Return the arguments of a connection of `model`."""
    return [
        *part_arguments(),
        argument("order", optional(order_type(model)), "The order of the list, else oldest first."),
        argument("filter", optional(filter_type), "Which records to list; all conditions must hold."),
    ]


def part_arguments() -> list[StrawberryArgument]:
    """Return the arguments that say which part of a list is asked for."""
    return [
        argument("first", optional(int), "How many at most, from the beginning or behind `after`."),
        argument("after", optional(str), "The cursor behind which the page begins."),
        argument("last", optional(int), "How many at most, from the end or from `before` back."),
        argument("before", optional(str), "The cursor before which the page ends."),
    ]


@cache
def connection_type(node: Any) -> Any:
    """Return the connection type whose edges lead to `node`."""
    name = node.__strawberry_definition__.name
    edge = _type(
        f"{name}Edge",
        "A record in a list.",
        read_field("node", node, lambda edge: edge.node, "The record."),
        read_field("cursor", str, lambda edge: edge.order.cursor(edge.node), "Its place in the list."),
    )
    return _type(
        f"{name}Connection",
        "A page of a list.",
        read_field("edges", many(edge), lambda page: page.edges(), "The records of the page."),
        read_field("pageInfo", PageInfoType, lambda page: page, "Where the page lies in its list."),
    )


def _type(name: str, description: str, *fields: Any) -> Any:
    made = strawberry.type(type(name, (), {}), name=name, description=description)
    replace_fields(made.__strawberry_definition__, fields)  # type: ignore[attr-defined]
    return made
