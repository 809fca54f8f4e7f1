"""How the app of members introduces itself."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp

# The files of commands beside `commands`.
COMMANDS = (
    "account_commands",
    "joining_commands",
    "requests",
    "invitations",
    "tokens",
    "erasure",
    "setup",
)


class Members(OceApp):
    """Roles in groups, memberships, and what follows from them."""

    name = "oce.apps.members"
    label = "members"
    title = _("Members")
    summary = _("Who belongs to which group, in which role, and what they may see and do there.")
    needs = ("agents",)

    def ready(self) -> None:
        """Load also the commands of joining and of accounts, which have files of their own."""
        super().ready()
        # Not at the top: the tables are there only now.
        from oce.apps.members.roll import MembersRoll
        from oce.kit.access import keep_roll

        keep_roll(MembersRoll())
        for name in COMMANDS:
            import_module(f"{self.name}.{name}")
