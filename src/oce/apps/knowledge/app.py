"""How the catalogue introduces itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Knowledge(OceApp):
    """Kinds of resources and processes, units and tags."""

    name = "oce.apps.knowledge"
    label = "knowledge"
    title = _("Catalogue")
    summary = _("Kinds of things and of work, their units and their tags.")
    needs = ("agents",)

    def ready(self) -> None:
        """Let the house know the units of its own."""
        super().ready()
        from oce.apps.knowledge.queries import own_unit
        from oce.kit.measures import add_unit_source

        add_unit_source(own_unit)
