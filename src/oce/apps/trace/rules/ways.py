"""One step back and one step forth, with the corrections F1 to F6.

*Back* goes against the flow (trace), *forth* goes with it (track): what one does with the
inputs of a process the other does with its outputs. The letters are those of the standard's
notes; `docs/explanation/trace.md` tells them in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from oce.apps.trace.rules.ledger import Event, Ledger
from oce.apps.trace.rules.nodes import Node

Strand = tuple[object, list[Event]]
"""Events in the order of a walk, and what tells their list from others."""


class Entry(NamedTuple):
    """Where an event leads: a resource or process, and the events to go on with from there.

    The owner is None where an event leads straight to another, a correction to what it corrects.
    """

    owner: Node | None
    strands: list[Strand]


class Way(Protocol):
    """A direction to walk in."""

    ledger: Ledger

    def of_resource(self, resource: int, beyond: Event | None = None) -> Entry:
        """Return the events of `resource` that lead on, only those `beyond` one if that is given (F6)."""

    def of_process(self, process: int) -> Entry:
        """Return the events of `process` that lead on."""

    def after(self, event: Event) -> Entry | None:
        """Return where `event` leads; None where the flow begins or ends."""

    def opens(self, event: Event) -> bool:
        """Return whether here the walk goes into a container, following what lies in it (F4)."""

    def closes(self, event: Event) -> bool:
        """Return whether here, in the direction of the walk, a thing comes out of a container."""

    def is_beyond(self, event: Event, other: Event) -> bool:
        """Return whether the walk meets `event` later than `other` on the chain of the resource of both."""


def corrected(ledger: Ledger, event: Event) -> Entry | None:
    """Return the event that a correction corrects; nothing for what does not carry the flow."""
    original = None if event.corrects is None else ledger.events.get(event.corrects)
    return Entry(None, [(("event", event.sequence), [original])]) if original is not None and original.carries else None


def place(ledger: Ledger, resource: int, event: Event) -> int:
    """Return where `event` stands on the chain of `resource`."""
    return ledger.chains[resource].index(event)


def naming(events: Iterable[Event], resource: int, pair: int, side: str) -> list[Event]:
    """Return those of `events` that take `side` in `pair` and name `resource`, on either of their sides (F1)."""
    return [each for each in events if getattr(each.verb, side) == pair and resource in each.resources]


class Back:
    """Against the flow: from what was made to what it was made of."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def of_resource(self, resource: int, beyond: Event | None = None) -> Entry:
        """Return the events that made `resource`, those before `beyond` (F6), latest first."""
        chain = self.ledger.chains.get(resource, [])
        earlier = chain if beyond is None else chain[: place(self.ledger, resource, beyond)]
        made = [each for each in reversed(earlier) if self._makes(each, resource)]
        return Entry(("resource", resource), [(("resource", resource), made)])

    @staticmethod
    def _makes(event: Event, resource: int) -> bool:
        by_itself = event.resource == resource and (event.output_of is not None or event.verb.is_bare)
        return event.carries and (by_itself or event.to_resource == resource)

    def of_process(self, process: int) -> Entry:
        """Return the inputs of `process`, latest first; what only passed through comes last."""
        own: list[Event] = []
        passing: list[Event] = []
        for each in reversed(self.ledger.inputs.get(process, [])):
            (passing if self._only_passes(each) else own).append(each)
        return Entry(("process", process), [((process, "own"), own), ((process, "passing"), passing)])

    def _only_passes(self, event: Event) -> bool:
        pair, outputs = event.verb.pair_in, self.ledger.outputs.get(event.input_of or -1, [])
        return bool(pair) and any(naming(outputs, each, pair, "pair_out") for each in event.resources)

    def after(self, event: Event) -> Entry | None:
        """Return the process an output came out of, or the resource that anything else took from."""
        if not event.carries:
            return corrected(self.ledger, event)
        if event.output_of is not None:
            return self._into(event.output_of, event)
        is_opening = event.verb.is_bare and event.previous_event is None
        if event.resource is None or is_opening:
            return None
        return self.of_resource(event.resource, event)

    def _into(self, process: int, event: Event) -> Entry:
        owner, (own, passing) = self.of_process(process)
        if event.verb.takes_out:
            return Entry(owner, [own, passing])
        pair, inputs = event.verb.pair_out, passing[1]
        partners: list[Strand] = [
            ((process, pair, each), naming(inputs, each, pair, "pair_in")) for each in event.resources if pair
        ]
        return Entry(owner, [own, *partners])

    def opens(self, event: Event) -> bool:
        """Return whether `event` took its resource out of a container, in which the walk now follows it."""
        return event.carries and event.verb.takes_out and None not in {event.output_of, event.resource}

    def closes(self, event: Event) -> bool:
        """Return whether `event` put its resource into a container, and so ends its time in there."""
        return event.carries and event.verb.puts_in and event.resource is not None

    def is_beyond(self, event: Event, other: Event) -> bool:
        """Return whether `event` lies before `other` on the chain of the resource of both."""
        return place(self.ledger, event.resources[0], event) < place(self.ledger, event.resources[0], other)


