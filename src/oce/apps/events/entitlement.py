"""Who may write into the ledger: for whom something happened, and whose stock it takes from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from oce.kit.access import refuse_unentitled
from oce.kit.actor import Actor, Power
from oce.kit.journal import SUBJECTS_MAX, JournalLine

if TYPE_CHECKING:
    from oce.apps.events.models import EconomicEvent
    from oce.vf.refusals import Refusal

# An event is journaled at the end of the wish that recorded it, which takes no longer than this.
WISH_LASTS_MAX = timedelta(minutes=2)


def may_name(actor: Actor, whose: object, *, is_shared: bool) -> bool:
    """Return whether an actor sees a resource that an event names; what is nobody's stock has nothing to hide here."""
    return is_shared or whose is None or whose in actor.sees or actor.sees_everything


def refuse_recording(actor: Actor, parties: frozenset[int], taken_from: int | None) -> list[Refusal]:
    """Who records something may record for its giver or its taker, and for whoever is accountable for what it takes from."""
    refusals = refuse_unentitled(actor, Power.RECORD, parties)
    if refusals or taken_from is None:
        return refusals
    return refuse_unentitled(actor, Power.RECORD, (taken_from,))


def refuse_correcting(actor: Actor, event: EconomicEvent) -> list[Refusal]:
    """An event is corrected by who recorded it, or by who coordinates one of its parties."""
    refusals = refuse_unentitled(actor, Power.COORDINATE, event.involved())
    return [] if refusals and _was_recorded_by(actor, event) else refusals


def may_correct(actor: Actor, event: EconomicEvent) -> bool:
    """Return whether an actor may correct an event, and decide who sees it, without looking up who else may."""
    if Power.RECORD in actor.powers or actor.may(Power.COORDINATE, *event.involved()):
        return True
    return _was_recorded_by(actor, event)


def _was_recorded_by(actor: Actor, event: EconomicEvent) -> bool:
    """Return whether the journal says that this actor recorded the event; of many at once it names the first."""
    if actor.agent is None:
        return False
    lines = JournalLine.objects.filter(agent=actor.agent, at__gte=event.created, at__lte=event.created + WISH_LASTS_MAX)
    told = lines.values_list("subjects", flat=True)
    return any(event.address in subjects or len(subjects) == SUBJECTS_MAX for subjects in told)
