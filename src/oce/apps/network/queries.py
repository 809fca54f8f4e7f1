"""Questions about groups and people that need the ledger: what they did in a period, with whom, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.db.models import Case, Count, DateField, F, Q, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils.timezone import get_current_timezone

from oce.apps.agents.models import Agent, AgentClass, AgentRelationship, SpatialThing
from oce.apps.agents.queries import Lasting, groups_of, lasting, members_of
from oce.apps.agents.rules import GROUPING
from oce.apps.agreements.models import Agreement
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.network.rules import WORK, Sum, added_up
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import Actor, seen_by
from oce.kit.quantities import Total
from oce.kit.records import Record
from oce.kit.synonyms import saying
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from decimal import Decimal

    from django.db.models import QuerySet

T = TypeVar("T", bound=Record)

SUMMED_MAX = 6_000
"""So many events, the newest, are added up for the page of a group or a person, which says so; nobody waits for a million."""

DRAWN_MAX = 3_000
"""So many events, the newest, are added up for the picture of everybody, which has room for no more lines than that."""

TIES_MAX = 5_000
"""So many relationships are read at most."""

TIES_DRAWN_MAX = 500
"""So many relationships are drawn one by one; of more, only those between groups are, and no more than these."""

PLACES_MAX = 500
"""So many places are listed on one page."""


EVERYBODY = Q()
"""The condition that leaves nobody out."""


_ALIKE = (
    "action",
    "provider_id",
    "receiver_id",
    "of_kind",
    "resource_quantity_unit",
    "effort_quantity_unit",
    "day",
    "is_in",
)
_SUMMED = (*_ALIKE, "much", "long", "told")


class Summed(NamedTuple):
    """Events added up, and whether there were more than are added."""

    sums: list[Sum]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Held:
    """How much of a kind somebody has in care: of how many things, and what is there of it."""

    kind: int
    count: int
    there: Measure | None


def about(agents: Collection[int]) -> Q:
    """Return the condition that one of the agents gave or received."""
    return Q(provider__in=agents) | Q(receiver__in=agents)


def within(begin: datetime | None, end: datetime | None) -> Q:
    """Return the condition that something happened from a moment until before another; None stands for ever."""
    condition = Q() if begin is None else Q(occurred_at__gte=begin)
    return condition if end is None else condition & Q(occurred_at__lt=end)


def summed(
    actor: Actor,
    whose: Q,
    begin: datetime | None,
    end: datetime | None,
    *,
    work_since: datetime | None = None,
    most: int | None = None,
) -> Summed:
    """Return the events of a period that the actor sees, added up by action, ends, kind and unit; one statement.

    Args:
        actor: who asks.
        whose: the condition that the events concern somebody.
        begin: when the period begins; None for ever.
        end: the moment after it; None for ever.
        work_since: from when on work is told day by day, also where that is before the period.
        most: how many events are added up, if not `SUMMED_MAX`.
    """
    most = SUMMED_MAX if most is None else most
    in_period = within(begin, end)
    wanted = in_period if work_since is None else in_period | (within(work_since, end) & Q(action__in=WORK))
    seen = seen_by(actor, EconomicEvent.every()).filter(whose).filter(wanted)
    newest = seen.order_by("-occurred_at", "-id").values("pk")[:most]
    kind = Coalesce(
        F("resource_conforms_to__same_as_id"),
        F("resource_conforms_to_id"),
        F("resource_inventoried_as__conforms_to_id"),
        F("to_resource_inventoried_as__conforms_to_id"),
    )
    day = TruncDate("occurred_at", tzinfo=get_current_timezone())
    is_told_by_day = Q(action__in=WORK) if work_since is not None else Q(pk__in=())
    rows = (
        EconomicEvent.objects.filter(pk__in=newest)
        .order_by()
        .annotate(
            of_kind=kind,
            day=Case(When(is_told_by_day, then=day), default=None, output_field=DateField()),
            is_in=Case(When(in_period, then=True), default=False) if in_period else Value(value=True),
        )
        .values_list(*_ALIKE)
        .annotate(much=Total("resource_quantity_value"), long=Total("effort_quantity_value"), told=Count("pk"))
        .values_list(*_SUMMED)
    )
    sums = [
        Sum(
            action, giver, taker, of_kind, _measure(much, unit), _measure(long, of_effort), told, on, is_in_period=is_in
        )
        for action, giver, taker, of_kind, unit, of_effort, on, is_in, much, long, told in rows
    ]
    return Summed(sums, sum(each.count for each in sums) >= most)


def newest(actor: Actor, whose: Q, limit: int) -> list[EconomicEvent]:
    """Return what happened last, with all that its sentence names; one statement."""
    told = seen_by(actor, EconomicEvent.every()).filter(whose).order_by("-id")
    named = ("provider", "receiver", "resource_conforms_to", "resource_inventoried_as__conforms_to")
    return list(told.select_related(*named, "to_resource_inventoried_as__conforms_to")[:limit])


def in_care(actor: Actor, agents: Collection[int], limit: int) -> list[Held]:
    """Return what the agents have in their care, added up by kind and unit, the kinds of most things first."""
    things = seen_by(actor, EconomicResource.every()).filter(primary_accountable__in=agents).exclude(conforms_to=None)
    rows = (
        things.order_by()
        .values_list("conforms_to_id", "onhand_quantity_unit")
        .annotate(things=Count("pk"), there=Total("onhand_quantity_value"))
        .order_by("-things", "conforms_to_id")[:limit]
    )
    return [Held(kind, count, _measure(there, unit)) for kind, unit, count, there in rows]


def agreements_between(actor: Actor, agents: Collection[int], limit: int) -> list[Agreement]:
    """Return the agreements that one of the agents is a party of, the newest first."""
    agreed = seen_by(actor, Agreement.every()).filter(parties__in=agents).order_by("-id").distinct()
    return list(agreed[:limit])


def ties(actor: Actor, at: datetime, whose: Agent | None = None) -> list[AgentRelationship]:
    """Return the relationships that last at a moment, with both ends and the role: of everybody, or of one agent.

    Those by which groups are parts of others are among them in either case, since figures count the parts too.
    """
    found = seen_by(actor, AgentRelationship.every()).filter(lasting(Lasting(at, at)))
    if whose is not None:
        found = found.filter(Q(subject=whose) | Q(object=whose) | Q(relationship__kind_of_role="part_of"))
    return list(found.select_related("subject", "relationship", "object")[:TIES_MAX])


def ties_drawn(actor: Actor, at: datetime, among: Collection[int] = ()) -> tuple[list[AgentRelationship], bool]:
    """Return the relationships of a moment that a picture shows, with both ends and the role, and whether people are left out.

    They are where there are more relationships than can be drawn. With `among`, one end must be one of these agents.
    """
    found = seen_by(actor, AgentRelationship.every()).filter(lasting(Lasting(at, at)))
    if among:
        found = found.filter(Q(subject__in=among) | Q(object__in=among))
    named = found.select_related("subject", "relationship", "object")
    drawn = list(named[: TIES_DRAWN_MAX + 1])
    if len(drawn) <= TIES_DRAWN_MAX:
        return drawn, False
    person = AgentClass.PERSON
    return list(named.exclude(Q(subject__agent_class=person) | Q(object__agent_class=person))[:TIES_DRAWN_MAX]), True


def homes_of(actor: Actor, people: Collection[int], at: datetime) -> dict[int, int]:
    """Return the group that each of some people lies in, both by their keys: the one it has belonged to for longest."""
    found = seen_by(actor, AgentRelationship.every()).filter(
        lasting(Lasting(at, at)),
        subject__in=people,
        subject__agent_class=AgentClass.PERSON,
        relationship__kind_of_role__in=GROUPING,
    )
    homes: dict[int, int] = {}
    for member, group in found.values_list("subject", "object") if people else ():
        homes.setdefault(member, group)
    return homes


def parts_of(found: Iterable[AgentRelationship], whole: int) -> frozenset[int]:
    """Return a group and all that is part of it by some relationships, at any depth; circles end."""
    under: dict[int, list[int]] = {}
    for each in found:
        if each.relationship.kind_of_role == "part_of":
            under.setdefault(each.object_id, []).append(each.subject_id)
    reached: set[int] = set()
    waiting = [whole]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting.extend(under.get(key, ()))
    return frozenset(reached)


def is_grouping(each: AgentRelationship) -> bool:
    """Return whether a relationship puts its subject into a group."""
    return each.relationship.kind_of_role in GROUPING


def seen(actor: Actor, model: type[T], keys: Iterable[int | None]) -> dict[int, T]:
    """Return the records of some keys that the actor sees, by key; one statement, none where there are no keys."""
    wanted = {key for key in keys if key is not None}
    found: dict[int, T] = seen_by(actor, model.every()).in_bulk(wanted) if wanted else {}
    return found


def all_groups_of(actor: Actor, member: Agent, at: datetime) -> list[Agent]:
    """Return the groups somebody belongs to at a moment, also through other groups, as far as the actor sees them."""
    return list(seen_by(actor, groups_of(member, on=at)).order_by("name", "id")[:TIES_MAX])


def people(actor: Actor, sought: str, group: int | None, at: datetime, limit: int) -> list[Agent]:
    """Return the people whose name or note holds some words, in the order of their names.

    Of a group, by its key, those who belong to it or to a group within it at a moment.
    """
    found: QuerySet[Agent] = seen_by(actor, Agent.every()).filter(agent_class=AgentClass.PERSON)
    if sought:
        found = found.filter(Q(name__icontains=sought) | Q(note__icontains=sought))
    if group is not None:
        found = found.filter(pk__in=members_of(Agent(pk=group), on=at).order_by().values("pk"))
    return list(found.order_by("name", "id")[:limit])


def _measure(value: Decimal | None, unit: str) -> Measure | None:
    return None if value is None or not unit else Measure(value, unit)


def day_of(moment: datetime) -> date:
    """Return the day of a moment by the reader's clock."""
    return moment.astimezone(get_current_timezone()).date()


