"""The ledger: one table of events, which only grows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import auto_prefetch
from django.db import models
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.agreements.models import Agreement
from oce.apps.commitments.models import Commitment, Intent
from oce.apps.events.places import PlaceField
from oce.apps.events.sentences import sentence
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.action_labels import action_label
from oce.kit.measures import PIECES, MeasureField, in_words, whole_measure
from oce.kit.records import Record
from oce.vf.refusals import Refusal, Refused, gettext_noop


def ledger_key(target: type[Record] | str, related_name: str, label: Any, **options: Any) -> auto_prefetch.ForeignKey:
    """Return a reference from the ledger: without a trigger per row, which a million rows cannot afford (decision 0014)."""
    return auto_prefetch.ForeignKey(
        target,
        models.PROTECT,
        related_name=related_name,
        verbose_name=label,
        db_constraint=False,
        db_index=False,
        **({"null": True, "blank": True} | options),
    )


def filled(*fields: str, name: str) -> models.Index:
    """Return an index over the rows where the first of `fields` is filled."""
    return models.Index(fields=fields, name=name, condition=models.Q(**{f"{fields[0]}__isnull": False}))


class LedgerQuerySet(auto_prefetch.QuerySet):
    """Events to be read; nothing of the ledger is changed or removed."""

    def update(self, **_: object) -> int:
        """Refuse: events are corrected by further events.

        Raises:
            Refused: `events.ledger_only_grows`.
        """
        raise Refused(_refuse_change())

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: an event is undone by a correction.

        Raises:
            Refused: `events.ledger_only_grows`.
        """
        raise Refused(_refuse_change())

    def bulk_update(self, *_: object, **__: object) -> int:
        """Refuse, as `update` does.

        Raises:
            Refused: `events.ledger_only_grows`.
        """
        raise Refused(_refuse_change())


def _refuse_change() -> Refusal:
    grows = gettext_noop("What is in the ledger stays as it is. Correct the event by a difference, or undo it.")
    return Refusal("events.ledger_only_grows", grows)


class EconomicEvent(Record):
    """Something that happened to resources, between two agents, at a moment. Never edited; a mistake is corrected by another.

    The private key is the event's place in the ledger: a number that grows, given after the resources are locked, so that
    the events of one resource are in the order in which they changed it.
    """

    vf_class = "EconomicEvent"
    ours = ("previous_event", "to_previous_event")
    hidden = ("effect", "occurred_at")
    involves = ("provider", "receiver")
    named_by = (
        "provider",
        "receiver",
        "resource_inventoried_as__conforms_to",
        "to_resource_inventoried_as__conforms_to",
        "resource_conforms_to",
    )
    only_grows = True
    visibility_default = None
    derived = ("created", "previous_event", "to_previous_event")
    columns = ("occurred_at", "resource_inventoried_as", "resource_conforms_to", "provider", "receiver")
    searched = ("note",)

    objects = auto_prefetch.Manager.from_queryset(LedgerQuerySet)()  # type: ignore[misc]

    # Shortages of which the accountable group only wants to be warned; filled by the command that recorded the event.
    warnings: tuple[Refusal, ...] = ()

    id = PlaceField(primary_key=True)
    action = models.CharField(_("action"), max_length=32)
    resource_inventoried_as = ledger_key(EconomicResource, "economic_events_from", _("resource"))
    to_resource_inventoried_as = ledger_key(EconomicResource, "economic_events_to", _("to resource"))
    resource_conforms_to = ledger_key(ResourceSpecification, "conforming_economic_events", _("kind"))
    resource_classified_as = models.JSONField(_("tags"), default=list, blank=True)
    resource_quantity = MeasureField(_("how much"))
    effort_quantity = MeasureField(_("how long"))
    provider = ledger_key(Agent, "economic_events_as_provider", _("from"), null=False, blank=False)
    receiver = ledger_key(Agent, "economic_events_as_receiver", _("to"), null=False, blank=False)
    input_of = ledger_key(Process, "input_events", _("into the process"))
    output_of = ledger_key(Process, "output_events", _("out of the process"))
    corrects = ledger_key("self", "corrected_by", _("corrects"))
    realization_of = ledger_key(Agreement, "realizes", _("agreed in"))
    reciprocal_realization_of = ledger_key(Agreement, "realizes_reciprocal", _("in return, agreed in"))
    fulfills = models.ManyToManyField(
        Commitment, through="Fulfillment", related_name="fulfilled_by", blank=True, verbose_name=_("fulfils")
    )
    satisfies = models.ManyToManyField(
        Intent, through="Satisfaction", related_name="satisfied_by_events", blank=True, verbose_name=_("satisfies")
    )
    has_beginning = models.DateTimeField(_("began"), null=True, blank=True)
    has_end = models.DateTimeField(_("ended"), null=True, blank=True)
    has_point_in_time = models.DateTimeField(_("when"), null=True, blank=True)
    created = models.DateTimeField(_("recorded"))
    to_location = ledger_key(SpatialThing, "economic_events_to_here", _("to place"))
    state = models.CharField(_("state"), max_length=200, blank=True)
    image = models.TextField(_("picture"), blank=True)
    note = models.TextField(_("note"), blank=True)
    previous_event = ledger_key(
        "self",
        "next_events",
        _("previous event of the resource"),
        help_text=_("The event that touched the resource before this one; none for its first."),
    )
    to_previous_event = ledger_key(
        "self",
        "to_next_events",
        _("previous event of the to resource"),
        help_text=_("The event that touched the to resource before this one; none for its first."),
    )
    # The columns of the measures, told to the type checker.
    resource_quantity_value: Decimal | None
    resource_quantity_unit: str
    effort_quantity_value: Decimal | None
    effort_quantity_unit: str
    # What the event did to the four quantities, packed (see oce.apps.events.legs): read by whole-ledger questions.
    effect = models.SmallIntegerField(default=0, editable=False)
    # The one moment that reports sort and filter by: the point, else the end, else the beginning, else the recording.
    occurred_at = models.DateTimeField(
        _("when"),
        editable=False,
        db_index=True,
        help_text=_("When it happened or ended; of what nobody dated, when it was recorded."),
    )

    class Meta(Record.Meta):
        """Words for the screen; indexes only where rows are filled."""

        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            # With the place, so that the newest events of an agent are read off the index (0.5 s without it at a million).
            models.Index(fields=["provider", "id"], name="event_provider_place"),
            models.Index(fields=["receiver", "id"], name="event_receiver_place"),
            filled("resource_inventoried_as", name="event_resource"),
            filled("to_resource_inventoried_as", name="event_to_resource"),
            filled("resource_conforms_to", name="event_kind"),
            filled("input_of", name="event_input_of"),
            filled("output_of", name="event_output_of"),
            filled("corrects", name="event_corrects"),
            filled("realization_of", name="event_realizes"),
            filled("reciprocal_realization_of", name="event_realizes_back"),
        ]
        constraints = [
            whole_measure("resource_quantity", "economic_event"),
            whole_measure("effort_quantity", "economic_event"),
        ]

    def save(self, *_: object, **__: object) -> None:
        """Refuse: only the recorder writes into the ledger, and nobody changes it.

        Raises:
            Refused: `events.ledger_only_grows`.
        """
        raise Refused(_refuse_change())

    def delete(self, *_: object, **__: object) -> tuple[int, dict[str, int]]:
        """Refuse: an event is undone by a correction.

        Raises:
            Refused: `events.ledger_only_grows`.
        """
        raise Refused(_refuse_change())

    def __str__(self) -> str:
        """Return what happened, shortly: `produce 10 kg`, `transfer 13.5 Euro`."""
        quantity = self.resource_quantity or self.effort_quantity
        action = action_label(self.action)
        return f"{action} {in_words(quantity, self._pieces())}" if quantity else action

    def _pieces(self) -> str:
        """Return what pieces of it are called: the name of its kind."""
        if self.resource_quantity_unit != PIECES:
            return ""
        resource = self.resource_inventoried_as or self.to_resource_inventoried_as
        kind = self.resource_conforms_to or (resource and resource.conforms_to)
        return kind.name if kind else ""

    @property
    def is_correction(self) -> bool:
        """Whether it only changes how much another event was."""
        return self.corrects_id is not None

    @property
    def thing(self) -> Record | None:
        """What it happened to, or else of what kind that was."""
        thing: Record | None = self.resource_inventoried_as or self.to_resource_inventoried_as
        return thing or self.resource_conforms_to

    def in_full(self) -> str:
        """Return what happened as a sentence: `Ana produced 10 kg Bread`."""
        return sentence(
            self.action,
            str(self.provider),
            str(self.receiver) if self.receiver_id != self.provider_id else None,
            (self.resource_quantity, self.effort_quantity),
            str(self.thing or ""),
            is_correction=self.is_correction,
        )


