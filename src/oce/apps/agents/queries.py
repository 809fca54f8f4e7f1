"""Questions about people and groups: who belongs to whom, at a moment, directly or through groups inside groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from oce.apps.agents.models import Agent, AgentRelationship, AgentRelationshipRole, SpatialThing
from oce.apps.agents.rules import GROUPING
from oce.kit import hierarchy


@dataclass(frozen=True, slots=True)
class Lasting:
    """A stretch of time; None stands for ever. A moment is a stretch that begins and ends with it."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_moment(self) -> bool:
        """Whether it is one moment."""
        return self.since is not None and self.since == self.until


def groups_of(agent: Agent, *, on: datetime, deep: bool = True) -> QuerySet[Agent]:
    """Return the groups that `agent` is a member or a part of on a moment; `deep` counts groups of groups."""
    return _reached(agent, "subject_id", "object_id", GROUPING, Lasting(on, on), deep=deep)


def members_of(group: Agent, *, on: datetime, deep: bool = True) -> QuerySet[Agent]:
    """Return the members and parts of `group` on a moment; `deep` counts those of its parts and members."""
    return _reached(group, "object_id", "subject_id", GROUPING, Lasting(on, on), deep=deep)


def wholes_of(agent: Agent, during: Lasting) -> QuerySet[Agent]:
    """Return the groups that `agent` is a part of, directly or not, at some time of a stretch."""
    return _reached(agent, "subject_id", "object_id", ("part_of",), during, deep=True)


def is_related(
    subject: Agent, role: AgentRelationshipRole, other: Agent, during: Lasting, but: int | None = None
) -> bool:
    """Return whether another relationship than that of key `but` says the same for a part of the same time."""
    others = AgentRelationship.every() if but is None else AgentRelationship.every().exclude(pk=but)
    same = others.filter(subject=subject, relationship=role, object=other)
    return same.filter(lasting(during)).exists()


def places_around(place: SpatialThing) -> QuerySet[SpatialThing]:
    """Return all places that `place` lies within."""
    return hierarchy.above(place, "within")


def lasting(time: Lasting) -> Q:
    """Return the condition that a relationship lasts at some time of the stretch; at its end it is over."""
    condition = Q()
    if time.since is not None:
        condition &= Q(has_end__isnull=True) | Q(has_end__gt=time.since)
    if time.until is not None:
        begun = Q(has_beginning__lte=time.until) if time.is_moment else Q(has_beginning__lt=time.until)
        condition &= Q(has_beginning__isnull=True) | begun
    return condition


def _reached(
    agent: Agent, start: str, end: str, kinds: Sequence[str], during: Lasting, *, deep: bool
) -> QuerySet[Agent]:
    """Return the agents reached by going along relationships of some kinds, from end to end, without itself."""
    steps = AgentRelationship.objects.filter(lasting(during), relationship__kind_of_role__in=kinds)
    if not deep:
        return Agent.every().filter(pk__in=steps.filter(**{start: agent.pk}).values(end)).order_by("id")
    edges, params = steps.order_by().values(start, end).query.sql_with_params()
    quoted = connection.ops.quote_name
    # UNION, not UNION ALL: what was reached is not reached again, so that even a circle ends. Not materialized: from
    # one agent, a few steps are found by index; the relationships of everybody need not be gathered first.
    statement = (
        f"WITH RECURSIVE step AS NOT MATERIALIZED ({edges}), reached(id) AS ("  # noqa: S608 (our statement, values apart)
        f"SELECT {quoted(end)} FROM step WHERE {quoted(start)} = %s"
        f" UNION SELECT step.{quoted(end)} FROM step JOIN reached ON step.{quoted(start)} = reached.id"
        ") SELECT id FROM reached"
    )
    return Agent.every().filter(pk__in=RawSQL(statement, [*params, agent.pk])).exclude(pk=agent.pk)  # noqa: S611
