"""The tables of agreements and of bundles of agreements."""

from __future__ import annotations

import auto_prefetch
from django.db import models
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.kit.clock import now
from oce.kit.records import Record

TITLE_LENGTH_MAX = 80


class AgreementBundle(Record):
    """Agreements that belong together, such as the lines of one order."""

    vf_class = "AgreementBundle"
    derived = ("created",)
    columns = ("name", "created", "note")

    name = models.CharField(_("name"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    created = models.DateTimeField(_("written down"), default=now)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("bundle of agreements")
        verbose_name_plural = _("bundles of agreements")

    def __str__(self) -> str:
        """Return the name."""
        return self.name or self.unnamed()


class Agreement(Record):
    """What two or more agents said they would do for each other."""

    vf_class = "Agreement"
    ours = ("parties",)
    involves = ("parties",)
    visibility_default = None
    derived = ("created",)
    columns = ("name", "created", "bundled_in", "note")
    is_sought = True

    name = models.CharField(_("name"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    created = models.DateTimeField(_("written down"), default=now)
    bundled_in = auto_prefetch.ForeignKey(
        AgreementBundle,
        models.PROTECT,
        related_name="bundles",
        null=True,
        blank=True,
        verbose_name=_("part of the bundle"),
    )
    parties = models.ManyToManyField(
        Agent,
        related_name="agreements",
        blank=True,
        verbose_name=_("between"),
        help_text=_("The agents who agreed; they see it, whoever else may."),
    )

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self) -> str:
        """Return the name, or the first line of what is written down."""
        return self.name or next(iter(self.note.splitlines()), "")[:TITLE_LENGTH_MAX] or self.unnamed()