class LinkQuerySet(LedgerQuerySet):
    """Links to be read."""

    def bulk_create(self, *_: object, **__: object) -> list[Any]:
        """Refuse: only the recorder writes.

        Raises:
            Refused: `events.ledger_only_grows`.
        """
        raise Refused(_refuse_change())


class LedgerLink(auto_prefetch.Model):
    """That an event answers something: written with the event, and never changed either."""

    objects = auto_prefetch.Manager.from_queryset(LinkQuerySet)()  # type: ignore[misc]

    event = models.ForeignKey(EconomicEvent, models.PROTECT, related_name="+")

    class Meta(auto_prefetch.Model.Meta):
        """Abstract: each kind of link has a table of its own."""

        abstract = True

    def save(self, *_: object, **__: object) -> None:
        """Refuse: only the recorder writes into the ledger.

        Raises:
            Refused: `events.ledger_only_grows`.
        """
        raise Refused(_refuse_change())


class Fulfillment(LedgerLink):
    """That an event fulfils a commitment, in full or in part."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="+")

    class Meta(LedgerLink.Meta):
        """Words for the screen."""

        abstract = False
        verbose_name = _("fulfilled commitment")
        verbose_name_plural = _("fulfilled commitments")
        constraints = [models.UniqueConstraint(fields=["event", "commitment"], name="fulfillment_once")]

    def __str__(self) -> str:
        """Return which fulfils which."""
        return f"{self.event} → {self.commitment}"


class Satisfaction(LedgerLink):
    """That an event satisfies an intent, with no commitment between them."""

    intent = models.ForeignKey(Intent, models.PROTECT, related_name="+")

    class Meta(LedgerLink.Meta):
        """Words for the screen."""

        abstract = False
        verbose_name = _("satisfied intent")
        verbose_name_plural = _("satisfied intents")
        constraints = [models.UniqueConstraint(fields=["event", "intent"], name="event_satisfaction_once")]

    def __str__(self) -> str:
        """Return which satisfies which."""
        return f"{self.event} → {self.intent}"
