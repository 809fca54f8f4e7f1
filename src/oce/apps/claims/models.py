"""The tables of claims, and of which events settle them."""

from __future__ import annotations

import auto_prefetch
from django.db import models
from django.utils.translation import gettext_lazy as _

from oce.apps.commitments.models import Flow
from oce.apps.events.models import EconomicEvent, LedgerLink
from oce.kit.clock import now
from oce.kit.measures import whole_measure


class Claim(Flow):
    """What an agent claims from another in return for something that happened.

    What settles it is a property of the event, which lies in an app below: so the links are kept here and lent to it.
    """

    vf_class = "Claim"
    derived = ("created",)
    fixed = ("triggered_by",)
    lent = ("settled_by",)
    columns = ("action", "resource_conforms_to", "resource_quantity", "provider", "receiver", "due", "finished")

    created = models.DateTimeField(_("written down"), default=now)
    triggered_by = auto_prefetch.ForeignKey(
        EconomicEvent, models.PROTECT, related_name="claims", null=True, blank=True, verbose_name=_("because of")
    )
    settled_by = models.ManyToManyField(
        EconomicEvent, through="Settlement", related_name="settles", blank=True, verbose_name=_("settles")
    )

    class Meta(Flow.Meta):
        """Words for the screen."""

        abstract = False
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [whole_measure("resource_quantity", "claim"), whole_measure("effort_quantity", "claim")]


class Settlement(LedgerLink):
    """That an event settles a claim, in full or in part."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+")

    class Meta(LedgerLink.Meta):
        """Words for the screen."""

        abstract = False
        verbose_name = _("settled claim")
        verbose_name_plural = _("settled claims")
        constraints = [models.UniqueConstraint(fields=["event", "claim"], name="settlement_once")]

    def __str__(self) -> str:
        """Return which settles which."""
        return f"{self.event} → {self.claim}"
