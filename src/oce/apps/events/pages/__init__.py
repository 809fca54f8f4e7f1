"""The screens of the ledger."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages import panels as of_records
from oce.apps.events.pages import views as screens
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.pages.navigation import Entry, list_url

urls = [path("record", screens.record, name="record")]
menu = (
    Entry(_("Record"), screens.RECORD_URL, is_main=True),
    Entry(_("Events"), list_url(EconomicEvent), is_main=True),
)
forms = {EconomicEvent: screens.RECORD_URL}
panels = {EconomicResource: (of_records.moves,), Process: (of_records.flows,)}
buttons = {
    Agent: (of_records.of_agent,),
    EconomicEvent: (of_records.of_event,),
    EconomicResource: (of_records.of_resource,),
    Process: (of_records.of_process,),
}
views = {EconomicEvent: {"correct": screens.correct}}
