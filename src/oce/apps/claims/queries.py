"""Questions about what is owed."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from oce.apps.agents.models import Agent
from oce.apps.claims.models import Claim


def open_claims(agent: Agent | None = None) -> QuerySet[Claim]:
    """Return what is claimed and not finished, from or by `agent` or by anybody, the earliest due first."""
    of_whom = Q() if agent is None else Q(provider=agent) | Q(receiver=agent)
    return Claim.objects.filter(of_whom, finished=False).order_by(F("due").asc(nulls_last=True), "id")
