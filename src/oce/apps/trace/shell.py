"""Trace at the shell: `oce trace`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from oce.apps.trace import queries
from oce.kit.actor import SYSTEM
from oce.kit.records import found_by_reference
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    import argparse

    from oce.apps.trace.queries import Passed


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `oce trace`."""
    trace = verbs.add_parser(
        "trace",
        help="follow a resource, an event, a process or a lot back to where it came from",
        description="Print where something came from, a line a step; with --forward, where it went.",
    )
    trace.add_argument("what", help="an identifier or address, or with --lot a lot code")
    trace.add_argument("--forward", action="store_true", help="follow to where it went")
    trace.add_argument("--lot", action="store_true", help="follow every resource of this lot, whoever has it")
    trace.add_argument("--depth", type=int, help="at most so many steps away")
    trace.add_argument("--limit", type=int, default=1000, help="at most so many lines (default: 1000)")
    trace.set_defaults(run=_trace)


def _trace(chosen: argparse.Namespace) -> int:
    starts: list[Passed] = [*queries.of_lot(SYSTEM, chosen.what)] if chosen.lot else _started(chosen.what)
    if not starts:
        template = gettext_noop(
            "Nothing here is called {what}. Give an identifier or address, or --lot and a lot code."
        )
        raise Refused(Refusal("trace.unknown_start", template, "what", what=chosen.what))
    follow = queries.track if chosen.forward else queries.trace
    walk = follow(SYSTEM, starts, depth=chosen.depth, limit=chosen.limit)
    for step in walk.steps:
        kind = step.record._meta.verbose_name  # noqa: SLF001 (Django's documented model API)
        sys.stdout.write(f"{'  ' * min(step.depth, 40)}{kind}: {step.record}  {step.record.address}\n")
    if walk.more:
        sys.stdout.write(f"... and {walk.more} more; raise --limit or --depth to see them.\n")
    return 0


def _started(reference: str) -> list[Passed]:
    for model in queries.MODELS.values():
        found = found_by_reference(model, [reference])
        if found:
            return [found[reference]]
    return []
