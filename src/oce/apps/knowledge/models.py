"""The tables of the catalogue: kinds of resources and processes, own units, and the taxonomy of tags."""

from __future__ import annotations

import auto_prefetch
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oce.kit.measures import UNIT_LENGTH_MAX, UnitField
from oce.kit.records import Record
from oce.kit.synonyms import Word


class ResourceSpecification(Word):
    """A kind of resource: flour type 550, the hour of a baker, the euro."""

    vf_class = "ResourceSpecification"
    is_sought = True
    columns = ("name", "default_unit_of_resource", "medium_of_exchange", "resource_classified_as", "note")

    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    image = models.TextField(_("picture"), blank=True)
    image_list = models.JSONField(_("pictures"), default=list, blank=True)
    resource_classified_as = models.JSONField(_("tags"), default=list, blank=True)
    default_unit_of_resource = UnitField(verbose_name=_("unit"))
    default_unit_of_effort = UnitField(verbose_name=_("unit of effort"))
    medium_of_exchange = models.BooleanField(_("used to pay with"), default=False)
    # Unknown is an answer here: the standard gives no default, and planning treats unknown as substitutable.
    substitutable = models.BooleanField(_("any one will do"), null=True, blank=True)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("kind of thing")
        verbose_name_plural = _("kinds of things")
        indexes = [models.Index(fields=["name"], name="resource_specification_by_name")]

    def __str__(self) -> str:
        """Return the name."""
        return str(self.same_as) if self.same_as_id else self.name or self.unnamed()


class ProcessSpecification(Word):
    """A kind of process, which is also the stage of what came out of it: baking, milling, quality check."""

    vf_class = "ProcessSpecification"
    columns = ("name", "note")

    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    image = models.TextField(_("picture"), blank=True)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("kind of work")
        verbose_name_plural = _("kinds of work")

    def __str__(self) -> str:
        """Return the name."""
        return str(self.same_as) if self.same_as_id else self.name or self.unnamed()


class Unit(Record):
    """A unit of this house's own, or its own words for a unit of the standard list."""

    vf_class = "Unit"
    ours = ("identifier",)
    fixed = ("identifier",)
    columns = ("label", "symbol", "identifier", "om_unit_identifier")
    searched = ("label", "symbol", "identifier")

    identifier = models.CharField(
        _("short name"),
        max_length=UNIT_LENGTH_MAX,
        unique=True,
        help_text=_("How quantities name the unit: loaf; or the name of a standard unit, to give it other words."),
    )
    label = models.CharField(_("name"), max_length=200)
    symbol = models.CharField(_("symbol"), max_length=50, blank=True)
    om_unit_identifier = models.TextField(_("standard unit"), blank=True)
    classified_as = models.JSONField(_("tags"), default=list, blank=True)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(condition=~Q(identifier=""), name="unit_has_an_identifier"),
            models.CheckConstraint(condition=~Q(label=""), name="unit_has_a_label"),
        ]

    def __str__(self) -> str:
        """Return the label."""
        return self.label


class Classification(Word):
    """A tag in the house's own order of tags: bread, under food."""

    vf_class = "Classification"
    ours = ("term", "broader")
    columns = ("name", "term", "broader", "note")
    searched = ("name", "term", "note")

    name = models.CharField(_("name"), max_length=200)
    term = models.CharField(
        _("tag"),
        max_length=400,
        unique=True,
        help_text=_("What is written on the records: a word, or the address of a term in a public taxonomy."),
    )
    broader = auto_prefetch.ForeignKey(
        "self",
        models.PROTECT,
        related_name="narrower",
        null=True,
        blank=True,
        verbose_name=_("under"),
        help_text=_("The wider tag that this one belongs under."),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.CheckConstraint(condition=~Q(term=""), name="classification_has_a_term"),
            models.CheckConstraint(
                condition=Q(broader__isnull=True) | ~Q(broader=F("id")), name="classification_is_not_under_itself"
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return str(self.same_as) if self.same_as_id else self.name or self.term
