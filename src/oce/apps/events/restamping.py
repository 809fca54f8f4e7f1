"""What a resource falls back to when an event is undone: place, stage, state and accountable, as if that had not happened.

Which events stamp follows from all before them: one that tells of an earlier moment than those stamps nothing. So in doubt
the whole history is played anew. Mostly the newest events decide: played once as if nothing had happened before them, and
once as if it had happened as late as any event before them, they leave the same, and then what was before makes no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Max
from django.db.models.functions import Coalesce

from oce.apps.events import history
from oce.apps.events.models import EconomicEvent
from oce.apps.resources import stock
from oce.vf.actions import ACTIONS
from oce.vf.replays import backed_out_of, replay
from oce.vf.states import NEW, Happening, ResourceState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

# So many of the newest events are asked, first and then, before it is all of them.
BLOCKS = (64, 4_096)
_SIDES = ("resource_inventoried_as", "to_resource_inventoried_as")
_UNTOLD: Any = object()


class Stamps(NamedTuple):
    """What events stamp on a resource, `_UNTOLD` where none of them does, and the moment from which that holds."""

    location: Any
    accountable: Any
    stage: Any
    state: Any
    as_of: datetime | None


_NOTHING = Stamps(_UNTOLD, _UNTOLD, _UNTOLD, _UNTOLD, None)


def fallen_back(states: Mapping[int, ResourceState], undone: int) -> dict[int, ResourceState]:
    """Return these states as they are without the event that was undone.

    Args:
        states: of resources that it touched, by private key, with their quantities already as they were.
        undone: its place in the ledger.
    """
    [event] = history.happenings_of(EconomicEvent.objects.filter(pk=undone))
    fallen: dict[int, ResourceState] = {}
    for key, state in states.items():
        is_contents = ACTIONS[event.action].contained_effect or key not in {event.resource, event.to_resource}
        found = None if is_contents else _fallen_back(key, state, event)
        fallen[key] = history.restamped([key])[key] if found is None else found
    return fallen


def _fallen_back(key: int, state: ResourceState, event: Happening) -> ResourceState | None:
    """Return the state without the event; None where only the whole history can tell."""
    stamped = _played(key, [event], _NOTHING)
    if all(value is _UNTOLD for value in stamped[:-1]):
        return state
    for count in BLOCKS:
        places = _newest(key, count)
        newest = history.happenings_of(EconomicEvent.objects.filter(pk__in=places))
        if any(ACTIONS[each.action].contained_effect for each in newest):
            return None
        backed_out = backed_out_of(newest)
        valid = [each for each in newest if each.corrects is None and each.id not in backed_out]
        if len(places) < count:
            beginning = stock.beginnings([key]).get(key, NEW)
            return state._replace(**_played(key, valid, Stamps(*_stamps(beginning)))._asdict())
        found = _played(key, valid, _NOTHING)
        is_decided = found == _played(key, valid, _NOTHING._replace(as_of=_latest(key, places[0])))
        is_told = all(told is not _UNTOLD for told, own in zip(found, stamped, strict=True) if own is not _UNTOLD)
        if is_decided and is_told and not _hides(event, key, places[0]):
            told = {name: value for name, value in found._asdict().items() if value is not _UNTOLD}
            return state._replace(**told)
    return None


def _played(key: int, valid: Iterable[Happening], before: Stamps) -> Stamps:
    """Return what these events stamp on a resource, one after the other."""
    # Quantities move no stamp, and from here they might leave their bounds.
    bare = [each._replace(quantity=None) for each in valid]
    return Stamps(*_stamps(replay(bare, {key: NEW._replace(**before._asdict())}, backed_out=frozenset())[key]))


def _stamps(state: ResourceState) -> tuple[Any, ...]:
    return tuple(getattr(state, name) for name in Stamps._fields)


def _newest(key: int, count: int) -> Sequence[int]:
    """Return the places of the newest events that touch a resource, in order."""
    places: set[int] = set()
    for side in _SIDES:
        events = EconomicEvent.objects.filter(**{side: key}).order_by("-id")
        places.update(events.values_list("id", flat=True)[:count])
    return sorted(places)[-count:]


def _latest(key: int, place: int) -> datetime | None:
    """Return the latest moment of which the events of a resource before a place tell."""
    found = [_moments(side, key).filter(id__lt=place).aggregate(last=Max("moment"))["last"] for side in _SIDES]
    return max((moment for moment in found if moment is not None), default=None)


def _hides(event: Happening, key: int, place: int) -> bool:
    """Return whether an event between this one and a place may have stamped nothing only because this one is of later."""
    if event.moment is None:
        return False
    between = {"id__gt": event.id, "id__lt": place, "moment__lt": event.moment}
    return any(_moments(side, key).filter(**between).exists() for side in _SIDES)


def _moments(side: str, key: int) -> QuerySet[EconomicEvent]:
    events: QuerySet[EconomicEvent] = EconomicEvent.objects.filter(**{side: key})
    return events.annotate(moment=Coalesce("has_point_in_time", "has_end", "has_beginning"))
