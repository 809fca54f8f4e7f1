"""The screens of exchanges: agreements with how far they are, one agreement with its sides, and the form to agree."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.apps.agreements.models import Agreement
from oce.apps.exchange.pages import agreeing, overview, ribbon
from oce.kit.pages.navigation import Entry

section = "exchange"
urls = [
    path("", overview.agreements, name="agreements"),
    path("agree", agreeing.new, name="agree"),
]
menu = (Entry(_("Agreements"), "/exchange/", icon="handshake", is_main=True),)
homes = {Agreement: ribbon.agreement}
panels = {Agent: (overview.still_open,)}
