"""What an export holds: everything, or some records with all that they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q

from oce.apps.agents.models import Agent, AgentRelationship
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import seen_by
from oce.kit.properties import Kind, properties_of, property_of
from oce.kit.records import Record, local_address, record_models

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from oce.kit.actor import Actor

# Keys in one statement: below the limit of bound values of either database.
BATCH = 10_000

Keys = Mapping[type[Record], set[int]]


class Selection:
    """Records of several classes, in chunks that fit in memory, as far as `actor` may see them."""

    def __init__(self, actor: Actor, keys: Keys | None = None, only: type[Record] | None = None) -> None:
        """Select the records with these private keys, or all of `only` one class; without either, everything."""
        self.actor = actor
        self.keys = keys
        self.only = only

    def models(self) -> list[type[Record]]:
        """Return the classes in the order in which they refer to each other, those that came in last."""
        found = [model for model in record_models() if self.only in {None, model}]
        return [model for model in found if self.keys is None or self.keys.get(model)]

    def chunks(self, model: type[Record], size: int = 2_000) -> Iterator[QuerySet[Record]]:
        """Yield the records of a class in their order of birth, `size` at a time; those only named are left out."""
        described = self._described(model)
        if self.keys is not None:
            keys = sorted(self.keys.get(model, ()))
            for start in range(0, len(keys), size):
                yield described.filter(pk__in=keys[start : start + size])
            return
        last: int | None = None
        while True:
            following = described if last is None else described.filter(pk__gt=last)
            ends = list(following.values_list("pk", flat=True)[:size])
            if not ends:
                return
            yield following.filter(pk__lte=ends[-1])
            last = ends[-1]

    def chunks_by_address(self, model: type[Record], size: int = 2_000) -> Iterator[QuerySet[Record]]:
        """Yield the records of a class in chunks, the chunks in the order of the addresses.

        Unlike the order of birth, that is the same in every house that the records move to.
        """
        kind = model.kind()
        found: list[tuple[str, int]] = []
        for chunk in self.chunks(model, BATCH):
            for key, uid, iri in chunk.values_list("pk", "uid", "iri"):
                found.append((iri or local_address(kind, uid), key))
        found.sort()
        described = self._described(model)
        for start in range(0, len(found), size):
            yield described.filter(pk__in=[key for _, key in found[start : start + size]])

    def _described(self, model: type[Record]) -> QuerySet[Record]:
        return seen_by(self.actor, model.every()).filter(is_described=True)


def everything(actor: Actor) -> Selection:
    """Select all records that `actor` sees."""
    return Selection(actor)


def of_class(actor: Actor, model: type[Record]) -> Selection:
    """Select the records of one class, and nothing that they refer to."""
    return Selection(actor, only=model)


def of_record(actor: Actor, record: Record) -> Selection:
    """Select one record, and nothing that it refers to."""
    return Selection(actor, {type(record): {record.pk}})


def of_agent(actor: Actor, agent: Agent) -> Selection:
    """Select what an agent is party to: its events, promises, resources and relationships, and all that these refer to."""
    party = Q(provider=agent) | Q(receiver=agent)
    flows = {model: set(model.every().filter(party).values_list("pk", flat=True)) for model in _flows()}
    resources = EconomicResource.objects.filter(primary_accountable=agent)
    relationships = AgentRelationship.objects.filter(Q(subject=agent) | Q(object=agent))
    found: dict[type[Record], set[int]] = {
        Agent: {agent.pk},
        EconomicResource: set(resources.values_list("pk", flat=True)),
        AgentRelationship: set(relationships.values_list("pk", flat=True)),
        **flows,
    }
    return Selection(actor, with_references(found))


def _flows() -> Iterator[type[Record]]:
    """Yield the classes of what goes from one agent to another: events, and whatever is wished, promised or claimed."""
    for model in record_models():
        if property_of(model, "provider") and property_of(model, "receiver"):
            yield model


def of_trace(actor: Actor, records: Iterable[Record]) -> Selection:
    """Select the records that a trace passed, and all that they refer to."""
    found: dict[type[Record], set[int]] = {}
    for record in records:
        found.setdefault(type(record), set()).add(record.pk)
    return Selection(actor, with_references(found))


def with_references(keys: Keys) -> dict[type[Record], set[int]]:
    """Return the keys with those of all records that they refer to, directly or through others."""
    found: dict[type[Record], set[int]] = {model: set(some) for model, some in keys.items()}
    fresh = {model: set(some) for model, some in found.items()}
    while fresh:
        reached: dict[type[Record], set[int]] = {}
        for model, some in fresh.items():
            for target, referred in _referred(model, some):
                reached.setdefault(target, set()).update(referred - found.get(target, set()))
        fresh = {model: some for model, some in reached.items() if some}
        for model, some in fresh.items():
            found.setdefault(model, set()).update(some)
    return found


def _referred(model: type[Record], keys: Iterable[int]) -> Iterator[tuple[type[Record], set[int]]]:
    wanted = sorted(keys)
    # The breadcrumb of an event leads back through the whole history of its resource, which was not asked for.
    references = [each for each in properties_of(model) if each.target is not None and not each.is_ours]
    for start in range(0, len(wanted), BATCH):
        records = model.every().filter(pk__in=wanted[start : start + BATCH])
        for each in references:
            if each.target is not None:
                column = each.name if each.kind is Kind.REFERENCES else f"{each.name}_id"
                yield each.target, {key for key in records.values_list(column, flat=True) if key is not None}
