"""The tables of joining: how a group takes people in, whom it invites, who asked, and what was said about it."""

from __future__ import annotations

from typing import Any

import auto_prefetch
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oce.apps.agents.models import Agent
from oce.kit.identifiers import new_uid


class Style(models.TextChoices):
    """How one comes into a group."""

    OPEN = "open", _("Everybody may join at once")
    REQUEST = "request", _("People ask, and the group answers")
    INVITATION = "invitation", _("By invitation only")


class State(models.TextChoices):
    """How far a request to join has come."""

    NEW = "new", pgettext_lazy("request", "New")
    TALKING = "talking", _("In talk")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Joining(auto_prefetch.Model):
    """How one group takes people in; a group without says: by invitation only."""

    id = models.BigAutoField(primary_key=True)
    group = auto_prefetch.OneToOneField(Agent, models.CASCADE, related_name="+")
    style = models.CharField(_("how one joins"), max_length=10, choices=Style, default=Style.INVITATION)
    welcome = models.TextField(_("what newcomers should know"), blank=True)
    questions: Any = models.JSONField(_("questions to those who ask"), default=list)

    class Meta(auto_prefetch.Model.Meta):
        """Words for the screen."""

        verbose_name = _("way to join")
        verbose_name_plural = _("ways to join")

    def __str__(self) -> str:
        """Return how one joins."""
        return str(self.get_style_display())


class Invitation(auto_prefetch.Model):
    """A link that takes people into a group in a role; only the fingerprint of its code is kept."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    group = auto_prefetch.ForeignKey(Agent, models.CASCADE, related_name="+")
    role = auto_prefetch.ForeignKey("members.Role", models.PROTECT, related_name="+")
    note = models.CharField(_("for whom"), max_length=200, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(_("made by"), max_length=200)
    made = models.DateTimeField(_("made"))
    expires = models.DateTimeField(_("valid until"))
    uses_max = models.PositiveIntegerField(_("for how many people"), default=1)
    uses = models.PositiveIntegerField(_("used"), default=0)
    revoked = models.DateTimeField(_("taken back"), null=True)

    class Meta(auto_prefetch.Model.Meta):
        """Words for the screen."""

        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        """Return for whom it is, or which group it leads to."""
        return self.note or str(self.group)


class JoinRequest(auto_prefetch.Model):
    """That a person asked to join a group, what they answered, and how far it has come."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    group = auto_prefetch.ForeignKey(Agent, models.CASCADE, related_name="+")
    applicant = auto_prefetch.ForeignKey(Agent, models.CASCADE, related_name="+")
    answers: Any = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.NEW)
    taken_by = auto_prefetch.ForeignKey(Agent, models.SET_NULL, related_name="+", null=True)
    reason = models.TextField(_("reason"), blank=True)
    membership = auto_prefetch.ForeignKey("members.Membership", models.SET_NULL, related_name="+", null=True)
    made = models.DateTimeField(_("asked"))
    changed = models.DateTimeField(_("last change"))

    class Meta(auto_prefetch.Model.Meta):
        """One open request per person and group; the desk of a group is found by its states."""

        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "applicant"],
                condition=models.Q(state__in=("new", "talking")),
                name="one_open_request_per_group",
            )
        ]
        indexes = [models.Index(fields=["group", "state"], name="requests_of_a_group")]

    def __str__(self) -> str:
        """Return the request in words: `Ana → Bakery`."""
        return f"{self.applicant} → {self.group}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.state in {State.NEW, State.TALKING}


class RequestComment(auto_prefetch.Model):
    """Something said about a request: to the applicant, or among the coordinators only."""

    id = models.BigAutoField(primary_key=True)
    request = auto_prefetch.ForeignKey(JoinRequest, models.CASCADE, related_name="comments")
    author = auto_prefetch.ForeignKey(Agent, models.SET_NULL, related_name="+", null=True)
    text = models.TextField(_("comment"))
    is_internal = models.BooleanField(_("for coordinators only"), default=False)
    made = models.DateTimeField(_("said"))

    class Meta(auto_prefetch.Model.Meta):
        """Words for the screen."""

        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        """Return what was said."""
        return self.text
