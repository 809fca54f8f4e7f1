"""Trace at the shell: `oce trace`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from oce.kit.actor import SYSTEM
from oce.kit.records import called
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from oce.apps.trace.queries import Passed


SEVERAL = gettext_noop("Several records are called {what}. Give the identifier of the one that is meant.")
UNKNOWN = gettext_noop(
    "Nothing here is called {what}. Give an identifier, an address or a name, or --lot and a lot code."
)


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `oce trace`."""
    trace = verbs.add_parser(
        "trace",
        help="follow a resource, an event, a process or a lot back to where it came from",
        description="Print where something came from, a line a step; with --forward, where it went.",
    )
    trace.add_argument("what", help="an identifier, an address or a name, or with --lot a lot code")
    trace.add_argument("--forward", action="store_true", help="follow to where it went")
    trace.add_argument("--lot", action="store_true", help="follow every resource of this lot, whoever has it")
    trace.add_argument("--depth", type=_count, help="at most so many steps away")
    trace.add_argument("--limit", type=_count, default=1000, help="at most so many lines (default: 1000)")
    trace.set_defaults(run=_trace)


def _count(given: str) -> int:
    if not given.isdecimal():
        raise argparse.ArgumentTypeError(f"{given} is not a whole number from 0 on")
    return int(given)


def _trace(chosen: argparse.Namespace) -> int:
    from oce.apps.trace import queries

    starts: list[Passed] = [*queries.of_lot(SYSTEM, chosen.what)] if chosen.lot else _started(chosen.what)
    if not starts:
        raise Refused(Refusal("trace.unknown_start", UNKNOWN, "what", what=chosen.what))
    follow = queries.track if chosen.forward else queries.trace
    walk = follow(SYSTEM, starts, depth=chosen.depth, limit=chosen.limit)
    for step in walk.steps:
        kind = step.record._meta.verbose_name  # noqa: SLF001 (Django's documented model API)
        sys.stdout.write(f"{'  ' * min(step.depth, 40)}{kind}: {step.record}  {step.record.address}\n")
    if walk.more:
        sys.stdout.write(f"... and {walk.more} more; raise --limit or --depth to see them.\n")
    return 0


def _started(text: str) -> list[Passed]:
    """Return the record that an identifier, an address or an unambiguous name means; nothing where there is none."""
    from oce.apps.trace import queries

    found = [record for model in queries.MODELS.values() for record in called(model, text)]
    if len(found) > 1:
        raise Refused(Refusal("trace.ambiguous_start", SEVERAL, "what", what=text))
    return found
