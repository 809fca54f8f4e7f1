"""Writes down who and what there is in the valley, and finds it again by name; what the stories told is used, not repeated."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from oce.apps.agents import commands as agents
from oce.apps.agents.models import Agent, AgentRelationship, AgentRelationshipRole, SpatialThing
from oce.apps.knowledge import commands as knowledge
from oce.apps.knowledge.models import Classification, ProcessSpecification, ResourceSpecification, Unit
from oce.apps.members.commands import make_membership
from oce.apps.members.models import COORDINATOR, MEMBER
from oce.apps.members.queries import standard_role
from oce.apps.resources.commands import set_stock_policy
from oce.kit.actor import operator
from oce.kit.measures import known_unit
from oce.kit.sharing import Visibility
from oce.site.valley import catalogue
from oce.site.valley.people import CLOSED, GROUPS, OUTSIDE, PEOPLE, coordinator_of, members_of
from oce.site.valley.places import PLACES, Place

if TYPE_CHECKING:
    from oce.kit.records import Record

TELLER = operator("Theresa Maier")


@dataclass(frozen=True, slots=True)
class Directory:
    """The valley's agents, places and kinds, by name."""

    agents: dict[str, Agent] = field(default_factory=dict)
    places: dict[str, SpatialThing] = field(default_factory=dict)
    kinds: dict[str, ResourceSpecification] = field(default_factory=dict)
    stages: dict[str, ProcessSpecification] = field(default_factory=dict)


def write_down() -> Directory:
    """Write down the valley and return it; what has the same name already stays as it is."""
    known = Directory(_known(Agent), _known(SpatialThing), _known(ResourceSpecification), _known(ProcessSpecification))
    for place in PLACES:
        _place(known, place)
    for group in (*GROUPS, *OUTSIDE):
        shared = Visibility.GROUP if group.name in CLOSED else Visibility.PUBLIC
        _agent(known, group.name, "Organization", group.note, group.place, visibility=shared.value)
    for person in PEOPLE:
        _agent(known, person.name, "Person", "", None)
    _belong(known)
    _catalogue(known)
    return known


def _known(model: type[Record]) -> dict[str, Any]:
    return {str(record): record for record in model.every()}


def _place(known: Directory, told: Place) -> None:
    values = {"lat": Decimal(told.lat), "long": Decimal(told.long), "mappable_address": told.address}
    if told.within:
        values["within"] = known.places[told.within]
    if (place := known.places.get(told.name)) is not None:
        # A story knows the place, and not yet where it is.
        known.places[told.name] = agents.change_place(TELLER, place, place.revision_id, values)
    else:
        known.places[told.name] = agents.make_place(TELLER, {"name": told.name, **values})


def _agent(known: Directory, name: str, agent_class: str, note: str, place: str | None, **more: str) -> None:
    values: dict[str, Any] = {"note": note, **more}
    if place:
        values["primary_location"] = known.places[place]
    if (agent := known.agents.get(name)) is not None:
        known.agents[name] = agents.change_agent(TELLER, agent, agent.revision_id, values)
    else:
        known.agents[name] = agents.make_agent(TELLER, {"name": name, "agent_class": agent_class, **values})


def _belong(known: Directory) -> None:
    """Put people into groups, and groups into larger ones."""
    part_of = AgentRelationshipRole.every().filter(kind_of_role="part_of").first()
    known_parts = AgentRelationship.every().filter(relationship=part_of).values_list("subject__name", "object__name")
    parts = set(known_parts)
    for group in GROUPS:
        if group.part_of and (group.name, group.part_of) not in parts:
            ends = {"subject": known.agents[group.name], "object": known.agents[group.part_of]}
            agents.relate_agents(TELLER, {"relationship": part_of, **ends})
    for person in PEOPLE:
        for group_name in person.groups:
            role = standard_role(COORDINATOR if person.coordinates == group_name else MEMBER)
            values = {"member": known.agents[person.name], "group": known.agents[group_name], "role": role}
            make_membership(TELLER, values)
    for group in GROUPS:
        if members_of(group.name):
            set_stock_policy(operator(coordinator_of(group.name)), known.agents[group.name], "refuse")


def _catalogue(known: Directory) -> None:
    units = set(Unit.every().values_list("identifier", flat=True))
    for unit in catalogue.UNITS:
        if unit not in units:
            knowledge.make_unit(TELLER, {"identifier": unit, "label": unit})
    tags: dict[str, Classification] = {}
    for term, broader in catalogue.TAGS.items():
        under = {"broader": tags[broader]} if broader else {}
        tags[term] = knowledge.make_classification(TELLER, {"name": term, "term": term, **under})
    for kind in (*catalogue.THINGS, *catalogue.SERVICES):
        unit = known_unit(kind.unit).identifier
        _kind(known, kind.name, default_unit_of_resource=unit, resource_classified_as=[kind.tag], note=kind.note)
    for name in catalogue.WORK:
        _kind(known, name, default_unit_of_effort="hour", resource_classified_as=["work"])
    for name, note in catalogue.MONEY.items():
        values = {"default_unit_of_resource": "one", "medium_of_exchange": True, "note": note}
        _kind(known, name, resource_classified_as=["money"], **values)
    for name in catalogue.STAGES:
        if name not in known.stages:
            known.stages[name] = knowledge.make_process_specification(TELLER, {"name": name})


def _kind(known: Directory, name: str, **values: Any) -> None:
    if (kind := known.kinds.get(name)) is not None:
        command = knowledge.change_resource_specification
        known.kinds[name] = command(TELLER, kind, kind.revision_id, values)
    else:
        known.kinds[name] = knowledge.make_resource_specification(TELLER, {"name": name, **values})
