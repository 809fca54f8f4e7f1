"""The life of a thing as people read it: what happened to it, what it was made from and went into, who did what for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oce.apps.agents.models import Agent
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.apps.things.queries import Surroundings
from oce.vf.actions import ACTIONS
from oce.vf.measures import Measure

# Which picture stands beside which action, and to which family of verbs it belongs.
_LOOKS = {
    "produce": ("package-plus", "make"),
    "modify": ("package-check", "make"),
    "accept": ("package-open", "use"),
    "consume": ("package-minus", "use"),
    "use": ("wrench", "use"),
    "work": ("hammer", "work"),
    "cite": ("quote", "cite"),
    "move": ("truck", "give"),
    "pickup": ("truck", "give"),
    "dropoff": ("truck", "give"),
    "raise": ("circle-plus", "make"),
    "lower": ("circle-minus", "use"),
    "combine": ("container", "make"),
    "separate": ("package-open", "make"),
    "copy": ("copy", "cite"),
}
_GIVEN = ("hand-helping", "give")


class Moment(NamedTuple):
    """One event in the life of a thing."""

    at: datetime
    event: EconomicEvent
    icon: str
    family: str
    change: Measure | None
    process: Process | None
    is_undone: bool

    @property
    def is_gain(self) -> bool:
        """Whether there was more of the thing afterwards."""
        return self.change is not None and self.change.value > 0


class Passed(NamedTuple):
    """A thing, or a kind of things, that another was made from or went into: how much, by whom, in which process."""

    thing: EconomicResource
    amount: Measure | None
    agent: Agent | None
    process: Process | None

    @property
    def name(self) -> str:
        """What the thing is called, to those who may see it."""
        return str(self.thing)


class Deed(NamedTuple):
    """What somebody did for a thing: in how many hours, or how much of it."""

    words: str | Promise
    amounts: tuple[Measure, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who did something for a thing."""

    agent: Agent
    deeds: tuple[Deed, ...]


WORKED, USED, MADE, GAVE = _("worked"), _("used"), _("made"), _("gave")


def moments_of(resource: EconomicResource, events: Iterable[EconomicEvent], undone: Iterable[int] = ()) -> list[Moment]:
    """Return the events in the life of a thing as its page tells them, in the order given."""
    gone = frozenset(undone)
    return [
        Moment(
            event.occurred_at,
            event,
            *look_of(event.action),
            _change(resource, event),
            event.output_of or event.input_of,
            event.pk in gone,
        )
        for event in events
    ]


def look_of(action: str) -> tuple[str, str]:
    """Return the icon of an action, and the family of verbs that it belongs to."""
    return _LOOKS.get(action, _GIVEN)


def made_from(around: Surroundings, events: Iterable[EconomicEvent], resource: EconomicResource) -> list[Passed]:
    """Return what a thing was made from, or split off from, each once."""
    inputs = [event for event in around.before if not _is_effort(event) and event.resource_inventoried_as_id]
    split = [
        event
        for event in events
        if event.to_resource_inventoried_as_id == resource.pk
        and event.resource_inventoried_as_id not in {None, resource.pk}
    ]
    return _passed([(event, event.resource_inventoried_as) for event in (*split, *inputs)], resource)


def went_into(around: Surroundings, events: Iterable[EconomicEvent], resource: EconomicResource) -> list[Passed]:
    """Return what a thing went into: what came out of the processes that took it, and the parts that were split off."""
    outputs = [(event, event.to_resource_inventoried_as or event.resource_inventoried_as) for event in around.after]
    split = [
        (event, event.to_resource_inventoried_as)
        for event in events
        if event.resource_inventoried_as_id == resource.pk
        and event.to_resource_inventoried_as_id not in {None, resource.pk}
    ]
    return _passed([*outputs, *split], resource)


def contributors_of(around: Surroundings, events: Iterable[EconomicEvent]) -> list[Contributor]:
    """Return who did what for a thing: work in its making, what was given for it, and who made it."""
    deeds: dict[Agent, dict[tuple[str | Promise, str], list[Measure]]] = {}
    for event in (*around.before, *(each for each in events if each.output_of_id is not None)):
        words = _words_of(event)
        amount = event.effort_quantity if _is_effort(event) else event.resource_quantity
        kind = event.resource_conforms_to or (
            event.resource_inventoried_as and event.resource_inventoried_as.conforms_to
        )
        of_agent = deeds.setdefault(event.provider, {})
        amounts = of_agent.setdefault((words, str(kind or "")), [])
        if amount is not None:
            _add(amounts, amount)
    return [
        Contributor(agent, tuple(Deed(words, tuple(amounts), what) for (words, what), amounts in done.items()))
        for agent, done in deeds.items()
    ]


def _words_of(event: EconomicEvent) -> str | Promise:
    if event.resource_inventoried_as_id is None and _is_effort(event):
        return WORKED
    return USED if _is_effort(event) else MADE if event.output_of_id is not None else GAVE


def _add(amounts: list[Measure], amount: Measure) -> None:
    """Add an amount to those of its unit."""
    for at, known in enumerate(amounts):
        if known.unit == amount.unit:
            amounts[at] = known + amount
            return
    amounts.append(amount)


def _passed(found: Sequence[tuple[EconomicEvent, EconomicResource | None]], own: EconomicResource) -> list[Passed]:
    """Return things as the page names them, each once, with the sum of what passed."""
    by_thing: dict[int, Passed] = {}
    for event, thing in found:
        if thing is None or thing.pk == own.pk:
            continue
        known = by_thing.get(thing.pk)
        amount = event.resource_quantity
        if known is not None and known.amount is not None and amount is not None and known.amount.unit == amount.unit:
            amount = known.amount + amount
        process = event.input_of or event.output_of
        by_thing[thing.pk] = Passed(thing, amount, event.provider, process)
    return list(by_thing.values())


def _change(resource: EconomicResource, event: EconomicEvent) -> Measure | None:
    """Return by how much an event changed what is there of a thing; None where it only touched it."""
    row = ACTIONS[event.action]
    amount: Measure | None = event.resource_quantity
    if amount is None or not row.counts:
        return None
    is_to = event.to_resource_inventoried_as_id == resource.pk
    if is_to and event.resource_inventoried_as_id == resource.pk:
        return None
    if row.hands_over:
        moved_whole = event.to_resource_inventoried_as_id is None and row.stays_with_agent
        if moved_whole:
            return None
        is_gain = is_to or (event.to_resource_inventoried_as_id is None and _is_receivers(resource, event))
        return amount if is_gain else -amount
    effect = row.onhand_effect or row.accounting_effect
    return -amount if effect == "decrement" else amount


def _is_receivers(resource: EconomicResource, event: EconomicEvent) -> bool:
    return resource.primary_accountable_id == event.receiver_id != event.provider_id


def _is_effort(event: EconomicEvent) -> bool:
    return event.resource_quantity is None and event.effort_quantity is not None
