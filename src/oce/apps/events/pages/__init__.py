"""The screens of the ledger."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.apps.commitments.models import Commitment, Intent
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages import ledger, quick, sharing, story
from oce.apps.events.pages import panels as of_records
from oce.apps.events.pages import today as start
from oce.apps.events.pages import views as screens
from oce.apps.events.pages import week as grid
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import Power
from oce.kit.pages.navigation import Entry, list_url

urls = [path("record", screens.record, name="record")]
door = [
    path("log", quick.log, name="log"),
    path("log/again", quick.log_again, name="log-again"),
    path("log/week", grid.week, name="log-week"),
    path("log/undo", quick.undo, name="log-undo"),
]
today = start.today
menu = (
    Entry(_("Log"), quick.LOG_URL, "log", "plus", needs=Power.RECORD),
    Entry(_("My week"), grid.WEEK_URL, "today", "calendar-days", needs=Power.RECORD),
    Entry(_("Ledger"), list_url(EconomicEvent), "work", "scroll-text", is_main=True, key="g l"),
)
lists = {EconomicEvent: ledger.LedgerList}
homes = {EconomicEvent: story.event}
forms = {EconomicEvent: screens.RECORD_URL}
panels = {
    Commitment: (of_records.done("fulfills"),),
    EconomicEvent: (sharing.of_event,),
    EconomicResource: (of_records.moves,),
    Intent: (of_records.done("satisfies"),),
    Process: (of_records.flows,),
}
buttons = {
    Agent: (of_records.of_agent,),
    Commitment: (of_records.answering("fulfills"),),
    EconomicEvent: (of_records.of_event,),
    EconomicResource: (of_records.of_resource,),
    Intent: (of_records.answering("satisfies"),),
    Process: (of_records.of_process,),
}
views = {EconomicEvent: {"correct": screens.correct, "share": sharing.share}}
