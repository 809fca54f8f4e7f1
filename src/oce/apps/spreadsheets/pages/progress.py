"""An import on its way and at its end: how far it is, what came in and where to find it, or why nothing did."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oce.apps.spreadsheets import imports, shelf
from oce.apps.spreadsheets.faults import write_table
from oce.apps.spreadsheets.pages.taking_in import FAULTS_SHOWN, IMPORT, IMPORTS
from oce.kit.pages.navigation import list_url
from oce.kit.pages.requests import Asked

if TYPE_CHECKING:
    from uuid import UUID

PAUSE_SECONDS = 2


@never_cache
@require_safe
def show_import(request: Asked, uid: UUID) -> HttpResponse:
    """Show how far an import is, and at its end what came of it; until then the page asks again by itself."""
    asked = get_object_or_404(imports.asked_by(request.actor), uid=uid)
    faults = imports.faults_of(asked)
    report = imports.report_of(asked)
    shown: dict[str, Any] = {
        "asked": asked,
        "report": report,
        "progress": shelf.progress_of(asked.digest) if asked.state == "running" else None,
        "came": [(list_url(model), count, label) for model, count, label in report.counted()] if report else [],
        "faults": [(fault.field or "", fault.translated(_)) for fault in faults[:FAULTS_SHOWN]],
        "more_faults": max(0, len(faults) - FAULTS_SHOWN),
        "faults_url": f"{IMPORTS}/{uid}/faults.csv",
        "look_url": f"{IMPORT}/{asked.digest}",
    }
    response = render(request, "spreadsheets/imported.html", shown)
    if asked.ended is None:
        # Every browser follows this, also one without scripts.
        response.headers["Refresh"] = str(PAUSE_SECONDS)
    return response


@require_safe
def faults_as_table(request: Asked, uid: UUID) -> HttpResponse:
    """Send why an import was refused as a table: a row for each fault, with its place in the file."""
    asked = get_object_or_404(imports.asked_by(request.actor), uid=uid)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="faults.csv"'
    write_table(imports.faults_of(asked), cast("IO[str]", response))
    return response
