"""Plans and processes in GraphQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import strawberry
from django.db.models import Count, Max, Min, Q

from oce.apps.agents.models import Agent
from oce.apps.processes.models import Plan, Process
from oce.kit.graphql.asking import seen
from oce.kit.graphql.exposed import Exposed
from oce.kit.graphql.fields import add_field, asked_field, many
from oce.kit.graphql.gathered import gathered_connection, gathered_list
from oce.kit.graphql.inverses import Inverse, for_level, list_of
from oce.kit.graphql.unions import union
from oce.vf import terms

records = (Exposed(Process, inverses={"plan_includes": "processes"}, plain=("plan_includes",)), Plan)


class Course(NamedTuple):
    """When the processes of a plan begin and end, and how many of them are not finished."""

    begins: datetime | None = None
    ends: datetime | None = None
    all: int = 0
    unfinished: int = 0


def _course(plan: Plan, info: Any) -> Course:
    """Return the course of a plan, read for all plans of the level by one query."""

    def read(keys: set[int]) -> dict[int, Course]:
        processes = seen(info, Process).filter(planned_within__in=keys).order_by()
        rows = processes.values_list("planned_within").annotate(
            begins=Min("has_beginning"),
            ends=Max("has_end"),
            all=Count("pk"),
            unfinished=Count("pk", filter=Q(finished=False)),
        )
        return {key: Course(*course) for key, *course in rows}

    return for_level(plan, Course, read, Course())


def start_date(plan: Plan, info: strawberry.Info) -> datetime | None:
    """When the first process of the plan begins."""
    return _course(plan, info).begins


def end_date(plan: Plan, info: strawberry.Info) -> datetime | None:
    """When the last process of the plan ends."""
    return _course(plan, info).ends


def finished(plan: Plan, info: strawberry.Info) -> bool:
    """Whether the plan has processes, and all of them are finished."""
    course = _course(plan, info)
    return course.all > 0 and course.unfinished == 0


def _plans_of_agents(info: Any, keys: set[int]) -> Iterable[tuple[int, int | None]]:
    processes = seen(info, Process).filter(in_scope_of__in=keys).order_by()
    return processes.values_list("in_scope_of", "planned_within").distinct()


def _scopes_of_plans(info: Any, keys: set[int]) -> Iterable[tuple[int, int | None]]:
    processes = seen(info, Process).filter(planned_within__in=keys).order_by()
    return processes.values_list("planned_within", "in_scope_of").distinct()


PLAN_ITEMS = "What a plan includes: processes, and what else is planned without one."
PLAN_ITEM = union("PlanItem", PLAN_ITEMS, Process)
PLAN_INCLUDES = terms.PROPERTIES["planIncludes"].gloss

for derived in (start_date, end_date, finished):
    add_field(Plan, derived)
add_field(
    Plan, asked_field("planIncludes", many(PLAN_ITEM), list_of(Inverse(Process, ("planned_within",))), PLAN_INCLUDES)
)
add_field(
    Plan,
    gathered_list("inScopeOf", Agent, _scopes_of_plans, "The agents in whose scope the processes of the plan are."),
)
add_field(
    Agent, gathered_connection("plans", Plan, _plans_of_agents, "The plans with a process in the scope of the agent.")
)
