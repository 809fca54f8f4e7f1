"""The screens of the catalogue: kinds by their tags, kinds of work, and units."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.knowledge.pages import catalogue, measuring
from oce.kit.pages.navigation import Entry

section = "things"
urls = [
    path("", catalogue.kinds, name="kinds"),
    path("work", catalogue.work, name="work"),
    path("units", measuring.units, name="units"),
]
menu = (Entry(_("Catalogue"), "/knowledge/", icon="book-open"),)
homes = {ResourceSpecification: catalogue.kind}
