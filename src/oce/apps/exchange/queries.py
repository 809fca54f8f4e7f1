"""Questions about agreements: what was promised in them, what was given, and who still owes what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from oce.apps.agents.models import Agent
from oce.apps.agreements.models import Agreement
from oce.apps.claims.models import Claim
from oce.apps.claims.queries import open_claims
from oce.apps.commitments.models import Commitment
from oce.apps.commitments.queries import open_commitments
from oce.apps.events.models import EconomicEvent, Fulfillment
from oce.apps.exchange.rules import Promise
from oce.kit.actor import Actor, seen_by
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from django.db.models import QuerySet

NAMED_BY = ("provider", "receiver", "resource_conforms_to", "resource_inventoried_as__conforms_to")
EVENTS_MAX = 500
"""So many events of one agreement are shown and added up on its page, which says so where there are more."""

_AMOUNTS = tuple(
    f"event__{name}_{part}" for name in ("resource_quantity", "effort_quantity") for part in ("value", "unit")
)


def agreements(actor: Actor, sought: str, agents: Collection[int]) -> QuerySet[Agreement]:
    """Return the agreements that the actor sees, the newest first: those of some agents, those that hold some words."""
    found = seen_by(actor, Agreement.every()).order_by("-id")
    if sought:
        found = found.filter(Q(name__icontains=sought) | Q(note__icontains=sought))
    if agents:
        theirs = Agreement.parties.through.objects.filter(agent__in=agents)
        found = found.filter(pk__in=theirs.values("agreement"))
    return found.prefetch_related("parties")


def commitments_in(actor: Actor, agreed: Iterable[Agreement]) -> dict[int, list[Commitment]]:
    """Return what was promised in some agreements, by the key of the agreement, in the order it was written down."""
    keys = [each.pk for each in agreed]
    either = Q(clause_of__in=keys) | Q(reciprocal_clause_of__in=keys)
    found: dict[int, list[Commitment]] = defaultdict(list)
    for each in seen_by(actor, Commitment.every()).filter(either).select_related(*NAMED_BY):
        for key in (each.clause_of_id, each.reciprocal_clause_of_id):
            if key is not None:
                found[key].append(each)
    return found


def promises_of(commitments: Iterable[Commitment]) -> dict[int, Promise]:
    """Return what was promised and done towards it, by the key of the commitment; one statement.

    What is left needs every event, whoever sees it.
    """
    wanted = {each.pk: each for each in commitments}
    done: dict[int, list[Measure]] = defaultdict(list)
    answers = Fulfillment.objects.filter(commitment__in=list(wanted)) if wanted else Fulfillment.objects.none()
    for key, *amounts in answers.values_list("commitment_id", *_AMOUNTS):
        done[key] += [Measure(*pair) for pair in (amounts[:2], amounts[2:]) if pair[0] is not None]
    return {key: _promise(each, done[key]) for key, each in wanted.items()}


def given_in(actor: Actor, agreement: Agreement, commitments: Collection[int]) -> list[EconomicEvent]:
    """Return what happened because of an agreement: what names it, and what answers what was promised in it."""
    named = Q(realization_of=agreement) | Q(reciprocal_realization_of=agreement)
    answering = Fulfillment.objects.filter(commitment__in=list(commitments)).values("event")
    events = seen_by(actor, EconomicEvent.every()).filter(named | Q(pk__in=answering)).order_by("-id")
    return list(events.select_related(*NAMED_BY, "to_resource_inventoried_as__conforms_to")[: EVENTS_MAX + 1])


def ends_of(actor: Actor, agreed: Iterable[Agreement]) -> dict[int, list[int]]:
    """Return who gave or received something because of some agreements, by the key of the agreement; two statements."""
    keys = [each.pk for each in agreed]
    found: dict[int, list[int]] = defaultdict(list)
    events = seen_by(actor, EconomicEvent.every()).order_by()
    for name in ("realization_of", "reciprocal_realization_of"):
        rows = events.filter(**{f"{name}__in": keys}).values_list(name, "provider", "receiver").distinct()
        for key, *ends in rows.order_by(name, "provider", "receiver"):
            found[key] += [end for end in ends if end not in found[key]]
    return found


def agents(actor: Actor, keys: Iterable[int]) -> dict[int, Agent]:
    """Return the agents of some keys that the actor sees, by key."""
    found: dict[int, Agent] = seen_by(actor, Agent.every()).in_bulk(set(keys))
    return found


def claims_because_of(actor: Actor, events: Iterable[EconomicEvent]) -> list[Claim]:
    """Return what is claimed and not settled because of some events."""
    keys = [each.pk for each in events]
    found = seen_by(actor, open_claims()).filter(triggered_by__in=keys).select_related(*NAMED_BY[:3])
    return list(found) if keys else []


def still_open(actor: Actor, agent: Agent, limit: int) -> tuple[list[Commitment], list[Claim]]:
    """Return what is promised and what is claimed by or from somebody, and not finished; the earliest due first."""
    promised = seen_by(actor, open_commitments(agent)).select_related(*NAMED_BY)
    claimed = seen_by(actor, open_claims(agent)).select_related(*NAMED_BY[:3])
    return list(promised[:limit]), list(claimed[:limit])


def _promise(each: Commitment, done: Iterable[Measure]) -> Promise:
    return Promise(
        each.pk,
        each.provider_id,
        each.receiver_id,
        tuple(much for much in (each.resource_quantity, each.effort_quantity) if much is not None),
        tuple(done),
        each.due,
        each.finished,
    )
