"""How the app of the network introduces itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Network(OceApp):
    """Shows groups, people and kinds with what happened between them; keeps nothing of its own."""

    name = "oce.apps.network"
    label = "network"
    title = _("Network")
    summary = _("Groups and people with what they do, what flows between them, and where they are.")
    needs = ("events",)
