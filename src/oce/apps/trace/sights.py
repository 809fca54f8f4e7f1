"""What somebody sees when they look at where a thing came from and where it went: the records, and how far each is.

A sight can be kept and looked at again by somebody else, who then sees exactly these records and no others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from oce.apps.agents.models import Agent
from oce.apps.events.legs import LEGS
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.apps.trace.graph import adjacency
from oce.apps.trace.queries import BATCH, node_of
from oce.apps.trace.rules.flows import Entry
from oce.kit.actor import is_seen_by, seen_by
from oce.vf.actions import ACTIONS
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from oce.apps.trace.queries import Passed
    from oce.apps.trace.rules.nodes import Node
    from oce.kit.actor import Actor

STEPS_A_LEVEL = 4
"""From a thing to what it was made of: the event, the process, the other event, the other thing. A hand-over is half of it."""

LEVELS = 5
LEVELS_MAX = 50
STEPS_MAX = 1_000_000_000
NODES_MAX = 1_000
"""So many records each way on one page; the page says how many more there are."""

BALANCED_MAX = 5_000
"""So many entries of the steps on the way are added up; of more, the sums would not be whole, and none are shown."""

_MATERIAL = [name for name, action in ACTIONS.items() if action.counts]


@dataclass(frozen=True, slots=True)
class Sight:
    """Which records are seen, by their keys.

    Attributes:
        starts: what the question was about.
        distance: the records on the way, with the steps from the start; below nothing backwards.
        entries: all events that are seen: those on the way, their corrections, and what else went in and out of the steps.
        things: the resources that are seen.
        steps: the processes that are seen.
        agents: the agents that are seen.
        hidden: how many records on the way are not seen.
        hidden_in: how many entries of each step are not seen.
        more: how many records lie beyond the bounds.
        is_whole: whether all entries of the steps are among them.
    """

    starts: tuple[Node, ...]
    distance: Mapping[Node, int]
    entries: frozenset[int] = frozenset()
    things: frozenset[int] = frozenset()
    steps: frozenset[int] = frozenset()
    agents: frozenset[int] = frozenset()
    hidden: int = 0
    hidden_in: Mapping[int, int] = field(default_factory=dict)
    more: int = 0
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """A sight with its records, by their keys."""

    sight: Sight
    events: Mapping[int, EconomicEvent]
    resources: Mapping[int, EconomicResource]
    processes: Mapping[int, Process]
    agents: Mapping[int, Agent]

    @property
    def passed(self) -> list[EconomicEvent]:
        """The events on the way, in the order of the ledger."""
        return [event for key, event in sorted(self.events.items()) if ("event", key) in self.sight.distance]

    @property
    def starts(self) -> list[Passed]:
        """The records the question was about."""
        by_kind: dict[str, Mapping[int, Passed]] = {
            "event": self.events,
            "resource": self.resources,
            "process": self.processes,
        }
        return [by_kind[kind][key] for kind, key in self.sight.starts if key in by_kind[kind]]


def look(
    actor: Actor,
    starts: Sequence[Passed],
    *,
    levels: int | None = LEVELS,
    nodes_max: int = NODES_MAX,
    is_back: bool = True,
) -> Seen:
    """Return what the actor sees of where the starts came from (unless told otherwise) and went to.

    Args:
        actor: who looks.
        starts: what the question is about.
        levels: at most so many levels away each way; None to the ends.
        nodes_max: at most so many records each way.
        is_back: whether to look back as well, or only on.
    """
    nodes = tuple(node_of(each) for each in starts)
    graph = adjacency()
    depth = None if levels is None else levels * STEPS_A_LEVEL
    forth = graph.track(nodes, nodes_max=nodes_max, depth_max=depth)
    distance = {step.node: step.depth for step in forth.steps()}
    if not is_back:
        return _read(actor, nodes, distance, forth.more)
    back = graph.trace(nodes, nodes_max=nodes_max, depth_max=depth)
    for step in back.steps():
        if step.depth < distance.get(step.node, STEPS_MAX):
            distance[step.node] = -step.depth
    return _read(actor, nodes, distance, back.more + forth.more)


def look_again(actor: Actor, sight: Sight) -> Seen:
    """Return the records of a sight that was kept, as they are now; those that the actor no longer sees are hidden."""
    events = _by_key(seen_by(actor, EconomicEvent.every()), sight.entries)
    resources = _by_key(seen_by(actor, _described(EconomicResource)), sight.things)
    processes = _by_key(seen_by(actor, _described(Process)), sight.steps)
    agents = _by_key(seen_by(actor, Agent.every()), sight.agents)
    known: dict[str, Collection[int]] = {"event": events, "resource": resources, "process": processes}
    distance = {node: steps for node, steps in sight.distance.items() if node[1] in known[node[0]]}
    hidden = sight.hidden + len(sight.distance) - len(distance)
    return Seen(replace(sight, distance=distance, hidden=hidden), events, resources, processes, agents)


def entries_of(seen: Seen) -> dict[int, Entry]:
    """Return all events of a sight that are no corrections in plain keys, with what their corrections left of them."""
    plain: list[EconomicEvent] = []
    corrections: dict[int, list[EconomicEvent]] = defaultdict(list)
    for _, event in sorted(seen.events.items()):
        (corrections[event.corrects_id] if event.corrects_id else plain).append(event)
    return {event.pk: _entry(event, corrections.get(event.pk, ())) for event in plain}


def _entry(event: EconomicEvent, corrections: Iterable[EconomicEvent]) -> Entry:
    name = "resource_quantity" if event.resource_quantity is not None else "effort_quantity"
    amount: Measure | None = getattr(event, name)
    for each in corrections:
        change: Measure | None = getattr(each, name)
        if amount is not None and change is not None:
            amount = Measure(EXACT.add(amount.value, change.value), amount.unit)
    return Entry(
        event.pk,
        event.action,
        event.provider_id,
        event.receiver_id,
        event.resource_inventoried_as_id,
        event.to_resource_inventoried_as_id,
        event.input_of_id,
        event.output_of_id,
        LEGS[event.effect].gains,
        amount,
    )


def _read(actor: Actor, nodes: tuple[Node, ...], distance: dict[Node, int], more: int) -> Seen:
    on_way = _keys(distance, "event")
    steps = _keys(distance, "process")
    beside = Q(input_of__in=steps, action__in=_MATERIAL) | Q(output_of__in=steps, action__in=_MATERIAL)
    asked = EconomicEvent.every().order_by().filter(Q(pk__in=on_way) | Q(corrects__in=on_way) | beside)
    told = list(asked[: BALANCED_MAX + len(on_way) + 1])
    is_whole = len(told) <= BALANCED_MAX + len(on_way)
    if not is_whole:
        told = list(EconomicEvent.every().filter(Q(pk__in=on_way) | Q(corrects__in=on_way)))
    # What is hidden must be counted, step by step; so it is read, and told apart from what is seen without asking again.
    events = {event.pk: event for event in told if is_seen_by(actor, event)}
    passed = [events[key] for key in on_way if key in events]
    resources = _by_key(
        seen_by(actor, _described(EconomicResource)),
        {*_keys(distance, "resource"), *_told(passed, "resource_inventoried_as_id", "to_resource_inventoried_as_id")},
    )
    processes = _by_key(seen_by(actor, _described(Process)), {*steps, *_told(passed, "input_of_id", "output_of_id")})
    holders = {each.primary_accountable_id for each in resources.values()}
    agents = _by_key(seen_by(actor, Agent.every()), _told(passed, "provider_id", "receiver_id") | holders - {None})
    known: dict[str, Collection[int]] = {"event": events, "resource": resources, "process": processes}
    seen = {(kind, key): steps_away for (kind, key), steps_away in distance.items() if key in known[kind]}
    sight = Sight(
        starts=nodes,
        distance=seen,
        entries=frozenset(events),
        things=frozenset(resources),
        steps=frozenset(processes),
        agents=frozenset(agents),
        hidden=len(distance) - len(seen),
        hidden_in=Counter(
            step
            for event in told
            if event.pk not in events
            for step in (event.input_of_id, event.output_of_id)
            if step in processes
        ),
        more=more,
        is_whole=is_whole,
    )
    return Seen(sight, events, resources, processes, agents)


def _keys(distance: Mapping[Node, int], wanted: str) -> list[int]:
    return [key for kind, key in distance if kind == wanted]


def _told(events: Iterable[EconomicEvent], *names: str) -> set[int]:
    """Return the keys of what the events name."""
    return {key for event in events for name in names if (key := getattr(event, name)) is not None}


def _described(model: type[Any]) -> QuerySet[Any]:
    """Return the records with all that their names are made of."""
    records: QuerySet[Any] = model.every().select_related(*_NAMED_BY[model])
    return records


def _by_key(records: QuerySet[Any], keys: Iterable[int]) -> dict[int, Any]:
    wanted = sorted(keys)
    return {
        record.pk: record
        for start in range(0, len(wanted), BATCH)
        for record in records.filter(pk__in=wanted[start : start + BATCH])
    }


_NAMED_BY: dict[type[Any], tuple[str, ...]] = {
    EconomicResource: ("conforms_to", "of_batch_lot", "current_location"),
    Process: ("based_on",),
}
