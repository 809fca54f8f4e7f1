"""The search over everything in GraphQL: the same question as the page's."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import strawberry

from oce.kit.graphql.fields import argument, asked_field, many, read_field, replace_fields
from oce.kit.graphql.unions import union
from oce.kit.search import Found, found

if TYPE_CHECKING:
    from collections.abc import Collection

    from strawberry.types.field import StrawberryField

    from oce.kit.records import Record


@strawberry.type(name="SearchResult", description="What was found of one class, the likeliest first.")
class ResultType:
    """The fields are read from what was found."""


def search_queries(models: Collection[type[Record]]) -> list[StrawberryField]:
    """Return the root field that searches everything; none where no class of the schema is sought."""
    sought = [model for model in models if model.is_sought]
    if not sought:
        return []
    about = "What can be found: people and groups, things, lots, kinds, work, plans and agreements."
    records = many(union("Findable", about, *sought))
    fields = [
        read_field("className", str, lambda each: each.model.vf_class, "The class of the records."),
        read_field("records", records, attrgetter("records"), "A few of them."),
        read_field("hasMore", bool, attrgetter("has_more"), "Whether there are more."),
        read_field("isExact", bool, attrgetter("is_exact"), "Whether the first is called just what was looked for."),
    ]
    replace_fields(ResultType.__strawberry_definition__, fields)  # type: ignore[attr-defined]
    words = argument("text", str, "Words or their beginnings; or an identifier, an address or the text of a QR code.")
    answer = "Everything that holds the words, by class, as far as you may see it."
    return [asked_field("search", many(ResultType), _search, answer, [words])]


def _search(_root: None, info: Any, text: str) -> list[Found]:
    return found(info.context.actor, text)
