"""What the explorer says of a thing, in GraphQL: the answer, the picture, the entries, and the balance of each step."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import strawberry

from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.trace import queries
from oce.apps.trace.drawing import picture_of
from oce.apps.trace.explorer import Explored, Question, explored
from oce.apps.trace.rules.flows import Sort
from oce.apps.trace.sights import LEVELS, LEVELS_MAX, look
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import ROOTS
from oce.vf.refusals import Refusal, Refused, gettext_noop

UNKNOWN_SUBJECT = gettext_noop(
    "There is no resource, event, process or lot {id} here, or you may not see it. Look at the identifier again."
)
LEVELS_OF_A_WALK = gettext_noop("A trace goes 1 to {most} levels each way; {asked} were asked for. Ask for fewer.")

SortType = strawberry.enum(Sort, name="TraceSort", description="What entries of a trace are about.")


@strawberry.type(name="TraceRibbon", description="What flows from one end to another.")
class RibbonType:
    """The fields are read from a row of the picture."""


@strawberry.type(name="TraceLine", description="One entry on the way.")
class LineType:
    """The fields are read from a line."""


@strawberry.type(name="TraceBalance", description="What went into a step and came out of it in one measure.")
class BalanceType:
    """The fields are read from a sum."""


@strawberry.type(name="TraceStep", description="A process on the way, with its mass balance.")
class StepType:
    """The fields are read from a step."""


@strawberry.type(name="TraceExplorer", description="Where something came from and where it went, as a page tells it.")
class ExplorerType:
    """The fields are read from an answer of the explorer."""


def _ribbons(found: Explored) -> list[tuple[str, ...]]:
    rows = picture_of(found, has_links=False).rows
    return [tuple(str(cell) for cell in row) for row in rows]


_FIELDS: dict[Any, list[Any]] = {
    RibbonType: [
        read_field("source", str, lambda row: row[0], "Where it comes from."),
        read_field("target", str, lambda row: row[1], "Where it goes."),
        read_field("amount", str, lambda row: row[-1], "How much."),
    ],
    LineType: [
        read_field("event", type_of(EconomicEvent), attrgetter("event"), "The entry."),
        read_field("level", int, attrgetter("level"), "How many levels away; below nothing what led to it."),
        read_field("thing", str, attrgetter("thing"), "What it was about, with its lot."),
        read_field("provider", str, attrgetter("giver"), "Who gave."),
        read_field("receiver", str, attrgetter("taker"), "Who received."),
        read_field("amount", str, attrgetter("amount"), "How much, after all corrections."),
        read_field("step", str, attrgetter("step"), "In which process."),
    ],
    BalanceType: [
        read_field("wentIn", str, attrgetter("went_in"), "How much went in."),
        read_field("cameOut", str, attrgetter("came_out"), "How much came out."),
        read_field("verdict", str, attrgetter("verdict"), "What to think of it."),
        read_field("isGap", bool, attrgetter("is_gap"), "Whether something is missing."),
    ],
    StepType: [
        read_field("process", type_of(Process), attrgetter("process"), "The process."),
        read_field("balances", many(BalanceType), attrgetter("sums"), "What went in and came out, by measure."),
        read_field("remarks", many(str), attrgetter("remarks"), "What is missing in its records."),
    ],
    ExplorerType: [
        read_field("title", str, attrgetter("title"), "What it is about."),
        read_field("answer", many(str), attrgetter("answer"), "The answer in a few sentences."),
        read_field("ribbons", many(RibbonType), _ribbons, "The picture as a table."),
        read_field("lines", many(LineType), attrgetter("lines"), "The entries, the farthest back first."),
        read_field("steps", many(StepType), attrgetter("steps"), "The processes on the way."),
        read_field("breaks", many(str), attrgetter("breaks"), "Where the trail ends, and why."),
        read_field("returns", many(str), attrgetter("returns"), "What comes back to where it was before."),
        read_field("hidden", int, attrgetter("hidden"), "How many records on the way you may not see."),
        read_field("more", int, attrgetter("more"), "How many lie beyond the bounds."),
    ],
}
for described, fields in _FIELDS.items():
    replace_fields(described.__strawberry_definition__, fields)


def starts_of(actor: Any, id: str) -> list[queries.Passed]:  # noqa: A002 (the name in GraphQL)
    """Return where a walk begins: at the record an identifier means, or at all resources of a lot.

    Raises:
        Refused: `trace.unknown_subject`.
    """
    found = [start for subject in queries.subjects(actor, str(id)) for start in queries.starts_at(actor, subject)]
    if found:
        return found
    raise Refused(Refusal("trace.unknown_subject", UNKNOWN_SUBJECT, "id", id=str(id)[:200]))


def _explore(
    _root: None,
    info: Any,
    id: str,  # noqa: A002 (the name in GraphQL)
    levels: int | None = None,
    of: Sort | None = None,
    is_collapsed: bool | None = None,  # noqa: FBT001 (called by name)
) -> Explored:
    asked = LEVELS if levels is None else levels
    if not 1 <= asked <= LEVELS_MAX:
        raise Refused(Refusal("trace.levels", LEVELS_OF_A_WALK, "levels", most=LEVELS_MAX, asked=asked))
    actor = info.context.actor
    seen = look(actor, starts_of(actor, id), levels=asked)
    return explored(seen, Question(asked, of, is_collapsed=bool(is_collapsed)))


ID = argument("id", strawberry.ID, "A resource, an event, a process or a lot.")
LEVELS_ARGUMENT = argument("levels", optional(int), "How many levels each way; five unless told otherwise.")

add_field(
    ROOTS["Query"],
    asked_field(
        "traceExplorer",
        ExplorerType,
        _explore,
        "Where something came from and where it went, both ways at once.",
        [
            ID,
            LEVELS_ARGUMENT,
            argument("of", optional(SortType), "Only entries of this sort."),
            argument("isCollapsed", optional(bool), "Whether to leave out mere transport.", "is_collapsed"),
        ],
    ),
)