class Forth:
    """With the flow: from what was there to what became of it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def of_resource(self, resource: int, beyond: Event | None = None) -> Entry:
        """Return the events that took from `resource` (F5), those after `beyond` (F6), earliest first."""
        chain = self.ledger.chains.get(resource, [])
        later = chain if beyond is None else chain[place(self.ledger, resource, beyond) + 1 :]
        takes = [each for each in later if self._takes(each, resource)]
        return Entry(("resource", resource), [(("resource", resource), takes)])

    @staticmethod
    def _takes(event: Event, resource: int) -> bool:
        made_it = event.output_of is not None or event.verb.only_adds
        return event.carries and event.resource == resource and not made_it

    def of_process(self, process: int) -> Entry:
        """Return the outputs of `process`, earliest first; what only passed through comes first."""
        own: list[Event] = []
        passing: list[Event] = []
        for each in self.ledger.outputs.get(process, []):
            (passing if self._only_passes(each) else own).append(each)
        return Entry(("process", process), [((process, "passing"), passing), ((process, "own"), own)])

    def _only_passes(self, event: Event) -> bool:
        pair, inputs = event.verb.pair_out, self.ledger.inputs.get(event.output_of or -1, [])
        return bool(pair) and any(naming(inputs, each, pair, "pair_in") for each in event.resources)

    def after(self, event: Event) -> Entry | None:
        """Return the process an input went into, else the to side (F2), else the resource an output made."""
        if not event.carries:
            return corrected(self.ledger, event)
        if event.input_of is not None:
            return self._into(event.input_of, event)
        if event.to_resource is not None:
            return self.of_resource(event.to_resource, event)
        if event.output_of is not None and event.resource is not None:
            return self.of_resource(event.resource, event)
        return None

    def _into(self, process: int, event: Event) -> Entry:
        owner, (passing, own) = self.of_process(process)
        pair = event.verb.pair_in
        if not pair or not event.resources:
            return Entry(owner, [passing, own])
        partners: list[Strand] = [
            ((process, pair, each), naming(passing[1], each, pair, "pair_out")) for each in event.resources
        ]
        return Entry(owner, [*partners, own])

    def opens(self, event: Event) -> bool:
        """Return whether `event` put its resource into a container, in which the walk now follows it."""
        return event.carries and event.verb.puts_in and event.resource is not None

    def closes(self, event: Event) -> bool:
        """Return whether `event` took its resource out of a container, and so ends its time in there."""
        return event.carries and event.verb.takes_out and event.resource is not None

    def is_beyond(self, event: Event, other: Event) -> bool:
        """Return whether `event` lies after `other` on the chain of the resource of both."""
        return place(self.ledger, event.resources[0], event) > place(self.ledger, event.resources[0], other)
