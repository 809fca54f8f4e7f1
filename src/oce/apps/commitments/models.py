"""The tables of what is still to happen: intents, commitments, and which commitment satisfies which intent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import auto_prefetch
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.apps.agreements.models import Agreement
from oce.apps.knowledge.models import ProcessSpecification, ResourceSpecification
from oce.apps.processes.models import Plan, Process
from oce.apps.resources.models import EconomicResource
from oce.kit.action_labels import action_label
from oce.kit.clock import now
from oce.kit.measures import PIECES, MeasureField, in_words, whole_measure
from oce.kit.records import Record


def reference(target: type[Record], related_name: str, label: Any) -> auto_prefetch.ForeignKey:
    """Return a reference that may be left open."""
    return auto_prefetch.ForeignKey(
        target, models.PROTECT, related_name=related_name, null=True, blank=True, verbose_name=label
    )


class Flow(Record):
    """What intents, commitments and claims have in common: who is to give whom how much of what, by when."""

    searched: ClassVar[tuple[str, ...]] = ("note",)
    involves: ClassVar[tuple[str, ...]] = ("provider", "receiver")
    visibility_default = None

    action = models.CharField(_("action"), max_length=32)
    provider = reference(Agent, "%(class)ss_as_provider", _("from"))
    receiver = reference(Agent, "%(class)ss_as_receiver", _("to"))
    resource_conforms_to = reference(ResourceSpecification, "conforming_%(class)ss", _("kind"))
    resource_classified_as = models.JSONField(_("tags"), default=list, blank=True)
    resource_quantity = MeasureField(_("how much"))
    effort_quantity = MeasureField(_("how long"))
    due = models.DateTimeField(_("due"), null=True, blank=True)
    finished = models.BooleanField(_("finished"), default=False)
    note = models.TextField(_("note"), blank=True)
    # The columns of the measures, told to the type checker.
    resource_quantity_value: Decimal | None
    resource_quantity_unit: str
    effort_quantity_value: Decimal | None
    effort_quantity_unit: str

    class Meta(Record.Meta):
        """Abstract: each of them has a table of its own."""

        abstract = True

    def kind_meant(self) -> int | None:
        """Return the private key of the kind of resource that is meant, as far as anything says it."""
        kind: int | None = self.resource_conforms_to_id
        return kind

    def __str__(self) -> str:
        """Return what is to happen, shortly: `transfer 13.5 Euro`; where nothing is described, how its address ends."""
        quantity = self.resource_quantity or self.effort_quantity
        action = action_label(self.action)
        return f"{action} {in_words(quantity, self._pieces())}" if quantity else action or self.unnamed()

    def _pieces(self) -> str:
        """Return what pieces of it are called: the name of its kind."""
        kind = self.resource_conforms_to if self.resource_quantity_unit == PIECES else None
        return kind.name if kind else ""


class PlannedFlow(Flow):
    """What intents and commitments have in common: a place among processes and plans, and what is required of the resource."""

    resource_inventoried_as = reference(EconomicResource, "%(class)ss", _("resource"))
    input_of = reference(Process, "%(class)ss_into", _("into the process"))
    output_of = reference(Process, "%(class)ss_out_of", _("out of the process"))
    planned_within = reference(Plan, "%(class)ss_planned", _("plan"))
    # Of intents by decision D11 of the reference data: agents may be missing while it is being planned.
    independent_demand_of = reference(Plan, "%(class)ss_demanded", _("what the plan is for"))
    stage = reference(ProcessSpecification, "%(class)ss_requiring_stage", _("stage"))
    state = models.CharField(_("state"), max_length=200, blank=True)
    has_beginning = models.DateTimeField(_("begins"), null=True, blank=True)
    has_end = models.DateTimeField(_("ends"), null=True, blank=True)
    has_point_in_time = models.DateTimeField(_("when"), null=True, blank=True)

    class Meta(Flow.Meta):
        """Abstract."""

        abstract = True

    def kind_meant(self) -> int | None:
        """Return the kind that is said, or that of the resource."""
        kind: int | None = self.resource_conforms_to_id
        return kind or (self.resource_inventoried_as and self.resource_inventoried_as.conforms_to_id)

    def _pieces(self) -> str:
        """Return what pieces of it are called: the name of the kind that is said, or of that of the resource."""
        said = super()._pieces()
        if said or self.resource_quantity_unit != PIECES or self.resource_inventoried_as is None:
            return said
        # Of a resource that another house told of, perhaps only the address is known.
        kind = self.resource_inventoried_as.conforms_to
        return kind.name if kind else ""


def whole_flow(table: str, *measures: str) -> list[models.BaseConstraint]:
    """Return the constraints of a table of flows: whole measures, and no end before the beginning."""
    return [
        *(whole_measure(name, table) for name in ("resource_quantity", "effort_quantity", *measures)),
        models.CheckConstraint(
            condition=Q(has_beginning__isnull=True) | Q(has_end__isnull=True) | Q(has_beginning__lte=F("has_end")),
            name=f"{table}_begins_before_it_ends",
        ),
    ]


class Intent(PlannedFlow):
    """What an agent wishes for or offers, before anybody has promised it."""

    vf_class = "Intent"
    named_by = ("resource_conforms_to",)
    columns = ("name", "action", "resource_conforms_to", "resource_quantity", "provider", "receiver", "due", "finished")
    searched = ("name", "note")

    name = models.CharField(_("name"), max_length=200, blank=True)
    image = models.TextField(_("picture"), blank=True)
    image_list = models.JSONField(_("pictures"), default=list, blank=True)
    available_quantity = MeasureField(_("how much there is of it"))
    minimum_quantity = MeasureField(_("how much at least"))

    class Meta(PlannedFlow.Meta):
        """Words for the screen."""

        abstract = False
        verbose_name = _("offer or need")
        verbose_name_plural = _("offers and needs")
        constraints = whole_flow("intent", "available_quantity", "minimum_quantity")

    def __str__(self) -> str:
        """Return the name, or what is to happen."""
        return self.name or super().__str__()


class Commitment(PlannedFlow):
    """What an agent has promised to do."""

    vf_class = "Commitment"
    named_by = ("resource_conforms_to",)
    derived = ("created",)
    columns = ("action", "resource_conforms_to", "resource_quantity", "provider", "receiver", "due", "finished")

    created = models.DateTimeField(_("written down"), default=now)
    clause_of = reference(Agreement, "stipulates", _("agreed in"))
    reciprocal_clause_of = reference(Agreement, "stipulates_reciprocal", _("in return, agreed in"))
    satisfies = models.ManyToManyField(
        Intent, through="Satisfaction", related_name="satisfied_by_commitments", blank=True, verbose_name=_("satisfies")
    )

    class Meta(PlannedFlow.Meta):
        """Words for the screen."""

        abstract = False
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = whole_flow("commitment")


class Satisfaction(models.Model):
    """That a commitment satisfies an intent, which cannot be deleted as long as one does."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="+")
    intent = models.ForeignKey(Intent, models.PROTECT, related_name="+")

    class Meta:
        """Words for the screen."""

        verbose_name = _("satisfied intent")
        verbose_name_plural = _("satisfied intents")
        constraints = [models.UniqueConstraint(fields=["commitment", "intent"], name="satisfaction_once")]

    def __str__(self) -> str:
        """Return which satisfies which."""
        return f"{self.commitment} → {self.intent}"
