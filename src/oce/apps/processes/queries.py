"""Questions about plans and processes."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from oce.apps.agents.models import Agent
from oce.apps.processes.models import Plan, Process


def processes_in(plan: Plan) -> QuerySet[Process]:
    """Return the processes of a plan by their beginning, those without one last."""
    return Process.objects.filter(planned_within=plan).order_by(*_by_beginning())


def open_processes(agent: Agent | None = None) -> QuerySet[Process]:
    """Return what is not finished, of everybody or in the scope of `agent`, by beginning."""
    of_whom = Q() if agent is None else Q(in_scope_of=agent)
    return Process.objects.filter(of_whom, finished=False).order_by(*_by_beginning())


def plans_of(agent: Agent) -> QuerySet[Plan]:
    """Return the plans that have a process in the scope of `agent`, in order of birth."""
    return Plan.every().filter(pk__in=Process.objects.filter(in_scope_of=agent).values("planned_within"))


def _by_beginning() -> tuple[OrderBy, str]:
    # SQLite puts nothing first, PostgreSQL last: it is said here. By key as well, so that pages never repeat a row.
    return F("has_beginning").asc(nulls_last=True), "id"
