"""How the things introduce themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Things(OceApp):
    """The inventory by places, what happened to each thing, its public passport, labels, and scanning."""

    name = "oce.apps.things"
    label = "things"
    title = _("Things")
    summary = _(
        "Where what is and what became of it: to receive, move, split, count and scan, with labels and passports."
    )
    needs = ("agents", "knowledge", "resources", "processes", "events", "documents")
