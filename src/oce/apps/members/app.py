"""How the app of members introduces itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Members(OceApp):
    """Roles in groups, memberships, and what follows from them."""

    name = "oce.apps.members"
    label = "members"
    title = _("Members")
    summary = _("Who belongs to which group, in which role, and what they may see and do there.")
    needs = ("agents",)
