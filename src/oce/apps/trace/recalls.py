"""Calling a lot back: who has what of it now, whom to ask, and to whom it went who keeps no records here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from oce.apps.agents.models import Agent, AgentRelationship, RoleKind
from oce.apps.trace import queries
from oce.apps.trace.naming import Names
from oce.apps.trace.sights import NODES_MAX, entries_of, look
from oce.kit import clock
from oce.kit.actor import seen_by
from oce.kit.pages.navigation import record_url

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from oce.apps.events.models import EconomicEvent
    from oce.apps.resources.models import EconomicResource
    from oce.apps.trace.sights import Seen
    from oce.kit.actor import Actor

CONTACTS_MAX = 3


@dataclass(frozen=True, slots=True)
class Holding:
    """A thing of the lot, or made of it, that somebody has now.

    Attributes:
        holder: who has it; None where one may not see that.
        contacts: members of the group that has it, a few at most.
        is_itself: whether it is of the lot, and not something made of it.
    """

    resource: EconomicResource
    thing: str
    amount: str
    holder: Agent | None
    contacts: tuple[Agent, ...]
    place: str
    is_itself: bool

    @property
    def url(self) -> str:
        """Where the thing has its page."""
        return record_url(self.resource)


@dataclass(frozen=True, slots=True)
class Gone:
    """What went to somebody who keeps no records of it here."""

    event: EconomicEvent
    thing: str
    amount: str
    taker: Agent | None


@dataclass(frozen=True, slots=True)
class RecallList:
    """The answer: the things that are somewhere, what is gone, and how much of the way is not seen or not followed."""

    code: str
    is_known: bool
    holdings: tuple[Holding, ...] = ()
    gone: tuple[Gone, ...] = ()
    hidden: int = 0
    more: int = 0


def recall_list(actor: Actor, code: str, *, nodes_max: int = NODES_MAX) -> RecallList:
    """Return who has what of a lot now, or of what was made of it."""
    starts = queries.of_lot(actor, code)
    if not starts:
        return RecallList(code, is_known=False)
    seen = look(actor, starts, levels=None, nodes_max=nodes_max, is_back=False)
    names = Names(seen)
    kept = {
        key: resource
        for kind, key in seen.sight.distance
        if kind == "resource" and (resource := seen.resources[key]).onhand_quantity
    }
    contacts = _contacts(actor, {each.primary_accountable_id for each in kept.values()})
    itself = {each.pk for each in starts}
    return RecallList(
        code,
        is_known=True,
        holdings=tuple(
            Holding(
                resource=resource,
                thing=names.thing(key),
                amount=names.amount(resource.onhand_quantity, key),
                holder=seen.agents.get(resource.primary_accountable_id or 0),
                contacts=contacts.get(resource.primary_accountable_id, ()),
                place=str(resource.current_location or ""),
                is_itself=key in itself,
            )
            for key, resource in kept.items()
        ),
        gone=tuple(_gone(seen, names)),
        hidden=seen.sight.hidden,
        more=seen.sight.more,
    )


def _gone(seen: Seen, names: Names) -> list[Gone]:
    """Return the hand-overs after which nothing is known of the thing, in the order of the ledger."""
    return [
        Gone(seen.events[key], names.thing(taken), names.amount(entry.amount, taken), seen.agents.get(entry.receiver))
        for key, entry in entries_of(seen).items()
        if ("event", key) in seen.sight.distance and entry.is_hand_over and entry.input_of is None
        for taken, added in (entry.sides,)
        if taken is not None and added is None
    ]


def _contacts(actor: Actor, groups: Collection[int | None]) -> Mapping[int | None, tuple[Agent, ...]]:
    """Return a few people who are now members of each group, by its key."""
    now = clock.now()
    memberships = seen_by(actor, AgentRelationship.every()).filter(
        Q(has_beginning=None) | Q(has_beginning__lte=now),
        Q(has_end=None) | Q(has_end__gt=now),
        object__in=[key for key in groups if key is not None],
        relationship__kind_of_role=RoleKind.MEMBER,
        subject__in=seen_by(actor, Agent.every()).order_by().values("pk"),
    )
    found: dict[int | None, tuple[Agent, ...]] = defaultdict(tuple)
    for each in memberships.select_related("subject"):
        if len(found[each.object_id]) < CONTACTS_MAX:
            found[each.object_id] = (*found[each.object_id], each.subject)
    return found