@dataclass(frozen=True, slots=True)
class Holder:
    """How much of a kind an agent, by its key, has in how many things."""

    key: int
    there: Measure | None
    count: int


@dataclass(frozen=True, slots=True)
class Happening:
    """How often an action happened to a kind, and how much by unit."""

    action: str
    amounts: list[Measure]
    count: int


def holders(actor: Actor, kind: ResourceSpecification, limit: int) -> list[Holder]:
    """Return who has things of a kind in care, by unit, those with most things first; one statement."""
    things = seen_by(actor, EconomicResource.every()).filter(conforms_to=kind).exclude(primary_accountable=None)
    rows = (
        things.order_by()
        .values_list("primary_accountable_id", "onhand_quantity_unit")
        .annotate(there=Total("onhand_quantity_value"), things=Count("pk"))
        .order_by("-things", "primary_accountable_id")[:limit]
    )
    return [Holder(key, _measure(there, unit), count) for key, unit, there, count in rows]


def happened_to(
    actor: Actor, kind: ResourceSpecification, begin: datetime | None, end: datetime | None
) -> list[Happening]:
    """Return what happened to things of a kind in a period, by action, the most frequent first."""
    things = EconomicResource.objects.filter(conforms_to=kind).values("pk")
    whose = Q(resource_conforms_to__in=saying(ResourceSpecification, Q(pk=kind.pk))) | Q(
        resource_inventoried_as__in=things
    )
    counts: dict[str, int] = {}
    told: dict[str, list[Measure]] = {}
    for each in summed(actor, whose, begin, end).sums:
        counts[each.action] = counts.get(each.action, 0) + each.count
        told.setdefault(each.action, []).extend(much for much in (each.amount or each.effort,) if much is not None)
    return [
        Happening(action, added_up(told[action]), count)
        for action, count in sorted(counts.items(), key=lambda item: -item[1])
    ]


