"""The inventory introduces itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Resources(OceApp):
    """Resources and lots, and the one door through which stock changes."""

    name = "oce.apps.resources"
    label = "resources"
    title = _("Inventory")
    summary = _("What there is, how much, where, in which lot, and who is accountable for it.")
    needs = ("agents", "knowledge")
