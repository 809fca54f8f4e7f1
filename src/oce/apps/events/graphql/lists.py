"""Events with all they lead to, and the lists of events and agents on everything that events touch."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from django.db.models import Q

from oce.apps.agents.models import Agent
from oce.apps.agreements.models import Agreement
from oce.apps.commitments import graphql as promises
from oce.apps.commitments.models import Commitment, Intent
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.processes.models import Plan, Process
from oce.apps.resources.models import EconomicResource
from oce.kit.graphql.exposed import Exposed
from oce.kit.graphql.fields import add_field, optional, read_field
from oce.kit.graphql.filters import name_older
from oce.kit.graphql.gathered import gathered_connection
from oce.kit.graphql.inverses import Inverse, lists_of
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
            "satisfied_by_events": "",
        },
        plain=("input_events", "output_events", "corrected_by", "fulfilled_by"),
    ),
)

ANSWERS = ("fulfills", "satisfies")
DIRECTLY_OF_PROCESS = ("input_of", "output_of")
DIRECTLY_OF_AGREEMENT = ("realization_of", "reciprocal_realization_of")
# What belongs to a process or an agreement directly, or by the promise that it fulfils (D32).
OF_PROCESS = (*DIRECTLY_OF_PROCESS, *(f"{name}__{path}" for name in ANSWERS for path in DIRECTLY_OF_PROCESS))
OF_AGREEMENT = (*DIRECTLY_OF_AGREEMENT, *(f"fulfills__{path}" for path in promises.OF_AGREEMENT))
OF_PLAN = tuple(f"{path}__planned_within" for path in DIRECTLY_OF_PROCESS)
OF_AGENT = ("provider", "receiver", *(f"{path}__in_scope_of" for path in DIRECTLY_OF_PROCESS))
OF_RESOURCE = ("resource_inventoried_as", "to_resource_inventoried_as")
IN_RETURN = ("reciprocal_realization_of__realizes", "realization_of__realizes_reciprocal")
UNPLANNED = "What happened without having been promised."
PROCESS_FLOW = union("ProcessFlow", "", EconomicEvent)
SATISFIER = union("IntentSatisfier", "", EconomicEvent)


def events_by(*paths: str) -> Inverse:
    """Return the events that lead to a record by one of `paths`."""
    return Inverse(EconomicEvent, paths)


def unplanned_by(*paths: str) -> Inverse:
    """Return the events that lead to a record by one of `paths` and answer neither a commitment nor an intent."""
    return Inverse(EconomicEvent, paths, Q(fulfills=None, satisfies=None))


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
        promises.add_list(Process, name, PROCESS_FLOW, lists_of(events_by(path), *promises.planned(path)))
        add_field(Process, plain_list(side, unplanned_by(path), UNPLANNED))
    add_field(Process, connection("economicEvents", events_by(*OF_PROCESS), "The events of the process."))
    add_field(Process, plain_list("unplannedEconomicEvents", unplanned_by(*DIRECTLY_OF_PROCESS), UNPLANNED))
    workers = promises.parties(((EconomicEvent, ("input_of",)),), ("provider",), Q(action="work"))
    add_field(Process, gathered_connection("workingAgents", Agent, workers, "The agents who worked in the process."))


def _add_to_agreements() -> None:
    add_field(Agreement, plain_list("economicEvents", events_by(*OF_AGREEMENT), "The events of both sides."))
    add_field(Agreement, plain_list("unplannedEconomicEvents", unplanned_by(*DIRECTLY_OF_AGREEMENT), UNPLANNED))


def _add_involved() -> None:
    """Name the agents of events beside those of what was promised and wished."""
    observed = {Process: OF_PROCESS, Agreement: OF_AGREEMENT, Plan: OF_PLAN, Commitment: ("fulfills",)}
    for target, ways in promises.INVOLVING.items():
        pairs = promises.parties((*ways, (EconomicEvent, observed[target])))
        add_field(target, gathered_connection("involvedAgents", Agent, pairs, promises.INVOLVED))


def _add_to_others() -> None:
    add_field(
        EconomicEvent, plain_list("reciprocalEvents", events_by(*IN_RETURN), "What was done in return, by agreement.")
    )
    add_field(EconomicResource, connection("economicEvents", events_by(*OF_RESOURCE), "The events of the resource."))
    add_field(
        Agent, connection("economicEvents", events_by(*OF_AGENT), "The events of the agent, and of its processes.")
    )
    satisfying = lists_of(Inverse(Commitment, ("satisfies",)), events_by("satisfies"))
    promises.add_list(Intent, "satisfiedBy", SATISFIER, satisfying, promises.SATISFIED_BY)


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
_add_involved()
_add_to_others()
_add_older_names()
