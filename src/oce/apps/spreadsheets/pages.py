"""The screens for files: a file is looked at, its columns are matched, then it is taken in whole; and the way out."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, cast

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets import shelf
from oce.apps.spreadsheets.commands import import_document, import_table
from oce.apps.spreadsheets.exports import comma_separated, linked_data, selection
from oce.apps.spreadsheets.exports.files import Format, export_archive
from oce.apps.spreadsheets.exports.selection import Selection
from oce.apps.spreadsheets.tables.arrival import Preview, preview
from oce.apps.spreadsheets.tables.understanding import TableOptions, names_of
from oce.kit.jsonld.classes import document_classes
from oce.kit.jsonld.texts import Source
from oce.kit.pages.answers import status_of
from oce.kit.pages.exports import Export
from oce.kit.pages.navigation import Entry, record_url
from oce.kit.pages.requests import Asked
from oce.kit.records import Record
from oce.vf.refusals import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase

IMPORT, EXPORT = "/spreadsheets/import", "/spreadsheets/export"
TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods"})
FAULTS_SHOWN = 100
# What a small export needs is kept in memory; larger ones are written to disk before they are sent.
MEMORY_MAX = 8 * 1024 * 1024


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
    """Show the form for a file, or put a file aside and show what it holds."""
    faults: list[Refusal] = []
    uploaded = request.FILES.get("file")
    if uploaded is not None:
        try:
            digest = shelf.put_aside(str(uploaded.name), cast("IO[bytes]", uploaded.file))
        except Refused as refused:
            faults = list(refused.refusals)
        else:
            return HttpResponseRedirect(f"{IMPORT}/{digest}")
    shown = {"faults": [fault.translated(_) for fault in faults], "is_without": request.method == "POST" and not faults}
    return render(request, "spreadsheets/import.html", shown, status=status_of(faults) if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def look_at(request: Asked, digest: str) -> HttpResponse:
    """Show how a file that was put aside would be read, or take it in and show what came of it."""
    source = shelf.taken_from(digest)
    is_table = PurePath(source.name).suffix.lower() in TABLES
    options = _options(request)
    shown: dict[str, Any] = {
        "source": source,
        "is_table": is_table,
        "options": options,
        "classes": sorted(document_classes()),
    }
    faults: tuple[Refusal, ...] = ()
    try:
        if request.method == "POST" and "_look" not in request.POST:
            shown["report"] = _taken_in(request, source, options, is_table=is_table)
        elif is_table:
            seen = preview(source, options)
            shown |= {"seen": seen, "matches": list(_matches(seen))}
    except Refused as refused:
        faults = refused.refusals
        shown |= _still_seen(source, options) if is_table and request.method == "POST" else {}
    shown["faults"] = [(fault.field or "", fault.translated(_)) for fault in faults[:FAULTS_SHOWN]]
    shown["more_faults"] = max(0, len(faults) - FAULTS_SHOWN)
    return render(request, "spreadsheets/look.html", shown, status=status_of(faults) if faults else 200)


@require_safe
def take_out(request: Asked) -> HttpResponseBase:
    """Show the form of an export, or send everything that is here."""
    form = request.GET.get("form", "")
    if form not in set(Format):
        return render(request, "spreadsheets/export.html", {"forms": list(Format)})
    return _sent(selection.everything(request.actor), Format(form), "everything")


@require_safe
def of_agent(request: Asked, agent: Record) -> HttpResponseBase:
    """Send all that an agent is party to."""
    assert isinstance(agent, Agent)  # noqa: S101 (plugged to this class alone)
    form = request.GET.get("form", "")
    chosen = Format(form) if form in set(Format) else Format.LINKED_DATA
    return _sent(selection.of_agent(request.actor, agent), chosen, str(agent.uid))


def take_agent_along(_request: Asked, agent: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to take along all that an agent is party to."""
    yield f"{record_url(agent)}/export", _("Take along all about it")


def list_as_table(request: Asked, model: type[Record], records: QuerySet[Record]) -> HttpResponseBase:
    """Send the records of a list as one table."""
    chosen = Selection(request.actor, {model: set(records.values_list("pk", flat=True))})
    file = _temporary()
    comma_separated.write(chosen, model, file)
    return _response(file, f"{model.kind()}.csv", "text/csv; charset=utf-8")


def _options(request: Asked) -> TableOptions:
    sent = request.POST
    matches = {
        sent.get(f"heading.{number}", ""): name
        for number in range(len(sent))
        if (name := sent.get(f"match.{number}")) is not None
    }
    return TableOptions(of=sent.get("of") or None, matches=matches, decimals=sent.get("decimals") or None)


def _taken_in(request: Asked, source: Source, options: TableOptions, *, is_table: bool) -> object:
    if is_table:
        return import_table(request.actor, source, options)
    return import_document(request.actor, source, skip_unknown=request.POST.get("skip_unknown") == "yes")


def _still_seen(source: Source, options: TableOptions) -> dict[str, Any]:
    """Return the columns of a refused table, so that their matching can be mended, or nothing where it cannot be read."""
    try:
        seen = preview(source, options)
    except Refused:
        return {}
    return {"seen": seen, "matches": list(_matches(seen))}


def _matches(seen: Preview) -> Iterator[Match]:
    names = names_of(document_classes()[seen.of].model)
    for number, (heading, name) in enumerate(seen.columns):
        cells = [row[number] for row in seen.rows if number < len(row) and row[number]][:3]
        yield Match(number, heading, name or "", cells, [(each, each.replace("_", " ")) for each in names])


def _sent(chosen: Selection, form: Format, name: str) -> HttpResponseBase:
    file = _temporary()
    if form is Format.LINKED_DATA:
        linked_data.write(chosen, file)
        return _response(file, f"{name}.jsonld", "application/ld+json")
    export_archive(chosen, form, file)
    return _response(file, f"{name}-{form.value}.zip", "application/zip")


def _temporary() -> IO[bytes]:
    return cast("IO[bytes]", tempfile.SpooledTemporaryFile(MEMORY_MAX))


def _response(file: IO[bytes], name: str, kind: str) -> FileResponse:
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


urls = [
    path("import", take_in, name="import"),
    path("import/<str:digest>", look_at, name="look"),
    path("export", take_out, name="export"),
]
menu = (Entry(gettext_lazy("Take files in"), IMPORT), Entry(gettext_lazy("Take everything along"), EXPORT))
exports = {"csv": Export(gettext_lazy("as a table (CSV)"), list_as_table)}
views = {Agent: {"export": of_agent}}
buttons = {Agent: (take_agent_along,)}
