"""What the ledger already says: of events to be corrected, of processes, of one resource."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from oce.apps.events.legs import unpacked
from oce.apps.events.lines import COLUMNS, Line, happening_of
from oce.apps.events.models import EconomicEvent
from oce.apps.events.rules import CORRECTION_KEEPS, Original
from oce.apps.resources import stock
from oce.kit.records import Record, read_uid
from oce.vf.actions import ACTIONS
from oce.vf.containers import Containers
from oce.vf.decimals import EXACT
from oce.vf.replays import backed_out_of, restamp
from oce.vf.states import NEW, ZERO, Happening, ResourceState

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from django.db.models import QuerySet

    from oce.apps.events.drafts import EventDraft, Reference

_CONTAINING = tuple(name for name, row in ACTIONS.items() if row.contained_effect or row.can_contain)
_HANDING = tuple(name for name, row in ACTIONS.items() if row.changes_hands)
# Of a draft that corrects, these are taken over from the event it corrects when they are not said.
_TAKEN_OVER = {name.removesuffix("_id"): name for name in CORRECTION_KEEPS if name != "action"} | {
    "resource_conforms_to": "resource_conforms_to_id"
}


class Corrected(NamedTuple):
    """An event that a draft corrects: its key, what is left of it, and whose its only resource was (T3)."""

    key: int
    facts: Original
    lone_is_receivers: bool | None

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
    return replace(draft, **missing)


def corrected(event: EconomicEvent) -> Corrected:
    """Lock an event that is to be corrected, and return what is left of it after its corrections so far."""
    # Two corrections of one event wait for each other here, so that together they cannot take back more than there was.
    EconomicEvent.objects.select_for_update().filter(pk=event.pk).values_list("pk").first()
    quantity, effort = event.resource_quantity_value, event.effort_quantity_value
    amounts = EconomicEvent.objects.filter(corrects=event.pk).values_list("resource_quantity_value", "effort_quantity_value")
    for quantity_change, effort_change in amounts:
        quantity = None if quantity is None else EXACT.add(quantity, quantity_change or ZERO)
        effort = None if effort is None else EXACT.add(effort, effort_change or ZERO)
    legs = unpacked(event.effect)
    facts = Original(
        name=str(event),
        is_correction=event.corrects_id is not None,
        resource_quantity=quantity,
        resource_unit=event.resource_quantity_unit,
        effort_quantity=effort,
        effort_unit=event.effort_quantity_unit,
        kept={column: getattr(event, column) for column in CORRECTION_KEEPS},
    )
    is_lone = ACTIONS[event.action].changes_hands and event.to_resource_inventoried_as_id is None
    return Corrected(event.pk, facts, (legs.from_onhand + legs.from_accounting > 0) if is_lone else None)


def lines_of(events: QuerySet[EconomicEvent]) -> Iterator[Line]:
    """Yield events as lines, in the order of the ledger."""
    for row in events.order_by("id").values_list(*COLUMNS):
        yield Line(*row)


def happenings_of(events: QuerySet[EconomicEvent]) -> list[Happening]:
    """Return events as the rules of effects see them, in the order of the ledger."""
    rows = events.order_by("id").values_list(*COLUMNS, "output_of__based_on_id")
    return [
        happening_of(Line(*row[:-1]), stage=row[-1], creates=unpacked(row[COLUMNS.index("effect")]).creates, lone_is_receivers=None)
        for row in rows
    ]


def containing(processes: Iterable[int]) -> list[Happening]:
    """Return what was combined in and brought out of these processes, without what was undone."""
    keys = list(processes)
    events = EconomicEvent.objects.filter(action__in=_CONTAINING)
    happenings = happenings_of(events.filter(input_of__in=keys) | events.filter(output_of__in=keys))
    undone = backed_out_of(happenings)
    return [each for each in happenings if each.corrects is None and each.id not in undone]


def restamped(key: int) -> ResourceState:
    """Return the state of one resource from its whole history, as after an undo."""
    events = EconomicEvent.objects.filter(resource_inventoried_as=key) | EconomicEvent.objects.filter(
        to_resource_inventoried_as=key
    )
    happenings = happenings_of(events)
    combined = {
        each.input_of for each in happenings if each.input_of and ACTIONS[each.action].contained_effect == "update"
    }
    if combined:
        containers = Containers(containing(combined))  # type: ignore[arg-type]
        happenings = [
            each._replace(container=containers.of(each.input_of))
            if ACTIONS[each.action].contained_effect == "update" and each.to_resource is None
            else each
            for each in happenings
        ]
    return restamp(happenings, key, stock.openings([key]).get(key, NEW))


def combined_in(processes: Iterable[int]) -> set[int]:
    """Return the resources that were combined in these processes."""
    actions = [name for name, row in ACTIONS.items() if row.contained_effect == "update"]
    combined = EconomicEvent.objects.filter(action__in=actions, input_of__in=list(processes))
    return {key for (key,) in combined.values_list("resource_inventoried_as_id") if key is not None}


def last_custodies(keys: Iterable[int]) -> dict[Hashable, tuple[Hashable, Hashable]]:
    """Return provider and receiver of the last event that handed each of these resources over; only of those handed over."""
    wanted = list(keys)
    found: dict[Hashable, tuple[int, Hashable, Hashable]] = {}
    for column in ("resource_inventoried_as_id", "to_resource_inventoried_as_id"):
        for start in range(0, len(wanted), stock.BATCH):
            handed = EconomicEvent.objects.filter(
                action__in=_HANDING, corrects=None, **{f"{column}__in": wanted[start : start + stock.BATCH]}
            )
            for key, place, provider, receiver in handed.values_list(column, "id", "provider_id", "receiver_id"):
                if key not in found or found[key][0] < place:
                    found[key] = (place, provider, receiver)
    return {key: (provider, receiver) for key, (_, provider, receiver) in found.items()}
