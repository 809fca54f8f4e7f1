"""The screens for files: in, with a look before and a report after; and out."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets.pages.progress import faults_as_table, show_import
from oce.apps.spreadsheets.pages.taking_in import IMPORT, look_at, take_in
from oce.apps.spreadsheets.pages.taking_out import EXPORT, list_as_table, of_agent, take_agent_along, take_out
from oce.kit.pages.exports import Export
from oce.kit.pages.navigation import Entry

urls = [
    path("import", take_in, name="import"),
    path("import/<str:digest>", look_at, name="look"),
    path("imports/<uuid:uid>", show_import, name="imported"),
    path("imports/<uuid:uid>/faults.csv", faults_as_table, name="faults"),
    path("export", take_out, name="export"),
]
menu = (
    Entry(_("Take files in"), IMPORT, "node", "upload"),
    Entry(_("Take everything along"), EXPORT, "node", "download"),
)
exports = {"csv": Export(_("as a table (CSV)"), list_as_table)}
views = {Agent: {"export": of_agent}}
buttons = {Agent: (take_agent_along,)}
