"""The tables of people and groups: agents, places, and the relationships between agents."""

from __future__ import annotations

import auto_prefetch
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oce.kit.quantities import QuantityField
from oce.kit.records import Record
from oce.kit.synonyms import Word


class SpatialThing(Record):
    """A place: a point on the earth, an address, or both; it may lie within another place."""

    vf_class = "SpatialThing"
    ours = ("within",)
    columns = ("name", "mappable_address", "lat", "long", "within")
    searched = ("name", "note", "mappable_address")

    name = models.CharField(_("name"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    lat = QuantityField(_("latitude"), null=True, blank=True)
    long = QuantityField(_("longitude"), null=True, blank=True)
    alt = QuantityField(_("altitude"), null=True, blank=True)
    mappable_address = models.TextField(_("address"), blank=True)
    has_detailed_geometry = models.JSONField(_("shapes"), default=list, blank=True)
    within = auto_prefetch.ForeignKey(
        "self",
        models.PROTECT,
        related_name="places_within",
        null=True,
        blank=True,
        verbose_name=_("within"),
        help_text=_("The larger place that this place is a part of, such as the farm around a barn."),
    )

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, long__isnull=True) | Q(lat__isnull=False, long__isnull=False),
                name="place_has_both_coordinates_or_none",
            ),
        ]

    def __str__(self) -> str:
        """Return the name, or the first line of the address."""
        return self.name or next(iter(self.mappable_address.splitlines()), "") or self.unnamed()


class AgentClass(models.TextChoices):
    """What an agent is, in the words of the vocabulary."""

    PERSON = "Person", _("person")
    ORGANIZATION = "Organization", _("organisation")
    ECOLOGICAL_AGENT = "EcologicalAgent", _("ecological agent")
    AGENT = "Agent", _("agent")


class Agent(Record):
    """Somebody who takes part: a person, an organisation of any size, or a part of nature.

    One table keeps the four classes of the vocabulary, so that whatever points at an agent needs one reference.
    """

    vf_class = "Agent"
    ours = ("agent_class",)
    fixed = ("agent_class",)
    columns = ("name", "agent_class", "primary_location", "note")
    is_sought = True
    involves = ("pk",)
    keeping = "coordinate"

    agent_class = models.CharField(
        _("kind of agent"),
        max_length=20,
        choices=AgentClass,
        help_text=_("Whether this is a person, an organisation, an ecological agent, or not said."),
    )
    name = models.CharField(_("name"), max_length=200)
    image = models.TextField(_("picture"), blank=True)
    note = models.TextField(_("note"), blank=True)
    primary_location = auto_prefetch.ForeignKey(
        SpatialThing, models.PROTECT, related_name="agents_here", null=True, blank=True, verbose_name=_("main place")
    )
    classified_as = models.JSONField(_("tags"), default=list, blank=True)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("person or group")
        verbose_name_plural = _("people and groups")
        constraints = [
            models.CheckConstraint(condition=Q(agent_class__in=AgentClass.values), name="agent_is_of_a_known_class"),
        ]
        indexes = [models.Index(fields=["name"], name="agent_by_name")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name or self.unnamed()

    @property
    def vf_type(self) -> str:
        """The class of this very agent: `Person`, `Organization`, `EcologicalAgent` or `Agent`."""
        return self.agent_class


class RoleKind(models.TextChoices):
    """What the house makes of a relationship; `custom` ones are only shown."""

    MEMBER = "member", _("member")
    PART_OF = "part_of", _("part of")
    STEWARD = "steward", _("steward")
    SUPPLIER = "supplier", _("supplier")
    CUSTOM = "custom", _("something else")


class AgentRelationshipRole(Word):
    """What one agent is to another, read both ways: is a member of, has as member.

    Its class and the next left the vocabulary with 0.16; their words are kept, since documents still carry them.
    """

    vf_class = "AgentRelationshipRole"
    ours = ("role_label", "inverse_role_label", "kind_of_role")
    fixed = ("kind_of_role",)
    columns = ("role_label", "inverse_role_label", "kind_of_role", "note")
    searched = ("role_label", "inverse_role_label", "note")

    role_label = models.CharField(
        _("words"), max_length=200, help_text=_("How the relationship reads from its subject: is a member of.")
    )
    inverse_role_label = models.CharField(
        _("words the other way round"),
        max_length=200,
        blank=True,
        help_text=_("How the relationship reads from its object: has as member."),
    )
    kind_of_role = models.CharField(
        _("meaning"),
        max_length=20,
        choices=RoleKind,
        default=RoleKind.CUSTOM,
        help_text=_("What the relationship means to this system; something else is only shown."),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        """Words for the screen."""

        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(condition=Q(kind_of_role__in=RoleKind.values), name="role_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        """Return the words."""
        return str(self.same_as) if self.same_as_id else self.role_label or self.unnamed()


class AgentRelationship(Record):
    """That one agent is something to another, from a day until a day: Ana is a member of the bakery."""

    vf_class = "AgentRelationship"
    ours = ("subject", "relationship", "object")
    fixed = ("subject", "relationship", "object")
    columns = ("subject", "relationship", "object", "has_beginning", "has_end")
    involves = ("subject", "object")
    keeping = "coordinate"
    searched = ("note",)

    subject = auto_prefetch.ForeignKey(
        Agent,
        models.PROTECT,
        related_name="relationships_as_subject",
        verbose_name=_("who"),
        help_text=_("The agent of whom something is said: the member, the part, the supplier."),
    )
    relationship = auto_prefetch.ForeignKey(
        AgentRelationshipRole,
        models.PROTECT,
        related_name="relationships",
        verbose_name=_("is"),
        help_text=_("What the subject is to the object."),
    )
    object = auto_prefetch.ForeignKey(
        Agent,
        models.PROTECT,
        related_name="relationships_as_object",
        verbose_name=_("to whom"),
        help_text=_("The agent to whom the subject is something: the group, the whole, the customer."),
    )
    in_scope_of = auto_prefetch.ForeignKey(
        Agent,
        models.PROTECT,
        related_name="relationships_in_scope",
        null=True,
        blank=True,
        verbose_name=_("within the group"),
    )
    has_beginning = models.DateTimeField(_("from"), null=True, blank=True)
    has_end = models.DateTimeField(_("until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        """Words for the screen; found from both ends."""

        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        constraints = [
            models.CheckConstraint(condition=~Q(subject=F("object")), name="relationship_joins_two_agents"),
            models.CheckConstraint(
                condition=Q(has_beginning__isnull=True) | Q(has_end__isnull=True) | Q(has_beginning__lt=F("has_end")),
                name="relationship_begins_before_it_ends",
            ),
        ]

    def keepers(self) -> frozenset[int]:
        """Return the group where somebody belongs to one by it, since it gives them rights there; else both ends."""
        is_grouping = self.relationship.kind_of_role in {RoleKind.MEMBER, RoleKind.PART_OF}
        return frozenset({self.object_id}) if is_grouping else self.involved()

    def __str__(self) -> str:
        """Return the relationship as a sentence."""
        return f"{self.subject} {self.relationship} {self.object}"
