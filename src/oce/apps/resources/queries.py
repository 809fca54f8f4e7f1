"""Questions about the inventory: how much there is, of which things and at which places, and what is allowed of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources.models import EconomicResource, Shortage, StockPolicy
from oce.kit.actor import Actor, seen_by
from oce.kit.quantities import Total
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure
from oce.vf.states import ZERO

# Resources asked for in one statement: below the limit of bound values of either database.
BATCH = 10_000
_QUANTITIES = (
    "id",
    "accounting_quantity_value",
    "accounting_quantity_unit",
    "onhand_quantity_value",
    "onhand_quantity_unit",
)


class Stock(NamedTuple):
    """How much of a resource its accountable owns, and how much of it is there; None where nothing was ever counted."""

    accounting: Measure | None
    onhand: Measure | None


class KindStock(NamedTuple):
    """How much of a kind there is, in one unit."""

    kind: ResourceSpecification
    accounting: Measure
    onhand: Measure


class PlaceStock(NamedTuple):
    """How much of a kind is at a place and inside it: private keys of both, the unit, what is owned and what is there."""

    place: int
    kind: int
    unit: str
    accounting: Decimal
    onhand: Decimal


def stock_at(actor: Actor, places: Collection[int]) -> dict[int, list[KindStock]]:
    """Return what is at some places, given by private key, and in the places inside them, by the kinds the actor sees."""
    found = [each for each in stock_by_place(actor) if each.place in places]
    kinds = seen_by(actor, ResourceSpecification.every()).in_bulk({each.kind for each in found})
    summed: dict[int, list[KindStock]] = {}
    for each in found:
        if each.kind in kinds:
            owned, there = (Measure(value, each.unit) for value in (each.accounting, each.onhand))
            summed.setdefault(each.place, []).append(KindStock(kinds[each.kind], owned, there))
    return summed


def stock_of_many(keys: Iterable[int]) -> dict[int, Stock]:
    """Return how much there is of many resources now, by private key, in one statement for every ten thousand."""
    wanted = list(keys)
    found: dict[int, Stock] = {}
    for start in range(0, len(wanted), BATCH):
        resources = EconomicResource.objects.filter(pk__in=wanted[start : start + BATCH])
        for key, owned, owned_unit, there, there_unit in resources.values_list(*_QUANTITIES):
            found[key] = Stock(
                None if owned is None else Measure(owned, owned_unit),
                None if there is None else Measure(there, there_unit),
            )
    return found


def stock_by_place(actor: Actor, root: SpatialThing | None = None) -> list[PlaceStock]:
    """Return what is at each place and inside it, at any depth, summed by kind and unit; below `root`, or everywhere.

    Only what the actor sees is summed. Two statements, however many places and resources. Places come in the order of their
    birth, each with its kinds in the order of theirs; a place where nothing is is left out.
    """
    places = dict(SpatialThing.objects.order_by("id").values_list("id", "within_id"))
    counted = EconomicResource.objects.exclude(current_location=None).exclude(onhand_quantity_unit="")
    summed = seen_by(actor, counted).exclude(conforms_to=None)
    rows = summed.values_list("current_location_id", "conforms_to_id", "onhand_quantity_unit").annotate(
        Total("accounting_quantity_value"), Total("onhand_quantity_value")
    )
    totals: dict[tuple[int, int, str], tuple[Decimal, Decimal]] = {}
    for place, kind, unit, accounting, onhand in rows.order_by():
        for around in _with_places_around(place, places, None if root is None else root.pk):
            owned, there = totals.get((around, kind, unit), (ZERO, ZERO))
            totals[around, kind, unit] = (EXACT.add(owned, accounting or ZERO), EXACT.add(there, onhand or ZERO))
    return [PlaceStock(*key, *totals[key]) for key in sorted(totals)]


def _with_places_around(place: int, within: Mapping[int, int | None], root: int | None) -> list[int]:
    """Return a place and the places it lies in, up to `root`; nothing where `root` is not among them."""
    around: list[int] = []
    at: int | None = place
    while at is not None and at not in around:
        around.append(at)
        if at == root:
            return around
        at = within.get(at)
    return around if root is None else []


def refuses_shortages(agent: Agent) -> bool:
    """Return whether an agent decided that nothing may bring its stock below zero."""
    return StockPolicy.objects.filter(agent=agent, shortage=Shortage.REFUSE).exists()


def agents_refusing_shortages() -> QuerySet[Agent]:
    """Return the agents who decided that nothing may bring their stock below zero."""
    return Agent.every().filter(stock_policy__shortage=Shortage.REFUSE)
