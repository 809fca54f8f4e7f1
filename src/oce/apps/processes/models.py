"""The tables of plans and processes."""

from __future__ import annotations

import auto_prefetch
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.apps.knowledge.models import ProcessSpecification
from oce.kit.clock import now
from oce.kit.records import Record


class Plan(Record):
    """What is to be done together: processes and, later, promises, with a day by which it is due."""

    vf_class = "Plan"
    ours = ("group",)
    involves = ("group",)
    visibility_default = None
    derived = ("created",)
    columns = ("name", "due", "created", "note")
    is_sought = True

    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    due = models.DateTimeField(_("due"), null=True, blank=True)
    created = models.DateTimeField(_("written down"), default=now)
    group = auto_prefetch.ForeignKey(
        Agent,
        models.PROTECT,
        related_name="plans",
        null=True,
        blank=True,
        verbose_name=_("for whom"),
        help_text=_("The group that plans this; its people see it, whoever else may."),
    )

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        """Return the name."""
        return self.name or self.unnamed()


class Process(Record):
    """An activity that turns inputs into outputs: the baking of Saturday."""

    vf_class = "Process"
    involves = ("in_scope_of",)
    visibility_default = None
    hidden = ("combines",)
    is_sought = True
    columns = ("name", "based_on", "in_scope_of", "has_beginning", "has_end", "finished")

    name = models.CharField(_("name"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    has_beginning = models.DateTimeField(_("begins"), null=True, blank=True)
    has_end = models.DateTimeField(_("ends"), null=True, blank=True)
    finished = models.BooleanField(_("finished"), default=False)
    based_on = auto_prefetch.ForeignKey(
        ProcessSpecification,
        models.PROTECT,
        related_name="conforming_processes",
        null=True,
        blank=True,
        verbose_name=_("kind"),
    )
    classified_as = models.JSONField(_("tags"), default=list, blank=True)
    in_scope_of = auto_prefetch.ForeignKey(
        Agent, models.PROTECT, related_name="processes", null=True, blank=True, verbose_name=_("for whom")
    )
    planned_within = auto_prefetch.ForeignKey(
        Plan, models.PROTECT, related_name="plan_includes", null=True, blank=True, verbose_name=_("plan")
    )
    # How many things were combined in this process (D27): the ledger counts, to know when it must look for their
    # container.
    combines = models.SmallIntegerField(default=0, editable=False)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("piece of work")
        verbose_name_plural = _("pieces of work")
        constraints = [
            models.CheckConstraint(
                condition=Q(has_beginning__isnull=True) | Q(has_end__isnull=True) | Q(has_beginning__lte=F("has_end")),
                name="process_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        """Return the name, or the kind."""
        return self.name or str(self.based_on or self.uid)
