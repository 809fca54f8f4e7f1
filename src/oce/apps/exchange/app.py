"""How the app of exchanges introduces itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Exchange(OceApp):
    """Shows agreements with their promises and what was given; keeps nothing of its own."""

    name = "oce.apps.exchange"
    label = "exchange"
    title = _("Exchange")
    summary = _("Who promised what to whom, what was given of it, and what is still open.")
    needs = ("claims",)
