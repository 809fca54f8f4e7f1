"""The way in: a file is put aside and looked at, its columns are matched, then it comes in whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, cast

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oce.apps.spreadsheets import imports, shelf, uploads
from oce.apps.spreadsheets.commands import import_document, import_table, was_taken_in
from oce.apps.spreadsheets.manners import Manner, in_rehearsal
from oce.apps.spreadsheets.tables.arrival import Preview, preview
from oce.apps.spreadsheets.tables.understanding import names_of
from oce.apps.spreadsheets.wishes import TableOptions
from oce.apps.spreadsheets.wording import class_in_words, classes_in_words, column_in_words
from oce.kit.actor import Power, refuse_powerless
from oce.kit.jsonld.classes import document_classes
from oce.kit.pages.answers import status_of
from oce.kit.pages.requests import Asked
from oce.vf.refusals import Refusal, Refused, refuse_if

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oce.apps.spreadsheets.reports import ImportReport
    from oce.kit.jsonld.texts import Source

IMPORT = "/spreadsheets/import"
IMPORTS = "/spreadsheets/imports"
FAULTS_SHOWN = 100
IMPORTS_SHOWN = 50


@dataclass
class Match:
    """One column of a table: its heading, what it is taken for, and its first cells."""

    number: int
    heading: str
    name: str
    cells: list[str]
    choices: list[tuple[str, str]] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: Asked) -> HttpResponse:
    """Show the form for a file and the latest imports, or put a file aside and show what it holds."""
    faults: list[Refusal] = []
    uploaded = request.FILES.get("file")
    if uploaded is not None:
        try:
            refuse_if(refuse_powerless(request.actor, Power.RECORD))
            refuse_if(uploads.refuse_too_large(str(uploaded.name), uploaded.size or 0))
            digest = shelf.put_aside(str(uploaded.name), cast("IO[bytes]", uploaded.file))
        except Refused as refused:
            faults = list(refused.refusals)
        else:
            return HttpResponseRedirect(f"{IMPORT}/{digest}")
    shown = {
        "faults": [fault.translated(_) for fault in faults],
        "is_without": request.method == "POST" and not faults,
        "imports": imports.asked_by(request.actor)[:IMPORTS_SHOWN],
        "url": IMPORTS,
    }
    return render(request, "spreadsheets/import.html", shown, status=status_of(faults) if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def look_at(request: Asked, digest: str) -> HttpResponse:
    """Show how a file that was put aside would be read and what would come of it; or let it come in."""
    source = shelf.taken_from(digest)
    is_table = uploads.is_table(source.name)
    manner = _manner(request)
    shown: dict[str, Any] = {
        "source": source,
        "is_table": is_table,
        "manner": manner,
        "is_repeat": was_taken_in(source),
        "classes": classes_in_words(),
    }
    faults: list[Refusal] = []
    try:
        if request.method == "POST" and "_look" not in request.POST:
            asked = imports.ask(request.actor, digest, source, manner)
            faults = imports.faults_of(asked)
            if not faults:
                return HttpResponseRedirect(f"{IMPORTS}/{asked.uid}")
            shown["faults_url"] = f"{IMPORTS}/{asked.uid}/faults.csv"
        elif imports.is_small(source) and (manner.again or not shown["is_repeat"]):
            shown["report"] = in_rehearsal(lambda: _took_in(request, source, manner))
    except Refused as refused:
        faults = list(refused.refusals)
    shown |= _seen(source, manner.options, faults) if is_table else {}
    shown["faults"] = [(fault.field or "", fault.translated(_)) for fault in faults[:FAULTS_SHOWN]]
    shown["more_faults"] = max(0, len(faults) - FAULTS_SHOWN)
    return render(request, "spreadsheets/look.html", shown, status=status_of(faults) if faults else 200)


def _took_in(request: Asked, source: Source, manner: Manner) -> ImportReport:
    if uploads.is_table(source.name):
        return import_table(request.actor, source, manner.options, again=manner.again)
    return import_document(request.actor, source, skip_unknown=manner.skip_unknown, again=manner.again)


def _manner(request: Asked) -> Manner:
    sent = request.POST
    matches = {
        sent.get(f"heading.{number}", ""): name
        for number in range(len(sent))
        if (name := sent.get(f"match.{number}")) is not None
    }
    options = TableOptions(of=sent.get("of") or None, matches=matches, decimals=sent.get("decimals") or None)
    return Manner(options, sent.get("skip_unknown") == "yes", sent.get("again") == "yes")


def _seen(source: Source, options: TableOptions, faults: list[Refusal]) -> dict[str, Any]:
    """Return the columns of a table, so that their matching can be mended; where it cannot be read, add why."""
    try:
        seen = preview(source, options)
    except Refused as refused:
        faults += [] if faults else refused.refusals
        return {}
    return {"seen": seen, "kind": class_in_words(seen.of), "matches": list(_matches(seen))}


def _matches(seen: Preview) -> Iterator[Match]:
    model = document_classes()[seen.of].model
    offered = [(name, column_in_words(model, name)) for name in names_of(model)]
    offered.sort(key=lambda each: each[1].casefold())
    for number, (heading, name) in enumerate(seen.columns):
        cells = [row[number] for row in seen.rows if number < len(row) and row[number]][:3]
        yield Match(number, heading, name or "", cells, offered)
