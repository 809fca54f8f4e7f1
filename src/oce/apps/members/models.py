"""The tables of roles and memberships: what one may do in which group, from when until when."""

from __future__ import annotations

import auto_prefetch
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent, AgentRelationship
from oce.apps.members import accounts, joining
from oce.kit.records import Record
from oce.kit.synonyms import Word

# The tables of accounts and of joining have files of their own.
__all__ = ["Membership", "Role", "accounts", "joining"]

# The identifiers of the roles that every house begins with.
STANDARD_ROLES = "https://w3id.org/oce/ns#member-role/"
COORDINATOR, MEMBER, OBSERVER = (f"{STANDARD_ROLES}{name}" for name in ("coordinator", "member", "observer"))


class Role(Word):
    """What somebody may do in a group: everybody with a role may read what the group keeps to itself."""

    vf_class = "Role"
    ours = ("group", "may_record", "may_coordinate")
    columns = ("name", "group", "may_record", "may_coordinate", "note")
    involves = ("group",)
    keeping = "coordinate"

    name = models.CharField(_("name"), max_length=200)
    group = auto_prefetch.ForeignKey(
        Agent,
        models.PROTECT,
        related_name="own_roles",
        null=True,
        blank=True,
        verbose_name=_("group"),
        help_text=_("The group that this role was made for; without one, every group may use it."),
    )
    may_record = models.BooleanField(
        _("may log"),
        default=False,
        help_text=_("Whether somebody in this role may log what happened, for the group and its parts."),
    )
    may_coordinate = models.BooleanField(
        _("may coordinate"),
        default=False,
        help_text=_(
            "Whether somebody in this role may take in members, correct others, and look after what the group has."
        ),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("role in a group")
        verbose_name_plural = _("roles in groups")

    def __str__(self) -> str:
        """Return the name."""
        return str(self.same_as) if self.same_as_id else self.name or self.unnamed()


class Membership(Record):
    """That somebody has a role in a group, from a day until a day."""

    vf_class = "Membership"
    ours = ("member", "group", "role")
    fixed = ("member", "group")
    hidden = ("relationship",)
    columns = ("member", "group", "role", "has_beginning", "has_end")
    involves = ("member", "group")
    keeping = "coordinate"
    searched = ("note",)

    member = auto_prefetch.ForeignKey(
        Agent,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("who"),
        help_text=_("Who belongs to the group."),
    )
    group = auto_prefetch.ForeignKey(
        Agent,
        models.PROTECT,
        related_name="memberships_here",
        verbose_name=_("group"),
        help_text=_("The group that somebody belongs to."),
    )
    role = auto_prefetch.ForeignKey(
        Role,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("role"),
        help_text=_("What the member may do in the group and its parts."),
    )
    has_beginning = models.DateTimeField(_("from"), null=True, blank=True)
    has_end = models.DateTimeField(_("until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    # What the vocabulary says of it: that the member is a member of the group, for the same time.
    relationship = models.OneToOneField(
        AgentRelationship, models.PROTECT, related_name="membership", null=True, editable=False
    )

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(condition=~Q(member=F("group")), name="membership_joins_two_agents"),
            models.CheckConstraint(
                condition=Q(has_beginning__isnull=True) | Q(has_end__isnull=True) | Q(has_beginning__lt=F("has_end")),
                name="membership_begins_before_it_ends",
            ),
        ]

    def keepers(self) -> frozenset[int]:
        """Return the group: it decides who belongs to it."""
        return frozenset({self.group_id})

    def __str__(self) -> str:
        """Return the membership in words: `Ana, member of Bakery`."""
        return _("{member}, {role} of {group}").format(member=self.member, role=self.role, group=self.group)
