"""The way out: everything, one list, or all about one agent, as a file to keep."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, cast

from django.http import FileResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets.exports import comma_separated, linked_data, selection
from oce.apps.spreadsheets.exports.files import Format, export_archive
from oce.apps.spreadsheets.exports.selection import Selection
from oce.kit.pages.navigation import record_url
from oce.kit.pages.requests import Asked
from oce.kit.records import Record
from oce.kit.standing import standing_still

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase

EXPORT = "/spreadsheets/export"
# What a small export needs is kept in memory; larger ones are written to disk before they are sent.
MEMORY_MAX = 8 * 1024 * 1024


@require_safe
def take_out(request: Asked) -> HttpResponseBase:
    """Show the form of an export, or send everything that is here."""
    form = request.GET.get("form", "")
    if form not in set(Format):
        return render(request, "spreadsheets/export.html", {"forms": list(Format)})
    with standing_still():
        return _sent(selection.everything(request.actor), Format(form), "everything")


@require_safe
def of_agent(request: Asked, agent: Record) -> HttpResponseBase:
    """Send all that an agent is party to."""
    assert isinstance(agent, Agent)  # noqa: S101 (plugged to this class alone)
    form = request.GET.get("form", "")
    chosen = Format(form) if form in set(Format) else Format.LINKED_DATA
    with standing_still():
        return _sent(selection.of_agent(request.actor, agent), chosen, str(agent.uid))


def take_agent_along(_request: Asked, agent: Record) -> Iterator[tuple[str, str]]:
    """Yield the way to take along all that an agent is party to."""
    yield f"{record_url(agent)}/export", _("Take along all about it")


def list_as_table(request: Asked, model: type[Record], records: QuerySet[Record]) -> HttpResponseBase:
    """Send the records of a list as one table."""
    file = _temporary()
    with standing_still():
        chosen = Selection(request.actor, {model: set(records.values_list("pk", flat=True))})
        comma_separated.write(chosen, model, file)
    return _response(file, f"{model.kind()}.csv", "text/csv; charset=utf-8")


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
