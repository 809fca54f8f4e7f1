"""Intents and commitments in GraphQL, and the lists of them on everything they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q

from oce.apps.agents.models import Agent
from oce.apps.agreements.models import Agreement
from oce.apps.commitments.models import Commitment, Intent
from oce.apps.processes.graphql import PLAN_ITEMS
from oce.apps.processes.models import Plan, Process
from oce.kit.graphql.asking import seen
from oce.kit.graphql.exposed import Exposed
from oce.kit.graphql.fields import add_field, asked_field, many
from oce.kit.graphql.gathered import Pairs, gathered_connection
from oce.kit.graphql.inverses import Inverse, lists_of
from oce.kit.graphql.schema import connection
from oce.kit.graphql.unions import union
from oce.kit.records import Record
from oce.vf import terms

records = (
    Exposed(
        Intent,
        inverses={
            "intents_into": "intendedInputs",
            "intents_out_of": "intendedOutputs",
            "intents_planned": "",
            "intents_demanded": "",
        },
        plain=("intents_into", "intents_out_of"),
    ),
    Exposed(
        Commitment,
        inverses={
            "commitments_into": "committedInputs",
            "commitments_out_of": "committedOutputs",
            "commitments_planned": "",
            "commitments_demanded": "",
            "satisfied_by_commitments": "",
        },
        plain=("commitments_into", "commitments_out_of"),
    ),
)

OF_PROCESS = ("input_of", "output_of")
OF_PLAN = ("planned_within", *(f"{path}__planned_within" for path in OF_PROCESS))
OF_AGENT = ("provider", "receiver", *(f"{path}__in_scope_of" for path in OF_PROCESS))
OF_AGREEMENT = ("clause_of", "reciprocal_clause_of")
BOTH_AGENTS = ("provider", "receiver")
INVOLVED = "The agents of all its flows."
SATISFIED_BY = "The commitments and events that satisfy the intent."
PROCESS_FLOW = union("ProcessFlow", "What goes into a process or comes out of it.", Commitment, Intent)
DEMAND = union("IndependentDemand", "What a plan is for.", Commitment, Intent)
PLAN_ITEM = union("PlanItem", PLAN_ITEMS, Commitment, Intent)
SATISFIER = union("IntentSatisfier", "What satisfies an intent.", Commitment)

Ways = Iterable[tuple[type[Record], Iterable[str]]]


def parties(ways: Ways, roles: Iterable[str] = BOTH_AGENTS, only: Q | None = None) -> Pairs:
    """Return which agents are reached over the flows that lead to a record by some paths, in some roles."""

    def pairs(info: Any, keys: set[int]) -> Iterator[tuple[int, int | None]]:
        for model, paths in ways:
            flows = seen(info, model).filter(only or Q()).order_by()
            for path in paths:
                for found in flows.filter(**{f"{path}__in": keys}).values_list(path, *roles).distinct():
                    yield from ((found[0], agent) for agent in found[1:])

    return pairs


def planned(*paths: str) -> tuple[Inverse, Inverse]:
    """Return the commitments and the intents that lead to a record by one of `paths`."""
    return Inverse(Commitment, paths), Inverse(Intent, paths)


def add_list(target: type[Record], name: str, of: Any, resolve: Callable[..., Any], description: str = "") -> None:
    """Add a plain list of records of several classes, which an app above may add its own to."""
    add_field(target, asked_field(name, many(of), resolve, description or terms.PROPERTIES[name].gloss))


for word, path in (("hasInput", "input_of"), ("hasOutput", "output_of")):
    add_list(Process, word, PROCESS_FLOW, lists_of(*planned(path)))
add_list(Plan, "planIncludes", PLAN_ITEM, lists_of(Inverse(Process, ("planned_within",)), *planned("planned_within")))
add_list(Plan, "hasIndependentDemand", DEMAND, lists_of(*planned("independent_demand_of")))
add_list(Intent, "satisfiedBy", SATISFIER, lists_of(Inverse(Commitment, ("satisfies",))), SATISFIED_BY)

for target, ways, whose in (
    (Process, OF_PROCESS, "of the process"),
    (Agent, OF_AGENT, "of the agent, and of its processes"),
):
    of_commitments, of_intents = planned(*ways)
    add_field(target, connection("commitments", of_commitments, f"The commitments {whose}."))
    add_field(target, connection("intents", of_intents, f"The intents {whose}."))

INVOLVING: dict[type[Record], Ways] = {
    Commitment: ((Commitment, ("pk",)),),
    Process: ((Commitment, OF_PROCESS), (Intent, OF_PROCESS)),
    Plan: ((Commitment, OF_PLAN), (Intent, OF_PLAN)),
    Agreement: ((Commitment, OF_AGREEMENT),),
}
for record, reached in INVOLVING.items():
    add_field(record, gathered_connection("involvedAgents", Agent, parties(reached), INVOLVED))
