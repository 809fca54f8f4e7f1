"""The ledger introduces itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Events(OceApp):
    """Economic events, and what they do to resources."""

    name = "oce.apps.events"
    label = "events"
    title = _("Ledger")
    summary = _("What happened: who gave, made, used, worked, moved what, how much and when.")
    needs = ("agents", "knowledge", "agreements", "resources", "processes", "commitments")
    joins = ("documents",)
