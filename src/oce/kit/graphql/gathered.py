"""Lists of records that are reached over others, each once: the agents of a process, over its events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from oce.kit.graphql.asking import seen
from oce.kit.graphql.connections import Page, connection_type, page_of_list, part_arguments
from oce.kit.graphql.fields import asked_field, many
from oce.kit.graphql.inverses import for_level, make_peers
from oce.kit.graphql.registry import type_of

if TYPE_CHECKING:
    from strawberry.types.field import StrawberryField

    from oce.kit.records import Record

# Answers which records are reached from some: pairs of private keys, from and to.
Pairs = Callable[[Any, set[int]], Iterable[tuple[int, int | None]]]


def gathered_connection(name: str, model: type[Record], pairs: Pairs, description: str) -> StrawberryField:
    """Return a field that lists the records of `model` which `pairs` reach, page by page, in order of birth."""

    def resolve(record: Record, info: Any, **asked: Any) -> Page:
        return page_of_list(gathered(record, info, model, pairs), lambda each: f"{each.pk:020d}", **asked)

    return asked_field(name, connection_type(type_of(model)), resolve, description, part_arguments())


def gathered_list(name: str, model: type[Record], pairs: Pairs, description: str) -> StrawberryField:
    """Return a field that lists the records of `model` which `pairs` reach at once."""

    def resolve(record: Record, info: Any) -> list[Any]:
        return gathered(record, info, model, pairs)

    return asked_field(name, many(type_of(model)), resolve, description)


def gathered(record: Record, info: Any, model: type[Record], pairs: Pairs) -> list[Any]:
    """Return the records reached from `record`, in order of birth; read for its whole level at once."""

    def read(keys: set[int]) -> dict[int, list[Any]]:
        reached: dict[int, set[int]] = defaultdict(set)
        for start, end in pairs(info, keys):
            if end is not None:
                reached[start].add(end)
        wanted = {end for ends in reached.values() for end in ends}
        records = {each.pk: each for each in seen(info, model).filter(pk__in=wanted)}
        make_peers(records.values())
        return {start: [records[end] for end in sorted(ends) if end in records] for start, ends in reached.items()}

    return for_level(record, pairs, read, [])
