"""The page of an agreement: what each side promised and gave, side by side, with the sums and what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from oce.apps.agents.models import Agent
from oce.apps.agreements.models import Agreement
from oce.apps.events.pages.panels import answering
from oce.apps.exchange import queries
from oce.apps.exchange.pages.words import badge
from oce.apps.exchange.rules import Promise, Side, sides, state_of
from oce.kit import clock
from oce.kit.measures import in_words
from oce.kit.pages.records import shown_of
from oce.kit.pages.requests import Asked
from oce.kit.records import Record
from oce.vf.decimals import plain
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from decimal import Decimal

    from oce.apps.commitments.models import Commitment
    from oce.apps.events.models import EconomicEvent

TELL = answering("fulfills")


@dataclass(frozen=True, slots=True)
class Strand:
    """One promise as the ribbon shows it: how much of it is done, and the way to say that more was."""

    promise: Commitment
    is_kept: bool
    is_late: bool
    most: str
    done: str
    left: Sequence[str]
    tell_url: str


@dataclass(frozen=True, slots=True)
class Bank:
    """One side of the ribbon: who, what they promised, what they gave, and the sums by unit."""

    agent: Agent | None
    strands: Sequence[Strand]
    events: Sequence[EconomicEvent]
    sums: Sequence[tuple[str, str, str]]


def agreement(request: Asked, record: Record) -> HttpResponse:
    """Show an agreement."""
    assert isinstance(record, Agreement)  # noqa: S101 (plugged to this class alone)
    commitments = queries.commitments_in(request.actor, [record]).get(record.pk, [])
    promises = queries.promises_of(commitments)
    found = queries.given_in(request.actor, record, promises.keys())
    events = found[: queries.EVENTS_MAX]
    by_key = {each.pk: each for each in commitments}
    parties = {each.pk: each for each in record.parties.all()}
    flows: list[Commitment | EconomicEvent] = [*commitments, *events]
    agents = parties | {each.pk: each for one in flows for each in (one.provider, one.receiver) if each is not None}
    given = [(each.provider_id, each.resource_quantity or each.effort_quantity) for each in events]
    now = clock.now()
    banks = [
        _bank(request, side, agents, by_key, [each for each in events if each.provider_id == side.agent], now)
        for side in sides(parties, promises.values(), given)
    ]
    shown = {
        **shown_of(request, record),
        "parties": list(parties.values()),
        "state": badge(state_of(promises.values(), now, is_used=bool(events))),
        "banks": banks,
        "is_cut": len(found) > queries.EVENTS_MAX,
        "events_max": queries.EVENTS_MAX,
        "claims": queries.claims_because_of(request.actor, events),
        "add_url": f"/commitment/new?clauseOf={record.uid}",
    }
    return render(request, "exchange/agreement.html", shown)


def _bank(
    request: Asked,
    side: Side,
    agents: Mapping[int, Agent],
    commitments: Mapping[int, Commitment],
    events: Sequence[EconomicEvent],
    now: datetime,
) -> Bank:
    return Bank(
        agents.get(side.agent) if side.agent is not None else None,
        [_strand(request, each, commitments[each.key], now) for each in side.promises],
        events,
        [
            (_much(each.promised, each.unit), _much(each.given, each.unit), _much(each.left, each.unit))
            for each in side.sums
        ],
    )


def _strand(request: Asked, promise: Promise, commitment: Commitment, now: datetime) -> Strand:
    first = next(iter(promise.amounts), None)
    left = next(iter(promise.left), None)
    done = None if first is None or left is None else first.value - left.value
    urls = [] if promise.is_kept else [url for url, _words in TELL(request, commitment)]
    return Strand(
        promise=commitment,
        is_kept=promise.is_kept,
        is_late=not promise.is_kept and promise.due is not None and promise.due < now,
        most="" if first is None else plain(first.value),
        done="" if done is None else plain(done),
        left=[in_words(each, _("pieces")) for each in promise.left if each.value],
        tell_url=next(iter(urls), ""),
    )


def _much(value: Decimal, unit: str) -> str:
    return in_words(Measure(value, unit), _("pieces"))
