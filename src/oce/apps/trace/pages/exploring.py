"""The explorer: a field to scan or search with, and the trace of what was found, both ways at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.trace.drawing import picture_of
from oce.apps.trace.explorer import Explored, Question, explored
from oce.apps.trace.pages.subjects import explorer_url, starts_of, subject
from oce.apps.trace.pages.tables import entries_file
from oce.apps.trace.queries import subjects
from oce.apps.trace.rules.flows import Sort
from oce.apps.trace.sights import LEVELS, LEVELS_MAX, look
from oce.kit.actor import seen_by
from oce.kit.jsonld.context import address as context_address
from oce.kit.jsonld.documents import body_of, response
from oce.kit.pages.requests import Asked
from oce.kit.pages.values import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from oce.apps.trace.explorer import Level
    from oce.kit.actor import Actor
    from oce.kit.records import Record

SOUGHT_LENGTH_MAX = 2_000
FOUND_MAX = 20
RECENT = 3
# So many things of the newest lots are read for the name of one of each.
NAMED_MAX = 200
DEPTHS = (1, 2, 3, 5, 10)
ALL = "all"
# What is about things is shown unless everything, or something else, is asked for: it makes the clearest picture.
EVERYTHING = "everything"
# More lines nobody reads on a page; the page says how many more there are, and the file has them all.
LINES_MAX = 500

SORTS: dict[str, str | Promise] = {
    Sort.THINGS: gettext_lazy("Things"),
    EVERYTHING: gettext_lazy("Everything"),
    Sort.WORK: gettext_lazy("Work"),
    Sort.TOOLS: gettext_lazy("Tools and knowledge"),
}


class Card(NamedTuple):
    """Something that may be meant: its address, its name, and what tells it from others."""

    url: str
    title: str
    detail: str


class Choice(NamedTuple):
    """One of several ways to look: its words, the address, and whether it is the one now."""

    words: str | Promise
    url: str
    is_now: bool


@require_safe
def start(request: Asked) -> HttpResponse:
    """Show a field to scan or search with and the newest lots, or go where the field leads."""
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:SOUGHT_LENGTH_MAX]
    found = list(_found(request, sought)) if sought else []
    if len(found) == 1:
        return HttpResponseRedirect(explorer_url(found[0]))
    recent = seen_by(request.actor, BatchLotRecord.every()).order_by("-id")
    shown = {
        "sought": sought,
        "found": [_card(each) for each in found],
        "recent": _lot_cards(request.actor, recent[:RECENT]),
    }
    return render(request, "trace/start.html", shown)


@require_safe
def explore(request: Asked, kind: str, uid: UUID) -> HttpResponse:
    """Show where a thing came from and where it went, or send that as a file."""
    record = subject(request.actor, kind, uid)
    question = question_of(request)
    found = explored(look(request.actor, starts_of(request.actor, record), levels=question.levels), question)
    form = request.GET.get("format", "")
    if form == "csv":
        return entries_file(found)
    if form == "jsonld":
        return _documents(request, found)
    shown = {
        "record": record,
        "model": type(record),
        "explorer": explorer_url(record),
        **shown_of(request, found, question),
    }
    shown["lot"] = record.batch_lot_code if isinstance(record, BatchLotRecord) else _lot_of(record)
    return render(request, "trace/explore.html", shown)


def question_of(request: Asked) -> Question:
    """Return how the address asks to see a trace; what it does not say, or says wrongly, is as usual."""
    asked = request.GET
    text = asked.get("levels", "")
    levels = min(int(text), LEVELS_MAX) if text.isdecimal() and 0 < len(text) < 6 and int(text) else LEVELS
    sliced, of = bool(asked.get("sliced")), asked.get("of", "")
    return Question(
        levels=None if text == ALL else levels,
        sort=None if of == EVERYTHING else Sort(of) if of in set(Sort) else Sort.THINGS,
        is_collapsed=bool(asked.get("collapsed")),
        since=request.period.begin if sliced else None,
        until=request.period.end if sliced else None,
    )


def shown_of(request: Asked, found: Explored, question: Question, *, has_links: bool = True) -> dict[str, object]:
    """Return what the templates of a trace show."""
    back, forth = _cut(found.back), _cut(found.forth)
    return {
        "found": found,
        "picture": picture_of(found, has_links=has_links),
        "sides": [
            (_("Where it came from"), back, _("Nothing recorded leads here.")),
            (_("Where it went"), forth, _("Nothing recorded leads on from here.")),
        ],
        "left_out": len(found.lines) - sum(len(level.lines) for level in (*back, *forth)),
        "has_links": has_links,
        "depths": list(_depths(request, question)),
        "sorts": [
            Choice(words, _link(request, of=word), (question.sort or EVERYTHING) == word)
            for word, words in SORTS.items()
        ],
        "question": question,
        "collapse_url": _link(request, collapsed="" if question.is_collapsed else "1"),
        "slice_url": _link(request, sliced="" if question.since else "1"),
        "csv_url": _link(request, format="csv"),
        "jsonld_url": _link(request, format="jsonld"),
    }


def _depths(request: Asked, question: Question) -> Iterator[Choice]:
    own = () if question.levels in {None, *DEPTHS} else (question.levels,)
    for levels in sorted((*DEPTHS, *own)):
        yield Choice(str(levels), _link(request, levels=str(levels)), levels == question.levels)
    yield Choice(_("All"), _link(request, levels=ALL), question.levels is None)


def _link(request: Asked, **changes: str) -> str:
    asked = request.GET.copy()
    for name, value in changes.items():
        asked[name] = value
        if not value:
            del asked[name]
    return f"?{asked.urlencode()}"


def _cut(levels: tuple[Level, ...]) -> list[Level]:
    """Return the levels with no more lines together than fit on a page."""
    left, kept = LINES_MAX, []
    for level in levels:
        kept.append(level if len(level.lines) <= left else type(level)(level.number, level.lines[:left]))
        left -= len(kept[-1].lines)
        if not left:
            break
    return kept


def _found(request: Asked, sought: str) -> Iterator[Record]:
    """Yield what a code, an identifier, an address or a name means: the exact ones, or else those that begin so."""
    actor = request.actor
    exact: list[Record] = [*subjects(actor, sought)]
    exact += seen_by(actor, BatchLotRecord.every()).filter(batch_lot_code=sought)[:FOUND_MAX]
    resources = _named(seen_by(actor, EconomicResource.every()))
    exact += resources.filter(tracking_identifier=sought)[:FOUND_MAX]
    yield from exact or resources.filter(name__istartswith=sought).order_by("-id")[:FOUND_MAX]


def _named(resources: QuerySet[EconomicResource]) -> QuerySet[EconomicResource]:
    return resources.select_related("of_batch_lot", "conforms_to")


def _card(record: Record) -> Card:
    code = _lot_of(record)
    detail = _("Lot {code}").format(code=code) if code else str(record._meta.verbose_name)  # noqa: SLF001 (Django's documented model API)
    return Card(explorer_url(record), name_of(record), detail)


def _lot_cards(actor: Actor, lots: Iterable[BatchLotRecord]) -> list[Card]:
    """Return the lots with the names of what is of them."""
    by_lot = {lot.pk: lot for lot in lots}
    resources = seen_by(actor, EconomicResource.every()).select_related("conforms_to").filter(of_batch_lot__in=by_lot)
    names: dict[int, str] = {}
    for resource in resources[:NAMED_MAX]:
        if resource.of_batch_lot_id is not None:
            names.setdefault(resource.of_batch_lot_id, name_of(resource))
    return [Card(explorer_url(lot), str(lot), names.get(key, "")) for key, lot in by_lot.items()]


def _lot_of(record: Record) -> str:
    lot = record.of_batch_lot if isinstance(record, EconomicResource) else None
    return lot.batch_lot_code if lot is not None else ""


def _documents(request: Asked, found: Explored) -> HttpResponse:
    """Send the records of a trace as one document of linked data."""
    seen = found.seen
    on_way = {"event": seen.events, "resource": seen.resources, "process": seen.processes}
    records = [on_way[kind][key] for kind, key in seen.sight.distance]
    answer = response(request, {"@context": context_address(), "@graph": [body_of(each) for each in records]})
    answer.headers["Content-Disposition"] = 'attachment; filename="trace.jsonld"'
    return answer
