"""Spreadsheets introduce themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Spreadsheets(OceApp):
    """Files in and out: tables of events, resources, agents and kinds."""

    name = "oce.apps.spreadsheets"
    label = "spreadsheets"
    title = _("Import and export")
    summary = _("What is told in files comes in, and what is written here goes out, whole.")
    needs = ("events",)
    joins = ("trace",)
