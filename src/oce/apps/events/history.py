"""What the ledger already says: of events to be corrected, of processes, of one resource."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from oce.apps.events.legs import LEGS
from oce.apps.events.lines import COLUMNS, Line, happening_of
from oce.apps.events.models import EconomicEvent
from oce.apps.events.rules import CORRECTION_KEEPS, Original
from oce.apps.resources import stock
from oce.kit.records import Record, read_uid
from oce.vf.actions import ACTIONS
from oce.vf.decimals import EXACT
from oce.vf.replays import backed_out_of, replay
from oce.vf.states import NEW, ZERO, Happening, ResourceState

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from django.db.models import QuerySet

    from oce.apps.events.drafts import EventDraft, Reference

_CONTAINING = tuple(name for name, row in ACTIONS.items() if row.contained_effect or row.can_contain)
COMBINING = tuple(name for name, row in ACTIONS.items() if row.contained_effect == "update")
_MOVING_CONTENTS = tuple(name for name, row in ACTIONS.items() if row.contained_effect)
_HANDING = tuple(name for name, row in ACTIONS.items() if row.changes_hands)
# Of a draft that corrects, these are taken over from the event it corrects when they are not said.
_TAKEN_OVER = {name.removesuffix("_id"): name for name in CORRECTION_KEEPS} | {
    "resource_conforms_to": "resource_conforms_to_id"
}


class Corrected(NamedTuple):
    """An event that a draft corrects.

    Attributes:
        key: its place.
        facts: what is left of it.
        lone_is_receivers: whose its only resource was (T3).
        stamps: whether it may have set more than quantities, which falls back when it is undone.
    """

    key: int
    facts: Original
    lone_is_receivers: bool | None
    stamps: bool

    def leaves_nothing(self, correction: Line) -> bool:
        """Return whether this correction brings the event to nothing, quantity and effort alike."""
        quantity = EXACT.add(self.facts.resource_quantity or ZERO, correction.resource_quantity_value or ZERO)
        effort = EXACT.add(self.facts.effort_quantity or ZERO, correction.effort_quantity_value or ZERO)
        return not quantity and not effort


def event_of(reference: Reference) -> EconomicEvent | None:
    """Return the event that a reference means, or None."""
    if isinstance(reference, EconomicEvent):
        return reference
    text = str(reference.uid) if isinstance(reference, Record) else str(reference)
    uid = read_uid(text)
    return EconomicEvent.objects.filter(**({"iri": text} if uid is None else {"uid": uid})).first()


def completed(draft: EventDraft, event: EconomicEvent) -> EventDraft:
    """Return a correcting draft with the links of the event it corrects wherever it does not say its own."""
    missing = {
        name: getattr(event, name)
        for name, column in _TAKEN_OVER.items()
        if getattr(draft, name) is None and getattr(event, column) is not None
    }
    # Some work has no kind, only words for it.
    tags = draft.resource_classified_as or tuple(event.resource_classified_as)
    # Who may not see an event learns nothing of it by its correction.
    return replace(draft, resource_classified_as=tags, visibility=draft.visibility or event.visibility, **missing)


def corrected(event: EconomicEvent) -> Corrected:
    """Lock an event that is to be corrected, and return what is left of it after its corrections so far."""
    # Two corrections of one event wait for each other here, so that together they cannot take back more than there was.
    EconomicEvent.objects.select_for_update().filter(pk=event.pk).values_list("pk").first()
    quantity, effort = event.resource_quantity_value, event.effort_quantity_value
    amounts = EconomicEvent.objects.filter(corrects=event.pk).values_list(
        "resource_quantity_value", "effort_quantity_value"
    )
    changes = list(amounts)
    for quantity_change, effort_change in changes:
        quantity = None if quantity is None else EXACT.add(quantity, quantity_change or ZERO)
        effort = None if effort is None else EXACT.add(effort, effort_change or ZERO)
    facts = Original(
        name=str(event),
        is_correction=event.corrects_id is not None,
        is_undone=bool(changes) and not quantity and not effort,
        resource_quantity=quantity,
        resource_unit=event.resource_quantity_unit,
        effort_quantity=effort,
        effort_unit=event.effort_quantity_unit,
        kept={column: getattr(event, column) for column in CORRECTION_KEEPS},
    )
    is_lone = ACTIONS[event.action].changes_hands and event.to_resource_inventoried_as_id is None
    return Corrected(event.pk, facts, LEGS[event.effect].gains if is_lone else None, _may_stamp(event))


def _may_stamp(event: EconomicEvent) -> bool:
    row = ACTIONS[event.action]
    hands_on = row.accountable_effect == "updateTo" or row.implied_transfer is not None
    return bool(
        event.to_location_id
        or event.state
        or row.contained_effect
        or LEGS[event.effect].creates
        or (event.to_resource_inventoried_as_id and hands_on)
        or (event.output_of_id and (row.stage_effect or row.can_contain))
    )


def happenings_of(events: QuerySet[EconomicEvent]) -> list[Happening]:
    """Return events as the rules of effects see them, in the order of the ledger."""
    happenings = []
    for *columns, stage in events.order_by("id").values_list(*COLUMNS, "output_of__based_on_id"):
        line = Line(*columns)
        legs = LEGS[line.effect]
        happenings.append(happening_of(line, stage=stage, creates=legs.creates, lone_is_receivers=legs.gains))
    return happenings


def containing(processes: Iterable[int]) -> list[Happening]:
    """Return what tells the containers of these processes: what was combined there, where it went since, what they brought out.

    What was undone is left out.
    """
    happenings = happenings_of(_containing(list(processes)))
    undone = backed_out_of(happenings)
    return [each for each in happenings if each.corrects is None and each.id not in undone]


def restamped(keys: Iterable[int]) -> dict[int, ResourceState]:
    """Return the states of resources from their whole history, as after an undo."""
    wanted = sorted(keys)
    beginnings = stock.beginnings(wanted)
    after = replay(_history(wanted), {key: beginnings.get(key, NEW) for key in wanted})
    return {key: after[key] for key in wanted}


def combined_in(processes: Iterable[int]) -> set[int]:
    """Return the resources that were combined in these processes."""
    combined = EconomicEvent.objects.filter(action__in=COMBINING, input_of__in=list(processes))
    return {key for (key,) in combined.values_list("resource_inventoried_as_id") if key is not None}


def _containing(processes: list[int]) -> QuerySet[EconomicEvent]:
    there = Q(input_of__in=processes) | Q(output_of__in=processes)
    # A thing that was put elsewhere since, or taken out, no longer waits here.
    moved = Q(resource_inventoried_as__in=combined_in(processes), action__in=_MOVING_CONTENTS)
    return EconomicEvent.objects.filter(there & Q(action__in=_CONTAINING) | moved)


def _history(keys: list[int]) -> list[Happening]:
    """Return every event of the resources, and all that tells in which containers they lay."""
    events = EconomicEvent.objects.filter(Q(resource_inventoried_as__in=keys) | Q(to_resource_inventoried_as__in=keys))
    happenings = {each.id: each for each in happenings_of(events)}
    places = {each.input_of for each in happenings.values() if each.input_of and each.action in COMBINING}
    if places:
        happenings.update((each.id, each) for each in happenings_of(_containing(sorted(places))))  # type: ignore[arg-type]
    return [happenings[place] for place in sorted(happenings)]  # type: ignore[type-var]


def last_custodies(keys: Iterable[int]) -> dict[Hashable, tuple[Hashable, Hashable]]:
    """Return provider and receiver of the last event that handed each of these resources over; only of those handed over.

    What was undone handed nothing over.
    """
    wanted = list(keys)
    found: dict[Hashable, tuple[int, Hashable, Hashable]] = {}
    for column in ("resource_inventoried_as_id", "to_resource_inventoried_as_id"):
        for start in range(0, len(wanted), stock.BATCH):
            events = EconomicEvent.objects.filter(
                action__in=_HANDING, corrects=None, **{f"{column}__in": wanted[start : start + stock.BATCH]}
            )
            handed = list(events.values_list(column, "id", "provider_id", "receiver_id"))
            undone = _undone({place for _, place, _, _ in handed})
            for key, place, provider, receiver in handed:
                if place not in undone and (key not in found or found[key][0] < place):
                    found[key] = (place, provider, receiver)
    return {key: (provider, receiver) for key, (_, provider, receiver) in found.items()}


def _undone(places: set[int]) -> set[Hashable]:
    """Return which of these events their corrections have brought to nothing."""
    wanted = sorted(places)
    undone: set[Hashable] = set()
    for start in range(0, len(wanted), stock.BATCH):
        corrections = EconomicEvent.objects.filter(corrects__in=wanted[start : start + stock.BATCH])
        corrected = set(corrections.values_list("corrects_id", flat=True))
        if corrected:
            events = EconomicEvent.objects.filter(Q(pk__in=corrected) | Q(corrects__in=corrected))
            undone |= backed_out_of(happenings_of(events))
    return undone
