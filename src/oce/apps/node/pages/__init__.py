"""The screens for those who look after the house: how it is, who may what, its words, its backups, what was said of it."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from oce.apps.node.pages import backing_up, overview, people, saying, wellbeing, wording
from oce.kit.actor import Power
from oce.kit.pages.navigation import Entry

section = "node"
urls = [
    path("", overview.overview, name="overview"),
    path("people", people.people, name="people"),
    path("people/<uuid:uid>", people.person, name="person"),
    path("words", wording.vocabulary, name="words"),
    path("words/<slug:kind>", wording.words, name="words-of"),
    path("words/<slug:kind>/merge", wording.merge, name="merge"),
    path("merges/<uuid:uid>/undo", wording.undo, name="unmerge"),
    path("health", wellbeing.wellbeing, name="health"),
    path("health/<int:key>/retry", wellbeing.retry, name="retry"),
    path("health/mail", wellbeing.mail, name="mail"),
    path("backups", backing_up.backups, name="backups"),
    path("backups/<uuid:uid>", backing_up.download, name="download"),
    path("backups/<uuid:uid>/<slug:word>", backing_up.act, name="backup-act"),
    path("settings", saying.settings_of_the_house, name="settings"),
]
menu = tuple(
    Entry(label, url, "node", icon, needs=Power.ADMINISTER, is_main=is_main)
    for label, url, icon, is_main in (
        (_("Overview"), overview.OVERVIEW, "layout-grid", True),
        (_("People and roles"), people.PEOPLE, "user-round-cog", False),
        (_("Words"), wording.WORDS, "tags", False),
        (_("Health"), wellbeing.HEALTH, "heart-pulse", False),
        (_("Backups"), backing_up.BACKUPS, "archive", False),
        (_("Settings"), saying.SETTINGS, "settings", False),
    )
)
