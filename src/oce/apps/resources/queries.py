"""Questions about the inventory: how much there is, whose it is, where it is, in which lot, and in what it lies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.agents.queries import places_inside
from oce.apps.resources.models import EconomicResource, Shortage, StockPolicy
from oce.vf.measures import Measure

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
    further = f" UNION SELECT step.{quoted(end)} FROM {table} step JOIN reached ON step.{quoted(start)} = reached.id"
    statement = (
        f"WITH RECURSIVE reached(id) AS (SELECT {quoted(end)} FROM {table} WHERE {quoted(start)} = %s"  # noqa: S608
        f"{further if deep else ''}) SELECT id FROM reached"
    )
    reached = EconomicResource.every().filter(pk__in=RawSQL(statement, [resource.pk]))  # noqa: S611 (our own names)
    return reached.exclude(pk=resource.pk)
