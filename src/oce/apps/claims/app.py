"""How the claims introduce themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Claims(OceApp):
    """Claims, and the events that settle them."""

    name = "oce.apps.claims"
    label = "claims"
    title = _("Claims")
    summary = _("What is owed for what happened without having been promised.")
    needs = ("agents", "knowledge", "commitments", "events")
