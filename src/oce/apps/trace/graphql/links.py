"""View-only links to traces in GraphQL: to make one, to list one's own, and to take one back."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Any

import strawberry
from django.conf import settings

from oce.apps.trace import sharing
from oce.apps.trace.commands import DAYS, NO_SUCH_LINK, GivenLink, revoke_trace_link, share_trace
from oce.apps.trace.graphql.explorer import ID, LEVELS_ARGUMENT, starts_of
from oce.apps.trace.models import TraceLink
from oce.apps.trace.sights import LEVELS
from oce.kit.addresses import house_address
from oce.kit.graphql.asking import wished
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.schema import ROOTS
from oce.kit.records import read_uid
from oce.vf.refusals import Refusal, Refused


@strawberry.type(name="TraceLink", description="A link by which people without an account look at one trace.")
class LinkType:
    """The fields are read from a link."""


@strawberry.type(name="GivenTraceLink", description="A new link, with its address, which is shown only this once.")
class GivenLinkType:
    """The fields are read from a link that was just given."""


_FIELDS: dict[Any, list[Any]] = {
    LinkType: [
        read_field("id", strawberry.ID, lambda link: str(link.uid), "Its identifier."),
        read_field("title", str, attrgetter("title"), "What it shows."),
        read_field("levels", int, attrgetter("levels"), "How many levels each way."),
        read_field("hasNames", bool, attrgetter("has_names"), "Whether it shows names."),
        read_field("made", datetime, attrgetter("made"), "When it was made."),
        read_field("expires", datetime, attrgetter("expires"), "Until when it works."),
        read_field("isOpen", bool, attrgetter("is_open"), "Whether it still shows anything."),
    ],
    GivenLinkType: [
        read_field("link", LinkType, attrgetter("link"), "The link."),
        read_field("address", str, lambda given: f"{house_address()}{given.path}", "Where it shows the trace."),
    ],
}
for described, fields in _FIELDS.items():
    replace_fields(described.__strawberry_definition__, fields)


def _share(
    _root: None,
    info: Any,
    id: str,  # noqa: A002 (the name in GraphQL)
    levels: int | None = None,
    has_names: bool | None = None,  # noqa: FBT001 (called by name)
    days: int | None = None,
) -> GivenLink:
    # Without an idempotency key, with which its answer would be kept, and the secret in it.
    return share_trace(
        info.context.actor,
        starts_of(info.context.actor, id),
        levels=LEVELS if levels is None else levels,
        has_names=bool(has_names),
        days=DAYS if days is None else days,
    )


def _revoke(_root: None, info: Any, id: str) -> TraceLink:  # noqa: A002 (the name in GraphQL)
    uid = read_uid(str(id))
    if uid is None:
        raise Refused(Refusal("trace.no_such_link", NO_SUCH_LINK, "id", link=str(id)[:200]))
    return wished(info, revoke_trace_link, uid)


def _links(_root: None, info: Any) -> list[TraceLink]:
    return list(sharing.links_of(info.context.actor)[: settings.OCE_PAGE_SIZE_MAX])


add_field(ROOTS["Query"], asked_field("traceLinks", many(LinkType), _links, "The links you gave, the newest first."))
add_field(
    ROOTS["Mutation"],
    asked_field(
        "shareTrace",
        optional(GivenLinkType),
        _share,
        "Make a link by which anybody can look at a trace as you see it now.",
        [
            ID,
            LEVELS_ARGUMENT,
            argument("hasNames", optional(bool), "Whether it shows names, or only roles.", "has_names"),
            argument("days", optional(int), "How many days it works; fourteen unless told otherwise."),
        ],
    ),
)
add_field(
    ROOTS["Mutation"],
    asked_field(
        "revokeTraceLink",
        optional(LinkType),
        _revoke,
        "Let a link of yours show nothing any more.",
        [argument("id", strawberry.ID, "The link.")],
    ),
)
