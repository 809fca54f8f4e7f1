"""How the console of this house introduces itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Node(OceApp):
    """Shows administrators the whole house, and lets them look after it."""

    name = "oce.apps.node"
    label = "node"
    title = _("This house")
    summary = _("How the house is, who may what in it, its words, its backups and its journal.")
    needs = ("documents", "agents", "knowledge", "resources", "events", "members")
    joins = ("spreadsheets",)
