"""How intents and commitments introduce themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Commitments(OceApp):
    """Intents and commitments: flows of the plan layer."""

    name = "oce.apps.commitments"
    label = "commitments"
    title = _("To do")
    summary = _("What agents wish for, offer, and have promised each other.")
    needs = ("agents", "knowledge", "agreements", "resources", "processes")
