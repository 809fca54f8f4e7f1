"""Where things came from and where they went: the walk over the ledger, with the records it passed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q

from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.trace.graph import adjacency
from oce.kit.actor import is_seen_by, seen_by
from oce.kit.records import found_by_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from oce.apps.agents.models import Agent, SpatialThing
    from oce.apps.trace.rules.nodes import Kind, Listing, Node
    from oce.kit.actor import Actor
    from oce.kit.records import Record

Passed = EconomicEvent | EconomicResource | Process
Subject = Passed | BatchLotRecord
"""What a trace can be asked of; a lot stands for all resources that carry its code."""
MODELS: dict[Kind, type[Passed]] = {"event": EconomicEvent, "resource": EconomicResource, "process": Process}
SUBJECTS: tuple[type[Subject], ...] = (*MODELS.values(), BatchLotRecord)
# Values asked for in one statement: below the limit of bound values of either database.
BATCH = 10_000


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One record that the walk passed, how far from the start, and from which record it was reached."""

    record: Passed
    depth: int
    parent: Passed | None


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk found: the steps in its order, how many more there are beyond the bounds, and how many one may not see."""

    steps: tuple[TraceStep, ...]
    more: int
    hidden: int

    @property
    def records(self) -> list[Passed]:
        """The records in the order of the walk."""
        return [step.record for step in self.steps]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who and where a walk led past, besides the records themselves."""

    walk: Walk
    agents: tuple[Agent, ...]
    places: tuple[SpatialThing, ...]
    lots: tuple[BatchLotRecord, ...]


def node_of(record: Passed) -> Node:
    """Return what the walk calls a record."""
    kind: Kind = next(kind for kind, model in MODELS.items() if isinstance(record, model))
    return (kind, record.pk)


def trace(actor: Actor, starts: Sequence[Passed], *, depth: int | None = None, limit: int | None = None) -> Walk:
    """Return everything the starts came from, the latest first; at most `limit` records, at most `depth` steps away."""
    listing = adjacency().trace(map(node_of, starts), nodes_max=_bounded(limit), depth_max=depth)
    return _walk(actor, listing)


def track(actor: Actor, starts: Sequence[Passed], *, depth: int | None = None, limit: int | None = None) -> Walk:
    """Return everything the starts went into, the earliest first; bounded like `trace`."""
    listing = adjacency().track(map(node_of, starts), nodes_max=_bounded(limit), depth_max=depth)
    return _walk(actor, listing)


def previous(actor: Actor, record: Passed) -> list[Passed]:
    """Return what lies one step back: the events that made a resource, the inputs of a process, the process of an output."""
    return _seen(actor, adjacency().previous(node_of(record)))


def next_of(actor: Actor, record: Passed) -> list[Passed]:
    """Return what lies one step on: the events that took from a resource, the outputs of a process, what an event went into."""
    return _seen(actor, adjacency().next(node_of(record)))


def neighbours(actor: Actor, records: Iterable[Passed], *, onward: bool) -> dict[int, list[Passed]]:
    """Return what lies one step back from each of several records of one class, or one step on, by private key."""
    graph = adjacency()
    ordered = {each.pk: list((graph.next if onward else graph.previous)(node_of(each))) for each in records}
    found = _records(actor, {node for nodes in ordered.values() for node in nodes})
    return {key: [found[node] for node in nodes if node in found] for key, nodes in ordered.items()}


def of_lot(actor: Actor, code: str) -> list[EconomicResource]:
    """Return all resources whose lot carries this code, whoever has them: lot codes bridge gaps between agents."""
    lots = BatchLotRecord.objects.filter(batch_lot_code=code)
    return list(seen_by(actor, EconomicResource.every().filter(of_batch_lot__in=lots)))


def subjects(actor: Actor, reference: str) -> list[Subject]:
    """Return what an identifier or an address means, if the actor may see it: one record at most."""
    found: list[Subject] = []
    for model in SUBJECTS:
        keys = [record.pk for record in found_by_reference(model, [reference]).values()]
        seen: QuerySet[Any] = seen_by(actor, model.every())
        found += seen.filter(pk__in=keys) if keys else []
    return found


def starts_at(actor: Actor, subject: Subject) -> list[Passed]:
    """Return where the walk begins: the record itself, or what the actor sees of all resources of a lot's code."""
    if not isinstance(subject, BatchLotRecord):
        return [subject]
    return [*of_lot(actor, subject.batch_lot_code)]


def recall(actor: Actor, code: str, *, limit: int | None = None) -> Walk:
    """Return everything that went out of any resource of a lot: what to call back."""
    return track(actor, of_lot(actor, code), limit=limit)


def provenance(actor: Actor, starts: Sequence[Passed], *, limit: int | None = None) -> Provenance:
    """Return the trace of the starts with the agents, places and lots it led past, each once, in the order of the walk."""
    walk = trace(actor, starts, limit=limit)
    agents: dict[int, Agent] = {}
    places: dict[int, SpatialThing] = {}
    lots: dict[int, BatchLotRecord] = {}
    for record in walk.records:
        if isinstance(record, EconomicEvent):
            _add(actor, agents, record.provider, record.receiver)
            _add(actor, places, record.to_location)
        elif isinstance(record, EconomicResource):
            _add(actor, agents, record.primary_accountable)
            _add(actor, places, record.current_location)
            _add(actor, lots, record.of_batch_lot)
    return Provenance(walk, tuple(agents.values()), tuple(places.values()), tuple(lots.values()))


def _add(actor: Actor, found: dict[int, Any], *records: Record | None) -> None:
    """Add those of the records that there are, that are not there yet and that the actor may see."""
    for each in records:
        if each is not None and each.pk not in found and is_seen_by(actor, each):
            found[each.pk] = each


def _bounded(limit: int | None) -> int:
    most: int = settings.OCE_TRACE_NODES_MAX
    return most if limit is None else max(0, min(limit, most))


def _walk(actor: Actor, listing: Listing) -> Walk:
    found = _records(actor, listing.nodes())
    steps = tuple(
        TraceStep(found[step.node], step.depth, found.get(step.parent) if step.parent else None)
        for step in listing.steps()
        if step.node in found
    )
    return Walk(steps, listing.more, len(listing) - len(steps))


def _seen(actor: Actor, nodes: Iterable[Node]) -> list[Passed]:
    ordered = list(nodes)
    found = _records(actor, ordered)
    return [found[node] for node in ordered if node in found]


def _records(actor: Actor, nodes: Iterable[Node]) -> dict[Node, Passed]:
    """Return the records of the nodes that the actor may see: a statement for each class and ten thousand of them."""
    wanted: dict[Kind, list[int]] = defaultdict(list)
    for kind, key in nodes:
        wanted[kind].append(key)
    found: dict[Node, Passed] = {}
    for kind, keys in wanted.items():
        for start in range(0, len(keys), BATCH):
            seen: QuerySet[Any] = seen_by(actor, MODELS[kind].every().filter(Q(pk__in=keys[start : start + BATCH])))
            found.update({(kind, record.pk): record for record in seen})
    return found
