"""How the agreements introduce themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Agreements(OceApp):
    """Agreements and their bundles."""

    name = "oce.apps.agreements"
    label = "agreements"
    title = _("Agreements")
    summary = _("What agents said they would do for each other.")
    needs = ("agents",)
