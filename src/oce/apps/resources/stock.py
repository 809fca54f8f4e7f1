"""The one door through which stock changes: resources are held, their new state is stored.

What a resource is (quantities, place, accountable, stage, state, container) follows from events alone; so only the ledger may
pass here, and the linter sees to it. Whoever holds a resource has locked its row until the transaction ends, in the order
of the keys, so that two wishes never wait for each other in a circle.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from oce.apps.resources.models import EconomicResource, Opening, Shortage, StockPolicy
from oce.kit.drivers import Driver, driver_of
from oce.kit.rows import database_of, execute_for_each
from oce.kit.sharing import Visibility
from oce.kit.statements import Question, ask
from oce.vf.states import NEW, ZERO, ResourceState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any
    from uuid import UUID

_STATE_COLUMNS = (
    "accounting_quantity_value",
    "onhand_quantity_value",
    "onhand_quantity_unit",
    "primary_accountable_id",
    "current_location_id",
    "stage_id",
    "state",
    "last_event",
    "stamped_at",
)


# Resources asked for in one statement: below the limit of bound values of either database.
BATCH = 10_000


class Held(NamedTuple):
    """A resource held for change: its keys, its state, its kind, what to call it, and what is decided of it.

    Attributes:
        refuses_shortage: whether who is accountable for it lets nothing fall below zero.
        is_shared: whether others than those whom it concerns see it.
    """

    key: int
    uid: UUID
    iri: str | None
    state: ResourceState
    kind: int
    name: str
    refuses_shortage: bool
    is_shared: bool


def held(
    keys: Iterable[int] = (),
    *,
    uids: Iterable[UUID] = (),
    iris: Iterable[str] = (),
    with_containers: bool = False,
) -> dict[int, Held]:
    """Lock resources, by private key, identifier or foreign address, and return each as it is, by private key."""
    question = holding(keys, uids=uids, iris=iris, with_containers=with_containers)
    ask(database_of(EconomicResource), question)
    return question.answer


def holding(
    keys: Iterable[int] = (),
    *,
    uids: Iterable[UUID] = (),
    iris: Iterable[str] = (),
    with_containers: bool = False,
) -> Question[dict[int, Held]]:
    """Return the question that locks resources, answered by each as it is, by private key.

    Args:
        keys, uids, iris: which: by private key, identifier or foreign address.
        with_containers: read also what each lies in; otherwise `contained_in` is left empty, and must not be stored.
    """
    database = database_of(EconomicResource)
    driver = driver_of(database.vendor)
    wanted = (sorted(set(keys)), [driver.uid_in(uid) for uid in set(uids)], sorted(set(iris)))

    def understand(rows: list[tuple[Any, ...]]) -> dict[int, Held]:
        inside = _containers([row[0] for row in rows]) if with_containers and rows else {}
        return {row[0]: _read(row, inside.get(row[0], ()), driver) for row in rows}

    text = _held_statement(*map(len, wanted), database.vendor) if any(wanted) else ""
    return Question(text, [each for some in wanted for each in some], understand)


def refuses_shortage(agent: int | None) -> bool:
    """Return whether an agent decided that its stock must not fall below zero."""
    return StockPolicy.objects.filter(agent=agent, shortage=Shortage.REFUSE).exists()


def refusing() -> frozenset[int]:
    """Return every agent that decided so."""
    return frozenset(StockPolicy.objects.filter(shortage=Shortage.REFUSE).values_list("agent_id", flat=True))


def held_many(keys: Iterable[int]) -> dict[int, Held]:
    """Lock any number of resources, in the order of their keys, and return each as it is with what it lies in."""
    wanted = sorted(set(keys))
    found: dict[int, Held] = {}
    for start in range(0, len(wanted), BATCH):
        found.update(held(wanted[start : start + BATCH], with_containers=True))
    return found


def store(changes: Mapping[int, tuple[ResourceState, ResourceState]]) -> None:
    """Write the new states of held resources, given as (before, after) by private key."""
    if not changes:
        return
    database = database_of(EconomicResource)
    driver = driver_of(database.vendor)
    rows = [_written(key, after, driver) for key, (_, after) in sorted(changes.items())]
    execute_for_each(database, _STORE, rows)
    for key, (before, after) in changes.items():
        if before.contained_in != after.contained_in:
            put_inside(key, after.contained_in)  # type: ignore[arg-type]


def put_inside(key: int, containers: Iterable[int]) -> None:
    """Let the resource lie in exactly these containers."""
    through = EconomicResource.contained_in.through
    through.objects.filter(from_economicresource_id=key).delete()
    through.objects.bulk_create(
        through(from_economicresource_id=key, to_economicresource_id=container) for container in containers
    )


def stored() -> Iterator[tuple[int, ResourceState]]:
    """Yield the stored state of every resource with its private key, in the order of the keys, without locking."""
    database = database_of(EconomicResource)
    driver = driver_of(database.vendor)
    inside = _containers(None)
    columns = ", ".join(_STATE_COLUMNS)
    statement = (
        f"SELECT id, uid, iri, {columns}, conforms_to_id, name, current_virtual_location, NULL, visibility"  # noqa: S608
        f" FROM {EconomicResource._meta.db_table} WHERE id > %s ORDER BY id LIMIT %s"  # noqa: SLF001
    )
    last = 0
    with database.cursor() as cursor:
        while True:
            cursor.execute(statement, [last, BATCH])
            rows = cursor.fetchall()
            for row in rows:
                yield row[0], _read(row, inside.get(row[0], ()), driver).state
            if len(rows) < BATCH:
                return
            last = rows[-1][0]


def open_with(states: Mapping[int, ResourceState]) -> None:
    """Let resources without any event begin with these states, by private key, instead of with nothing."""
    Opening.objects.bulk_create(
        Opening(
            resource_id=key,
            unit=state.unit or "",
            accounting=state.accounting,
            onhand=state.onhand,
            accountable_id=state.accountable,  # type: ignore[misc] # private keys, which the vocabulary calls hashable
            location_id=state.location,
            stage_id=state.stage,
            state=state.state or "",
            contained_in=list(state.contained_in),
        )
        for key, state in states.items()
    )
    store({key: (ResourceState(), state) for key, state in states.items()})


def openings(keys: Iterable[int] | None = None) -> dict[int, ResourceState]:
    """Return the states that resources were opened with, by private key; of all, or of `keys`."""
    rows = Opening.objects.all() if keys is None else Opening.objects.filter(resource_id__in=list(keys))
    return {
        row.resource_id: ResourceState(
            accounting=row.accounting or ZERO,
            onhand=row.onhand or ZERO,
            unit=row.unit or None,
            accountable=row.accountable_id,
            location=row.location_id,
            stage=row.stage_id,
            state=row.state or None,
            contained_in=tuple(row.contained_in),
        )
        for row in rows
    }


def beginnings(keys: Iterable[int] | None = None) -> dict[int, ResourceState]:
    """Return the states with which a replay begins wherever that is not nothing, by private key; of all, or of `keys`.

    These are what resources were opened with, and that some may lie in several containers at once.
    """
    found = openings(keys)
    digital = EconomicResource.objects.exclude(current_virtual_location="")
    if keys is not None:
        digital = digital.filter(pk__in=list(keys))
    for key in digital.values_list("pk", flat=True):
        found[key] = found.get(key, NEW)._replace(is_digital=True)
    return found


@lru_cache(256)
def _held_statement(keys: int, uids: int, iris: int, vendor: str) -> str:
    columns = ", ".join(f"r.{column}" for column in _STATE_COLUMNS)
    lock = " FOR UPDATE OF r" if vendor == "postgresql" else ""
    asked = {"id": keys, "uid": uids, "iri": iris}
    found = " OR ".join(f"r.{column} IN ({', '.join(['%s'] * count)})" for column, count in asked.items() if count)
    return (
        f"SELECT r.id, r.uid, r.iri, {columns}, r.conforms_to_id, r.name, r.current_virtual_location, p.shortage,"  # noqa: S608 (names of our own columns)
        " r.visibility"
        f" FROM {EconomicResource._meta.db_table} r"  # noqa: SLF001
        f" LEFT JOIN {StockPolicy._meta.db_table} p ON p.agent_id = r.primary_accountable_id"  # noqa: SLF001
        f" WHERE {found} ORDER BY r.id{lock}"
    )


_STORE = (
    f"UPDATE {EconomicResource._meta.db_table} SET "  # noqa: S608, SLF001 (names of our own columns)
    + ", ".join(f"{column} = %s" for column in ("accounting_quantity_unit", *_STATE_COLUMNS))
    + " WHERE id = %s"
)


def _read(row: tuple[Any, ...], inside: tuple[int, ...], driver: Driver) -> Held:
    key, uid, iri, accounting, onhand, unit, accountable, location, stage, state, last, stamped = row[:12]
    kind, name, virtual, shortage, visibility = row[12:]
    return Held(
        key,
        driver.uid_out(uid),  # type: ignore[arg-type] # every resource has one
        iri,
        ResourceState(
            driver.quantity_out(accounting) or ZERO,
            driver.quantity_out(onhand) or ZERO,
            unit or None,
            accountable,
            location,
            stage,
            state or None,
            inside,
            last,
            driver.moment_out(stamped),
            bool(virtual),
        ),
        kind,
        name or str(driver.uid_out(uid)),
        shortage == Shortage.REFUSE.value,
        visibility != Visibility.GROUP.value,
    )


def _written(key: int, state: ResourceState, driver: Driver) -> tuple[Any, ...]:
    is_counted = state.unit is not None
    return (
        state.unit or "",
        driver.quantity_in(state.accounting) if is_counted else None,
        driver.quantity_in(state.onhand) if is_counted else None,
        state.unit or "",
        state.accountable,
        state.location,
        state.stage,
        state.state or "",
        state.previous_event,
        driver.moment_in(state.as_of),
        key,
    )


def _containers(keys: list[int] | None) -> dict[int, tuple[int, ...]]:
    """Return what lies in what, of these resources or of all."""
    through = EconomicResource.contained_in.through
    inside: dict[int, tuple[int, ...]] = {}
    pairs = through.objects.order_by("id")
    if keys is not None:
        pairs = pairs.filter(from_economicresource_id__in=keys)
    for key, container in pairs.values_list("from_economicresource_id", "to_economicresource_id"):
        inside[key] = (*inside.get(key, ()), container)
    return inside
