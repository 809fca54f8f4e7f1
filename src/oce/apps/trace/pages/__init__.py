"""The screens of the trace: where a thing came from and went to, what to call back with a lot, and links for others."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.trace.pages.exploring import explore, start
from oce.apps.trace.pages.giving import give, given, shared, take_back
from oce.apps.trace.pages.recalling import recall
from oce.apps.trace.pages.subjects import explorer_url
from oce.kit.pages.navigation import Entry
from oce.kit.pages.requests import Asked
from oce.kit.records import Record


def ways_of(_request: Asked, record: Record) -> Iterator[tuple[str, str]]:
    """Yield the way from a record to where it came from and went to."""
    yield explorer_url(record), _("Trace")


urls = [
    path("", start, name="start"),
    path("of/<str:kind>/<uuid:uid>", explore, name="explore"),
    path("of/<str:kind>/<uuid:uid>/share", give, name="give"),
    path("recall", recall, name="recall"),
    path("links", given, name="links"),
    path("links/<uuid:uid>/revoke", take_back, name="revoke"),
    path("shared/<str:secret>", shared, name="shared"),
]
menu = (
    Entry(gettext_lazy("Trace"), "/trace/", "things", "route"),
    Entry(gettext_lazy("Call back a lot"), "/trace/recall", "things", "megaphone"),
)
buttons = dict.fromkeys((EconomicResource, EconomicEvent, Process, BatchLotRecord), (ways_of,))
