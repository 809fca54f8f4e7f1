"""What the app of wishes and promises shows on the pages of others: what is to go into a process, and to come out of it."""

from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext as _

from oce.apps.commitments import queries
from oce.apps.processes.models import Process
from oce.kit.actor import seen_by
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record

SHOWN_MAX = 40


def planned(request: Asked, process: Record) -> Panel | None:
    """Return what is promised and wished to go into a process or to come out of it; None where nothing is."""
    assert isinstance(process, Process)  # noqa: S101 (plugged to this class alone)
    named = ("provider", "receiver", "resource_conforms_to", "resource_inventoried_as")
    promised = list(seen_by(request.actor, queries.commitments_of(process)).select_related(*named)[:SHOWN_MAX])
    wished = list(seen_by(request.actor, queries.intents_of(process)).select_related(*named)[:SHOWN_MAX])
    if not promised and not wished:
        return None
    return Panel(_("What is planned"), "commitments/planned.html", {"promised": promised, "wished": wished})


urls: list[URLPattern] = []
panels = {Process: (planned,)}
