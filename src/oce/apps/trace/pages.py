"""The screens of the trace: where a thing came from, where it went, and what is to be called back with a lot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.apps.trace import queries
from oce.apps.trace.queries import Passed, TraceStep, Walk
from oce.kit.pages.navigation import Entry, record_url
from oce.kit.pages.requests import Asked
from oce.kit.records import Record

# More than this nobody reads in a list; the page says how many more there are, and a program may ask for all.
SHOWN_MAX = 500
DEPTH_MAX = 10_000
LOT_LENGTH_MAX = 200


class Stage(NamedTuple):
    """The records that lie equally far from the start."""

    depth: int
    steps: list[TraceStep]


class Way(NamedTuple):
    """One of the two directions, in words, with the question it asks."""

    title: str | Promise
    nothing: str | Promise
    walk: Callable[..., Walk]


WAYS = {
    "trace": Way(
        gettext_lazy("Where it came from"),
        gettext_lazy("Nothing in the ledger says where this came from."),
        queries.trace,
    ),
    "track": Way(
        gettext_lazy("Where it went"), gettext_lazy("Nothing in the ledger says where this went."), queries.track
    ),
}


@require_safe
def trace(request: Asked, record: Record) -> HttpResponse:
    """Show where a resource, event or process came from."""
    return _page(request, "trace", record)


@require_safe
def track(request: Asked, record: Record) -> HttpResponse:
    """Show where a resource, event or process went."""
    return _page(request, "track", record)


@require_safe
def recall(request: Asked) -> HttpResponse:
    """Show all resources of a lot, whoever has them, and everything that went out of them."""
    code = request.GET.get("code", "").replace("\x00", "").strip()[:LOT_LENGTH_MAX]
    found = queries.of_lot(request.actor, code) if code else []
    walk = queries.track(request.actor, found, limit=SHOWN_MAX) if found else None
    shown = {"code": code, "found": found, "walk": walk, "stages": _stages(walk.steps) if walk else []}
    return render(request, "trace/lot.html", shown)


def ways_of(_request: Asked, record: Record) -> Iterator[tuple[str, str]]:
    """Yield the ways back and forth from a record."""
    yield f"{record_url(record)}/trace", _("Where from")
    yield f"{record_url(record)}/track", _("Where to")


def _page(request: Asked, word: str, record: Record) -> HttpResponse:
    assert isinstance(record, Passed)  # noqa: S101 (these views are plugged to the classes the ledger passes)
    depth = _depth(request.GET.get("depth", ""))
    walk = WAYS[word].walk(request.actor, [record], depth=depth, limit=SHOWN_MAX)
    shown = {
        "record": record,
        "model": type(record),
        "way": WAYS[word],
        "walk": walk,
        "stages": _stages([step for step in walk.steps if step.depth]),
        "depth": depth,
        "other": next(other for other in WAYS if other != word),
        "other_title": next(way.title for other, way in WAYS.items() if other != word),
    }
    return render(request, "trace/walk.html", shown)


def _depth(text: str) -> int | None:
    return min(int(text), DEPTH_MAX) if text.isdecimal() and len(text) < 10 else None


def _stages(steps: Sequence[TraceStep]) -> list[Stage]:
    """Return the steps by how far they are from the start, each stage in the order of the walk."""
    ordered = sorted(steps, key=lambda step: step.depth)
    return [Stage(depth, list(found)) for depth, found in groupby(ordered, key=lambda step: step.depth)]


urls = [path("lot", recall, name="lot")]
menu = (Entry(gettext_lazy("Call back a lot"), "/trace/lot", "things", "route"),)
views = {model: {"trace": trace, "track": track} for model in (EconomicResource, EconomicEvent, Process)}
buttons = dict.fromkeys(views, (ways_of,))
