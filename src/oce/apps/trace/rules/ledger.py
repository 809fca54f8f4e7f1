"""The ledger as dictionaries: events by their sequence, by resource and by process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from oce.apps.trace.rules.breadcrumbs import unwound
from oce.apps.trace.rules.columns import LINKS, NONE, Columns
from oce.apps.trace.rules.verbs import Verb, verb


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the ledger; None where it refers to nothing."""

    sequence: int
    verb: Verb
    resource: int | None
    to_resource: int | None
    input_of: int | None
    output_of: int | None
    corrects: int | None
    previous_event: int | None
    to_previous_event: int | None
    backed_out: bool

    @property
    def carries(self) -> bool:
        """Whether the flow goes through it: it is no correction, nor brought to nothing by one."""
        return self.corrects is None and not self.backed_out

    @property
    def resources(self) -> list[int]:
        """The resources it names, each once, its own before the to side."""
        return list(dict.fromkeys(each for each in (self.resource, self.to_resource) if each is not None))

    def crumb(self, resource: int) -> int | None:
        """Return the event before on `resource` (T7)."""
        return self.previous_event if self.resource == resource else self.to_previous_event


@dataclass(frozen=True, slots=True)
class Ledger:
    """Events by what they name; those that carry nothing are found by their own sequence only.

    Attributes:
        chains: the events of each resource in the order of the breadcrumbs.
    """

    events: dict[int, Event]
    chains: dict[int, list[Event]] = field(default_factory=dict)
    inputs: dict[int, list[Event]] = field(default_factory=lambda: defaultdict(list))
    outputs: dict[int, list[Event]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, columns: Columns) -> Ledger:
        """Return the ledger that `columns` hold."""
        ledger = cls(events={event.sequence: event for event in _events(columns)})
        touched: dict[int, list[int]] = defaultdict(list)
        for event in ledger.events.values():
            for resource in event.resources:
                touched[resource].append(event.sequence)
            if event.carries and event.input_of is not None:
                ledger.inputs[event.input_of].append(event)
            if event.carries and event.output_of is not None:
                ledger.outputs[event.output_of].append(event)
        for resource, sequences in touched.items():
            ledger.chains[resource] = ledger._chain(resource, sequences)
        return ledger

    def _chain(self, resource: int, sequences: list[int]) -> list[Event]:
        crumbs = {each: self.events[each].crumb(resource) for each in sequences}
        known = {each: crumb for each, crumb in crumbs.items() if crumb in crumbs}
        return [self.events[each] for each in unwound(sequences, known)]


def _events(columns: Columns) -> Iterator[Event]:
    verbs = [verb(name) for name in columns.actions]
    arrays = columns.arrays().values()
    for sequence, action, *links, backed_out in zip(*(each.tolist() for each in arrays), strict=True):
        refers = {name: None if link == NONE else link for name, link in zip(LINKS, links, strict=True)}
        yield Event(sequence=sequence, verb=verbs[action], backed_out=backed_out, **refers)
