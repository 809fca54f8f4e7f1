"""Calling a lot back: who has what of it, on paper or as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oce.apps.trace.pages.tables import recall_file
from oce.apps.trace.recalls import recall_list
from oce.kit.pages.requests import Asked

LOT_LENGTH_MAX = 200


@require_safe
def recall(request: Asked) -> HttpResponse:
    """Show who has what of a lot or of what was made of it, or send that as a file."""
    code = request.GET.get("code", "").replace("\x00", "").strip()[:LOT_LENGTH_MAX]
    found = recall_list(request.actor, code) if code else None
    if found is not None and found.is_known and request.GET.get("format") == "csv":
        return recall_file(found)
    return render(request, "trace/recall.html", {"code": code, "found": found})
