"""The screens of the network: the pages of groups and people, the picture of all of them, and lists of people and places."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.network.pages import directory, graph, home, used
from oce.kit.pages.navigation import Entry

section = "network"
urls = [
    path("", graph.network, name="network"),
    path("people", directory.people, name="people"),
    path("places", directory.places, name="places"),
]
menu = (
    Entry(_("Who is connected"), "/network/", icon="network", is_main=True),
    Entry(_("People"), "/network/people", icon="users"),
    Entry(_("Places"), "/network/places", icon="map-pin"),
)
homes = {Agent: home.agent}
views = {Agent: {"around": home.around, "more": home.more}}
panels = {ResourceSpecification: (used.where_used,)}
