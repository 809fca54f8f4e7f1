"""Questions about the inventory: how much there is, whose it is, where it is, in which lot, and in what it lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.agents.queries import places_inside
from oce.apps.resources.models import EconomicResource, Shortage, StockPolicy
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


class PlaceStock(NamedTuple):
    """How much of a kind is at a place and inside it: private keys of both, the unit, what is owned and what is there."""

    place: int
    kind: int
    unit: str
    accounting: Decimal
    onhand: Decimal


def stock_of(resource: EconomicResource) -> Stock:
    """Return how much there is of one resource now."""
    return stock_of_many([resource.pk]).get(resource.pk, Stock(None, None))


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


def resources_of(agent: Agent) -> QuerySet[EconomicResource]:
    """Return the resources that `agent` is accountable for, in order of birth."""
    return EconomicResource.every().filter(primary_accountable=agent)


def resources_at(place: SpatialThing, *, within: bool = True) -> QuerySet[EconomicResource]:
    """Return what is at a place, or `within` it: in places inside it, at any depth; in order of birth."""
    here = EconomicResource.every().filter(current_location=place)
    if not within:
        return here
    inside = places_inside(place).order_by().values("pk")
    return EconomicResource.every().filter(current_location__in=inside) | here


def stock_by_place(root: SpatialThing | None = None) -> list[PlaceStock]:
    """Return what is at each place and inside it, at any depth, summed by kind and unit; below `root`, or everywhere.

    Two statements, however many places and resources. Places come in the order of their birth, each with its kinds in
    the order of theirs; a place where nothing is is left out.
    """
    places = dict(SpatialThing.objects.order_by("id").values_list("id", "within_id"))
    summed = EconomicResource.objects.exclude(current_location=None).exclude(conforms_to=None)
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


def resources_of_lot(code: str) -> QuerySet[EconomicResource]:
    """Return the resources of every lot of this code, whoever is accountable for them, in order of birth."""
    return EconomicResource.every().filter(of_batch_lot__batch_lot_code=code)


def contents_of(container: EconomicResource, *, deep: bool = True) -> QuerySet[EconomicResource]:
    """Return what lies in a resource; `deep` counts what lies in that, and so on; in order of birth."""
    return _reached(container, "to_economicresource_id", "from_economicresource_id", deep=deep)


def containers_of(resource: EconomicResource, *, deep: bool = True) -> QuerySet[EconomicResource]:
    """Return what a resource lies in; `deep` counts what that lies in, and so on; in order of birth."""
    return _reached(resource, "from_economicresource_id", "to_economicresource_id", deep=deep)


def refuses_shortages(agent: Agent) -> bool:
    """Return whether an agent decided that nothing may bring its stock below zero."""
    return StockPolicy.objects.filter(agent=agent, shortage=Shortage.REFUSE).exists()


def _reached(resource: EconomicResource, start: str, end: str, *, deep: bool) -> QuerySet[EconomicResource]:
    """Return what is reached from `resource` by going from column `start` to column `end`, without itself."""
    quoted = connection.ops.quote_name
    table = quoted(EconomicResource.contained_in.through._meta.db_table)  # noqa: SLF001
    # UNION, not UNION ALL: what was reached is not reached again, so that even a circle ends.
    further = f" UNION SELECT step.{quoted(end)} FROM {table} step JOIN reached ON step.{quoted(start)} = reached.id"  # noqa: S608
    statement = (
        f"WITH RECURSIVE reached(id) AS (SELECT {quoted(end)} FROM {table} WHERE {quoted(start)} = %s"  # noqa: S608
        f"{further if deep else ''}) SELECT id FROM reached"
    )
    reached = EconomicResource.every().filter(pk__in=RawSQL(statement, [resource.pk]))  # noqa: S611 (our own names)
    return reached.exclude(pk=resource.pk)
