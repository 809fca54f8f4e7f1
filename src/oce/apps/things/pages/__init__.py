"""The screens of things: the inventory, one thing, receiving, the scanner, passports and labels."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from oce.apps.resources.models import EconomicResource
from oce.apps.things.pages import acting, home, inventory, passport, receiving, scanning
from oce.kit.actor import Power
from oce.kit.pages.navigation import Entry

section = "things"
urls = [
    path("", inventory.inventory, name="inventory"),
    path("receive", receiving.receive, name="receive"),
    path("scan", scanning.scan, name="scan"),
    path("move", inventory.move_together, name="move"),
    path("labels", passport.labels, name="labels"),
]
menu = (
    Entry(_("Inventory"), "/things/", icon="boxes", is_main=True, key="g i"),
    Entry(_("Scan"), "/things/scan", icon="scan-line"),
    Entry(_("Something comes in"), receiving.RECEIVE_URL, icon="package-plus", needs=Power.RECORD),
)
forms = {EconomicResource: receiving.RECEIVE_URL}
homes = {EconomicResource: home.home}
views = {
    EconomicResource: {
        "passport": passport.passport,
        "label": passport.label,
        "share": home.share,
        "move": acting.view_of(acting.MOVE),
        "split": acting.view_of(acting.SPLIT),
        "count": acting.view_of(acting.COUNT),
        "adjust": acting.view_of(acting.ADJUST),
        "give": acting.view_of(acting.GIVE),
    }
}
