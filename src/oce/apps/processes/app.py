"""How plans and processes introduce themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Processes(OceApp):
    """Processes and the plans that hold them."""

    name = "oce.apps.processes"
    label = "processes"
    title = _("Plans")
    summary = _("What is done together, when, and towards what.")
    needs = ("agents", "knowledge")
