"""Events with all they lead to, and the lists of events and agents on everything that events touch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Q

from oce.apps.agents.models import Agent
from oce.apps.agreements.models import Agreement
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.processes.models import Plan, Process
from oce.apps.resources.models import EconomicResource
from oce.kit.graphql.asking import seen
from oce.kit.graphql.exposed import Exposed
from oce.kit.graphql.fields import add_field, asked_field, many, optional, read_field
from oce.kit.graphql.filters import name_older
from oce.kit.graphql.gathered import Pairs, gathered_connection
from oce.kit.graphql.inverses import Inverse, list_of
from oce.kit.graphql.schema import connection, plain_list
from oce.kit.graphql.unions import union
from oce.vf import terms

name_older(EconomicEvent, {"provider": "providerId", "receiver": "receiverId"})

records = (
    Exposed(
        EconomicEvent,
        argument="event",
        inverses={
            "input_events": "observedInputs",
            "output_events": "observedOutputs",
            "economic_events_to_here": "economicEvents",
            # The way from event to event is asked by previous and next.
            "next_events": "",
            "to_next_events": "",
        },
        plain=("input_events", "output_events", "corrected_by"),
    ),
)

OF_PROCESS = ("input_of", "output_of")
OF_AGREEMENT = ("realization_of", "reciprocal_realization_of")
OF_PLAN = tuple(f"{path}__planned_within" for path in OF_PROCESS)
OF_AGENT = ("provider", "receiver", *(f"{path}__in_scope_of" for path in OF_PROCESS))
OF_RESOURCE = ("resource_inventoried_as", "to_resource_inventoried_as")
IN_RETURN = ("reciprocal_realization_of__realizes", "realization_of__realizes_reciprocal")
BOTH_AGENTS = ("provider", "receiver")
# Nothing is planned yet: the app of commitments puts narrower lists in the place of these.
UNPLANNED = "What happened without having been promised."
INVOLVED = "The agents of its events."
PROCESS_FLOW = union("ProcessFlow", "What goes into a process or comes out of it.", EconomicEvent)


def events_by(*paths: str) -> Inverse:
    """Return the events that lead to a record by one of `paths`."""
    return Inverse(EconomicEvent, paths)


def agents_over(paths: Iterable[str], roles: Iterable[str] = BOTH_AGENTS, only: Q | None = None) -> Pairs:
    """Return which agents are reached over the events that lead to a record by one of `paths`, in some roles."""

    def pairs(info: Any, keys: set[int]) -> Iterable[tuple[int, int | None]]:
        events = seen(info, EconomicEvent).filter(only or Q()).order_by()
        for path in paths:
            for found in events.filter(**{f"{path}__in": keys}).values_list(path, *roles).distinct():
                yield from ((found[0], agent) for agent in found[1:])

    return pairs


def _moment_or_point(name: str) -> None:
    """Let an event that happened at a point answer with it when it is asked for its beginning or end."""
    own, point = attrgetter(name), attrgetter("has_point_in_time")
    term = terms.camel(name)
    description = f"{terms.PROPERTIES[term].gloss}; the point in time of an event that has only that"
    add_field(
        EconomicEvent, read_field(term, optional(datetime), lambda event: own(event) or point(event), description)
    )


def _add_to_processes() -> None:
    for name, path, side in (
        ("hasInput", "input_of", "unplannedInputs"),
        ("hasOutput", "output_of", "unplannedOutputs"),
    ):
        flows = list_of(events_by(path))
        add_field(Process, asked_field(name, many(PROCESS_FLOW), flows, terms.PROPERTIES[name].gloss))
        add_field(Process, plain_list(side, events_by(path), UNPLANNED))
    add_field(Process, connection("economicEvents", events_by(*OF_PROCESS), "The events of the process."))
    add_field(Process, plain_list("unplannedEconomicEvents", events_by(*OF_PROCESS), UNPLANNED))
    add_field(Process, gathered_connection("involvedAgents", Agent, agents_over(OF_PROCESS), INVOLVED))
    working = agents_over(("input_of",), ("provider",), Q(action="work"))
    add_field(Process, gathered_connection("workingAgents", Agent, working, "The agents who worked in the process."))


def _add_to_agreements() -> None:
    add_field(Agreement, plain_list("economicEvents", events_by(*OF_AGREEMENT), "The events of both sides."))
    add_field(Agreement, plain_list("unplannedEconomicEvents", events_by(*OF_AGREEMENT), UNPLANNED))
    add_field(Agreement, gathered_connection("involvedAgents", Agent, agents_over(OF_AGREEMENT), INVOLVED))


def _add_to_others() -> None:
    add_field(
        EconomicEvent, plain_list("reciprocalEvents", events_by(*IN_RETURN), "What was done in return, by agreement.")
    )
    add_field(EconomicResource, connection("economicEvents", events_by(*OF_RESOURCE), "The events of the resource."))
    add_field(
        Agent, connection("economicEvents", events_by(*OF_AGENT), "The events of the agent, and of its processes.")
    )
    add_field(Plan, gathered_connection("involvedAgents", Agent, agents_over(OF_PLAN), INVOLVED))


def _add_older_names() -> None:
    for target, name, path, now in (
        (EconomicResource, "economicEventsInOutFrom", "resource_inventoried_as", "economicEventsFrom"),
        (ResourceSpecification, "economicEvents", "resource_conforms_to", "conformingEconomicEvents"),
    ):
        older = connection(name, events_by(path), f"Older name of `{now}`.", deprecated=f"Use `{now}`.")
        add_field(target, older, compatible=True)


_moment_or_point("has_beginning")
_moment_or_point("has_end")
_add_to_processes()
_add_to_agreements()
_add_to_others()
_add_older_names()
