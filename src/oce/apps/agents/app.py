"""How the app of people and groups introduces itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Agents(OceApp):
    """People, organisations, their places and their relationships."""

    name = "oce.apps.agents"
    label = "agents"
    title = _("People and groups")
    summary = _("Who takes part, where they are, and how they belong together.")
