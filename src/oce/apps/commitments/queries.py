"""Questions about what is still to happen."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from oce.apps.agents.models import Agent
from oce.apps.commitments.models import Commitment, Intent
from oce.apps.processes.models import Process


def open_commitments(agent: Agent | None = None) -> QuerySet[Commitment]:
    """Return what is promised and not finished, by or to `agent` or by anybody, the earliest due first."""
    of_whom = Q() if agent is None else Q(provider=agent) | Q(receiver=agent)
    return Commitment.objects.filter(of_whom, finished=False).order_by(F("due").asc(nulls_last=True), "id")


def commitments_of(process: Process) -> QuerySet[Commitment]:
    """Return what is promised to go into a process or to come out of it."""
    return Commitment.every().filter(Q(input_of=process) | Q(output_of=process))


def intents_of(process: Process) -> QuerySet[Intent]:
    """Return what is wished to go into a process or to come out of it."""
    return Intent.every().filter(Q(input_of=process) | Q(output_of=process))