def groups_by_member(actor: Actor, members: Collection[Agent], at: datetime) -> dict[int, list[AgentRelationship]]:
    """Return the relationships that put agents into groups at a moment, by the key of the member; one statement."""
    found = seen_by(actor, AgentRelationship.every()).filter(
        lasting(Lasting(at, at)), subject__in=members, relationship__kind_of_role__in=GROUPING
    )
    by_member: dict[int, list[AgentRelationship]] = {}
    for each in found.select_related("relationship", "object"):
        by_member.setdefault(each.subject_id, []).append(each)
    return by_member


def unconnected(actor: Actor, but: Collection[int], limit: int) -> list[Agent]:
    """Return agents that are not among some keys, in the order of their names."""
    return list(seen_by(actor, Agent.every()).exclude(pk__in=but).order_by("name", "id")[:limit])


@dataclass(frozen=True, slots=True)
class Branch:
    """A place with who is there and the places within it."""

    place: SpatialThing
    agents: tuple[Agent, ...]
    within: tuple[Branch, ...]


def places(actor: Actor) -> tuple[list[Branch], bool]:
    """Return the places as trees, each with the agents who have it as their main place, and whether some are left out."""
    found = list(seen_by(actor, SpatialThing.every()).order_by("name", "id")[: PLACES_MAX + 1])
    shown = {each.pk: each for each in found[:PLACES_MAX]}
    there: dict[int | None, list[Agent]] = {}
    for agent in (
        seen_by(actor, Agent.every()).filter(primary_location__in=list(shown)).order_by("name", "id")[:TIES_MAX]
    ):
        there.setdefault(agent.primary_location_id, []).append(agent)
    under: dict[int | None, list[SpatialThing]] = {}
    for place in shown.values():
        under.setdefault(place.within_id if place.within_id in shown else None, []).append(place)

    def branches(key: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(each, tuple(there.get(each.pk, ())), branches(each.pk)) for each in under.get(key, ()))

    return list(branches(None)), len(found) > PLACES_MAX
