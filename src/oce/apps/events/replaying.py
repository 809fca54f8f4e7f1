"""The ledger's own answer to what every resource is: all events replayed, and compared with what is stored.

What is stored about resources is a projection; here it is computed anew, by the same function as when it was recorded, and
the first difference is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from oce.apps.events.legs import LEGS
from oce.apps.events.models import EconomicEvent
from oce.apps.events.targets import TARGETS
from oce.apps.processes.models import Process
from oce.apps.resources import stock
from oce.apps.resources.models import EconomicResource
from oce.kit.memory import collector_resting
from oce.kit.quantities import decoded
from oce.kit.rows import database_of
from oce.vf.decimals import plain
from oce.vf.replays import Replay, backed_out_of
from oce.vf.states import NEW, Happening, ResourceState

if TYPE_CHECKING:
    from collections.abc import Iterator

READ_AT_ONCE = 20_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT = "COALESCE(has_point_in_time, has_end, has_beginning)"
# A replay only asks which of two moments is the later one. Whatever sorts like them will do, and needs no reading: the
# text that SQLite keeps, and a number of microseconds on PostgreSQL.
_SORTING = {"sqlite": _MOMENT, "postgresql": f"(EXTRACT(EPOCH FROM {_MOMENT}) * 1000000)::bigint"}
_COLUMNS = (
    "id, action, resource_quantity_value, resource_quantity_unit, provider_id, receiver_id, resource_inventoried_as_id,"
    " to_resource_inventoried_as_id, to_location_id, state, {moment}, corrects_id, effect, input_of_id,"
    " output_of_id, effort_quantity_value"
)
_COMPARED = (
    "unit",
    "accounting",
    "onhand",
    "accountable",
    "location",
    "stage",
    "state",
    "contained_in",
    "previous_event",
    "as_of",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which the stored resource differs from its events."""

    resource: EconomicResource
    what: str
    stored: str
    replayed: str

    def __str__(self) -> str:
        """Return a sentence that names resource, property and both values."""
        return (
            f"{self.resource} ({self.resource.address}): {self.what} is stored as {self.stored},"
            f" but its events give {self.replayed}."
        )


def happenings() -> Iterator[Happening]:
    """Yield the whole ledger in its order as the rules of effects see it, in constant memory."""
    database = database_of(EconomicEvent)
    exact = decoded if database.vendor == "sqlite" else _as_it_is
    statement = (
        f"SELECT {_COLUMNS.format(moment=_SORTING[database.vendor])}"  # noqa: S608 (names of our own columns)
        f" FROM {EconomicEvent._meta.db_table} ORDER BY id"  # noqa: SLF001
    )
    stages = dict(Process.every().exclude(based_on=None).values_list("id", "based_on_id"))
    # One statement for all: asked for in pieces right after an import, before it has counted the rows, PostgreSQL sorts all
    # that is left for every piece.
    with database.wrap_database_errors, database.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(READ_AT_ONCE):
            for (key, action, quantity, unit, provider, receiver, resource, to_resource, location, state, moment, corrects,
                 effect, input_of, output_of, effort) in rows:  # fmt: skip
                yield Happening(
                    key, action, exact(quantity) if quantity is not None else None, unit, provider, receiver, resource,
                    to_resource, location, state or None, stages.get(output_of), None, moment, corrects,
                    LEGS[effect].creates, input_of, output_of, exact(effort) if effort is not None else None,
                    LEGS[effect].gains,
                )  # fmt: skip


def _as_it_is(quantity: Decimal) -> Decimal:
    return quantity


def replayed() -> dict[Any, ResourceState]:
    """Return the state of every resource that any event or opening touched, from the events alone."""
    play = Replay(stock.beginnings(), backed_out=backed_out())
    with collector_resting():
        for happening in happenings():
            play.take(happening)
    return {key: state._replace(as_of=_moment(state.as_of)) for key, state in play.states.items()}


def _moment(sorting: Any) -> datetime | None:
    """Return the moment that `_SORTING` put into a form that sorts."""
    if sorting is None or isinstance(sorting, datetime):
        return sorting
    if isinstance(sorting, str):
        return datetime.fromisoformat(sorting + "+00:00")
    return EPOCH + timedelta(microseconds=sorting)


def differences() -> Iterator[Difference]:
    """Yield every way in which a stored resource differs from the replay of the ledger, in the order of the resources."""
    states = replayed()
    for key, stored in stock.stored():
        expected = states.get(key, NEW)
        for what in _COMPARED:
            have, want = getattr(stored, what), getattr(expected, what)
            if have != want:
                yield Difference(EconomicResource.objects.get(pk=key), what, _text(have), _text(want))


def dangling() -> Iterator[str]:
    """Yield a sentence for each kind of reference of the ledger that points at a row which is not there (decision 0014)."""
    database = database_of(EconomicEvent)
    with database.cursor() as cursor:
        for name, model in TARGETS.items():
            column = f"{name}_id"
            cursor.execute(
                f"SELECT count(*), min(e.id) FROM {EconomicEvent._meta.db_table} e"  # noqa: S608, SLF001
                f" LEFT JOIN {model._meta.db_table} t ON t.id = e.{column}"  # noqa: SLF001
                f" WHERE e.{column} IS NOT NULL AND t.id IS NULL"
            )
            count, first = cursor.fetchone()
            if count:
                yield f"{count} events name a {name} that is not there, the first of them at place {first}."


def backed_out() -> frozenset[Any]:
    """Return the events that their corrections bring to nothing; only corrected events and their corrections are read."""
    corrections = EconomicEvent.objects.exclude(corrects=None).order_by("id")
    fields = ("id", "action", "resource_quantity_value", "effort_quantity_value", "corrects_id")
    corrected = list(corrections.values_list(*fields))
    originals = (
        EconomicEvent.objects.filter(pk__in=corrections.values("corrects_id")).order_by("id").values_list(*fields)
    )
    return backed_out_of(
        Happening(id=key, action=action, quantity=quantity, effort=effort, corrects=corrects)
        for key, action, quantity, effort, corrects in [*originals, *corrected]
    )


def _text(value: Any) -> str:
    if value is None or value == ():
        return "nothing"
    return plain(value) if hasattr(value, "as_tuple") else str(value)
