"""The tables of the inventory: resources, their lots, the states they were opened with, and what groups allow of stock."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

import auto_prefetch
from django.db import models
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.knowledge.models import ProcessSpecification, ResourceSpecification
from oce.kit.measures import MeasureField, UnitField, whole_measure
from oce.kit.quantities import QuantityField
from oce.kit.records import Record


class BatchLotRecord(Record):
    """A batch or lot: what was made or bought together and is recalled together."""

    vf_class = "BatchLotRecord"
    columns = ("batch_lot_code", "expiration_date")
    searched = ("batch_lot_code",)
    is_sought = True

    batch_lot_code = models.CharField(_("lot code"), max_length=200, blank=True, db_index=True)
    expiration_date = models.DateTimeField(_("use by"), null=True, blank=True)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("lot")
        verbose_name_plural = _("lots")

    def __str__(self) -> str:
        """Return the code."""
        return self.batch_lot_code or self.unnamed()


class EconomicResource(Record):
    """Something of worth that an agent has: what kind, how much, where, in which lot, stage and state.

    The derived columns are a projection of the events; only `oce.apps.resources.stock` writes them.
    """

    vf_class = "EconomicResource"
    derived = (
        "primary_accountable",
        "accounting_quantity",
        "onhand_quantity",
        "current_location",
        "stage",
        "state",
        "contained_in",
    )
    hidden = ("last_event", "stamped_at")
    fixed = ("conforms_to",)
    involves = ("primary_accountable",)
    visibility_default = None
    columns = ("name", "conforms_to", "onhand_quantity", "primary_accountable", "current_location", "of_batch_lot")
    searched = ("name", "note", "tracking_identifier")
    is_sought = True

    name = models.CharField(_("name"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    image = models.TextField(_("picture"), blank=True)
    image_list = models.JSONField(_("pictures"), default=list, blank=True)
    tracking_identifier = models.CharField(_("serial number"), max_length=200, blank=True)
    # Asked of everybody who describes a resource here; documents may name resources of which they say no kind.
    conforms_to = auto_prefetch.ForeignKey(
        ResourceSpecification, models.PROTECT, related_name="conforming_resources", null=True, verbose_name=_("kind")
    )
    of_batch_lot = auto_prefetch.ForeignKey(
        BatchLotRecord, models.PROTECT, related_name="resources", null=True, blank=True, verbose_name=_("lot")
    )
    classified_as = models.JSONField(_("tags"), default=list, blank=True)
    unit_of_effort = UnitField(_("unit of effort"))
    current_virtual_location = models.TextField(_("place on the net"), blank=True)
    current_currency_location = models.CharField(_("account"), max_length=200, blank=True)
    primary_accountable = auto_prefetch.ForeignKey(
        Agent,
        models.PROTECT,
        related_name="inventoried_economic_resources",
        null=True,
        blank=True,
        verbose_name=_("accountable"),
    )
    accounting_quantity = MeasureField(_("how much is owned"))
    onhand_quantity = MeasureField(_("how much is there"))
    current_location = auto_prefetch.ForeignKey(
        SpatialThing, models.PROTECT, related_name="resources_here", null=True, blank=True, verbose_name=_("place")
    )
    stage = auto_prefetch.ForeignKey(
        ProcessSpecification,
        models.PROTECT,
        related_name="resources_currently_at_stage",
        null=True,
        blank=True,
        verbose_name=_("stage"),
    )
    state = models.CharField(_("state"), max_length=200, blank=True)
    contained_in = models.ManyToManyField(
        "self", symmetrical=False, related_name="contains", blank=True, verbose_name=_("inside")
    )
    # The columns of the measures, told to the type checker.
    accounting_quantity_value: Decimal | None
    accounting_quantity_unit: str
    onhand_quantity_value: Decimal | None
    onhand_quantity_unit: str
    # The breadcrumb (T7): the last event that touched this resource. The ledger lies above this app, so it is a bare key.
    last_event = models.BigIntegerField(null=True, editable=False)
    # The moment of the last event that set place, stage, state or accountable; earlier ones, entered late, set nothing.
    stamped_at = models.DateTimeField(null=True, editable=False)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("thing")
        verbose_name_plural = _("things")
        constraints = [
            whole_measure("accounting_quantity", "economic_resource"),
            whole_measure("onhand_quantity", "economic_resource"),
        ]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Write what describes the resource; what follows from events is left as the ledger last wrote it.

        Whoever describes a resource read it a while ago, and other events may have changed it since.
        """
        if not self._state.adding:
            own = {field.name for field in self._meta.concrete_fields if not field.primary_key} - _following()
            update_fields = own if update_fields is None else own.intersection(update_fields)
        super().save(*args, update_fields=update_fields, **options)

    def __str__(self) -> str:
        """Return the name, or the kind with its serial number."""
        if self.name:  # asked first, so that lists of named resources need not read their kinds
            return self.name
        described = " ".join(str(part) for part in (self.conforms_to, self.tracking_identifier) if part)
        return described or self.unnamed()


@cache
def _following() -> frozenset[str]:
    """Return the names of the columns that follow from events."""
    model = EconomicResource
    measures = {f"{name}_{part}" for name in model.measures for part in ("value", "unit")}
    return frozenset({*model.derived, *model.hidden, *measures})


class Opening(models.Model):
    """What a resource was when this house first heard of it: the state to which its events are added.

    A document that states a balance opens the resource with it; a resource born here opens with nothing and needs no row.
    """

    resource = models.OneToOneField(EconomicResource, models.CASCADE, primary_key=True, related_name="opening")
    unit = UnitField()
    accounting = QuantityField()
    onhand = QuantityField()
    accountable = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    location = models.ForeignKey(SpatialThing, models.PROTECT, null=True, related_name="+")
    stage = models.ForeignKey(ProcessSpecification, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=200, blank=True)
    contained_in = models.JSONField(default=list)

    class Meta:
        """One opening a resource."""

        verbose_name = _("opening state")
        verbose_name_plural = _("opening states")

    def __str__(self) -> str:
        """Return what was there."""
        return f"{self.accounting} {self.unit}"


class Shortage(models.TextChoices):
    """What happens when an event takes more than is there."""

    WARN = "warn", _("record it and warn")
    REFUSE = "refuse", _("refuse it")


class StockPolicy(models.Model):
    """What an agent decided for the stock it is accountable for; without one, shortages are recorded with a warning."""

    agent = models.OneToOneField(Agent, models.CASCADE, primary_key=True, related_name="stock_policy")
    shortage = models.CharField(_("more taken than there is"), max_length=10, choices=Shortage, default=Shortage.WARN)

    class Meta:
        """One policy an agent."""

        verbose_name = _("stock policy")
        verbose_name_plural = _("stock policies")

    def __str__(self) -> str:
        """Return the decision."""
        return f"{self.agent}: {self.get_shortage_display()}"
