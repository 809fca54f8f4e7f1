"""Trace introduces itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Trace(OceApp):
    """Follows flows backwards and forwards through the ledger."""

    name = "oce.apps.trace"
    label = "trace"
    title = _("Trace")
    summary = _("Where a thing came from and where it went, step by step.")
    needs = ("events",)
