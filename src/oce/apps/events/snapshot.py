"""The ledger as columns: Parquet files beside the database, kept up by place, for questions about all of it.

Events never change, so the files only grow: each holds the events from one place to another, and a few small ones are joined
into a larger one now and then. Only settled events go in (see `sequence.horizon`). What came after the last file is read
from the database (`tail`). The files are a cache: thrown away, they are made anew; those of another ledger are noticed by the
identifier of their last event and thrown away. Whoever finds a file gone or damaged asks again (`answered`).
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from oce.apps.events import sequence
from oce.apps.events.models import EconomicEvent
from oce.kit.memory import collector_resting
from oce.kit.quantities import decoded
from oce.kit.rows import database_of
from oce.vf.actions import ACTIONS
from oce.vf.decimals import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

ACTION_NAMES = tuple(ACTIONS)
_ACTION_CODES = {name: code for code, name in enumerate(ACTION_NAMES)}
READ_AT_ONCE = 100_000
# More files than this are joined into one.
FILES_MAX = 12
# So often a question that failed is asked anew; then the database answers it, slowly and surely.
TRIES = 3
LAST_UID = b"oce.last"

_INTEGERS = (
    "resource_inventoried_as_id", "to_resource_inventoried_as_id", "resource_conforms_to_id", "provider_id", "receiver_id",
    "input_of_id", "output_of_id", "corrects_id", "previous_event_id", "to_previous_event_id", "to_location_id",
)  # fmt: skip
SCHEMA = pa.schema([
    pa.field("id", pa.int64()),
    pa.field("action", pa.int8()),
    *(pa.field(name, pa.int64()) for name in _INTEGERS),
    pa.field("effect", pa.int16()),
    pa.field("resource_quantity_value", pa.decimal128(38, 18)),
    pa.field("resource_quantity_unit", pa.string()),
    pa.field("effort_quantity_value", pa.decimal128(38, 18)),
    pa.field("effort_quantity_unit", pa.string()),
    pa.field("occurred_at", pa.timestamp("us", tz="UTC")),
    pa.field("created", pa.timestamp("us", tz="UTC")),
])  # fmt: skip
_COLUMNS = tuple(SCHEMA.names)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files there are, in order, and the place of the last event in them."""

    files: tuple[Path, ...]
    last: int

    def table(self, columns: Sequence[str] | None = None, *, since: int = 0) -> pa.Table:
        """Return the events after place `since`, with these columns or all, those not yet in files included."""
        wanted = list(columns or _COLUMNS)
        read = [pq.read_table(file, columns=wanted) for file in self.files if _span(file)[1] > since]
        table = pa.concat_tables([*read, tail(max(self.last, since)).select(wanted)])
        return table.filter(pc.greater(table["id"], since)) if since and read and "id" in wanted else table


def answered(question: Callable[[Snapshot], Answer], *failures: type[Exception]) -> Answer:
    """Return what `question` answers of the ledger, with everything older than a short tail in files.

    A file may vanish under the question, because somebody joined it with others, or be damaged: then the question is put
    again, to the files that there are without the damaged ones.

    Args:
        question: asked once or several times, of nothing but the snapshot it is given.
        failures: what the question raises, besides the errors of files and of Arrow, when it cannot read a file.
    """
    for _ in range(TRIES):
        try:
            return question(_current())
        except (OSError, pa.ArrowException, *failures) as failure:
            log.warning("The ledger's files could not be read and are looked through: %s", failure)
            with alone(wait=True):
                _discard_damaged()
    return question(Snapshot((), 0))


def _current() -> Snapshot:
    """Return the snapshot as it is after everything older than a short tail was written into files."""
    snapshot = _found()
    settled = sequence.horizon()
    if settled - snapshot.last <= sequence.TAIL_MAX:
        return snapshot
    with alone() as is_alone:
        return _grown(_found()) if is_alone else _found()


def refresh() -> Snapshot:
    """Write every settled event into files, waiting for whoever is doing so already, and return the snapshot."""
    with alone(wait=True):
        try:
            return _grown(_found())
        except (OSError, pa.ArrowException) as failure:
            log.warning("The ledger's files could not be written on and are looked through: %s", failure)
            _discard_damaged()
            return _grown(_found())


def lag() -> int:
    """Return how many settled events are not in the files yet: they are read from the database."""
    return max(0, sequence.horizon() - _found().last)


def tail(after: int, upto: int | None = None) -> pa.Table:
    """Return the settled events after a place, and up to another, read from the database."""
    with collector_resting():
        batches = list(_read(after, sequence.horizon() if upto is None else upto))
    return pa.Table.from_batches(batches, schema=SCHEMA)


def folder() -> Path:
    """Return where the files of this database lie."""
    of = database_of(EconomicEvent).settings_dict
    name = hashlib.sha256(f"{of['HOST']}:{of['PORT']}/{of['NAME']}".encode()).hexdigest()[:16]
    return Path(settings.OCE_HOME) / "snapshot" / name


def _found() -> Snapshot:
    """Return the files of this ledger; those of another are left alone until the next writing removes them."""
    files = sorted((file for file in folder().glob("*.parquet") if not file.name.startswith(".")), key=_span)
    joined: list[Path] = []
    last = 0
    for file in files:
        first, end = _span(file)
        if first == last + 1 or (not joined and first == 1):
            joined.append(file)
            last = end
    if joined and not _is_ours(joined[-1], last):
        return Snapshot((), 0)
    return Snapshot(tuple(joined), last)


def _span(file: Path) -> tuple[int, int]:
    first, _, last = file.stem.partition("-")
    return int(first), int(last)


def last_uid(place: int) -> str:
    """Return the identifier of the last event up to a place: two ledgers with the same one are the same up to there."""
    uid = EconomicEvent.objects.filter(pk__lte=place).order_by("-pk").values_list("uid", flat=True).first()
    return "" if uid is None else str(uid)


def _is_ours(file: Path, last: int) -> bool:
    return (pq.read_schema(file).metadata or {}).get(LAST_UID) == last_uid(last).encode()


def _discard_damaged() -> None:
    """Remove the files that cannot be read to their end."""
    for file in folder().glob("*.parquet"):
        try:
            with pq.ParquetFile(file) as groups:
                for number in range(groups.num_row_groups):
                    groups.read_row_group(number)
        except (OSError, pa.ArrowException):
            log.warning("%s is damaged; what was in it is read from the database again.", file)
            file.unlink(missing_ok=True)


def _grown(snapshot: Snapshot) -> Snapshot:
    """Write what is settled and not in files yet; join the files when there are many. Only one process at a time."""
    settled = sequence.horizon()
    folder().mkdir(parents=True, exist_ok=True)
    for stray in set(folder().glob("*.parquet")) - set(snapshot.files):
        stray.unlink(missing_ok=True)
    if settled <= snapshot.last:
        return snapshot
    files = list(snapshot.files)
    if len(files) >= FILES_MAX:
        table = pa.concat_tables([*(pq.read_table(file) for file in files), tail(snapshot.last, settled)])
        return Snapshot((_written(table, 1, settled, remove=files),), settled)
    return Snapshot((*files, _written(tail(snapshot.last, settled), snapshot.last + 1, settled)), settled)


def _written(table: pa.Table, first: int, last: int, remove: Sequence[Path] = ()) -> Path:
    noted = table.replace_schema_metadata({LAST_UID: last_uid(last).encode()})
    unfinished = folder() / f".{first}-{last}.parquet"
    with unfinished.open("wb") as opened:
        pq.write_table(noted, opened, compression="zstd", row_group_size=READ_AT_ONCE)
        opened.flush()
        # Without this a machine that loses its power may know the name of the file and not what is in it.
        os.fsync(opened.fileno())
    file = folder() / f"{first}-{last}.parquet"
    unfinished.rename(file)
    for old in remove:
        old.unlink()
    return file


@contextmanager
def alone(*, wait: bool = False) -> Iterator[bool]:
    """Be the only one who writes files beside the database; gives False, without waiting, where another is at it."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def _read(after: int, upto: int) -> Iterator[pa.RecordBatch]:
    """Yield the events after a place in batches; each is one statement, so memory stays bounded."""
    database = database_of(EconomicEvent)
    is_sqlite = database.vendor == "sqlite"
    # Moments are asked for as texts or as microseconds, and read by the columnar engine, a column at a time.
    plain_moment = "{} || ''" if is_sqlite else "(EXTRACT(EPOCH FROM {}) * 1000000)::bigint"
    asked = ", ".join(plain_moment.format(name) if name in _MOMENTS else name for name in _COLUMNS)
    statement = (
        f"SELECT {asked} FROM {EconomicEvent._meta.db_table}"  # noqa: S608, SLF001 (names of our own columns)
        " WHERE id > %s AND id <= %s ORDER BY id"
    )
    readers = _FROM_SQLITE if is_sqlite else _FROM_POSTGRESQL
    with database.cursor() as cursor:
        # By places and not by a number of rows: before PostgreSQL has counted them, it would sort all that is left each time.
        for start in range(after, upto, READ_AT_ONCE):
            cursor.execute(statement, [start, min(start + READ_AT_ONCE, upto)])
            rows = cursor.fetchall()
            if rows:
                columns = [
                    readers.get(field.name, pa.array)(values, field.type)
                    for field, values in zip(SCHEMA, zip(*rows, strict=True), strict=True)
                ]
                yield pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


def _codes(values: Sequence[str], wanted: pa.DataType) -> pa.Array:
    return pa.array([_ACTION_CODES[name] for name in values], wanted)


def _moments_of_texts(values: Sequence[str | None], wanted: pa.DataType) -> pa.Array:
    return pc.assume_timezone(pc.cast(pa.array(values, pa.string()), pa.timestamp("us")), "UTC").cast(wanted)


def _moments_of_numbers(values: Sequence[int | None], wanted: pa.DataType) -> pa.Array:
    return pa.array(values, pa.int64()).cast(wanted)


def _quantities_of_texts(values: Sequence[str | None], wanted: pa.DataType) -> pa.Array:
    # A positive quantity is stored as a letter and its digits; the few negative ones are decoded one by one.
    digits = [value if value is None else value[1:] if value >= "a" else plain(decoded(value)) for value in values]
    return pa.array(digits, pa.string()).cast(wanted)


_MOMENTS = ("occurred_at", "created")
_FROM_POSTGRESQL = {"action": _codes, "occurred_at": _moments_of_numbers, "created": _moments_of_numbers}
_FROM_SQLITE = {
    "action": _codes,
    "resource_quantity_value": _quantities_of_texts,
    "effort_quantity_value": _quantities_of_texts,
    "occurred_at": _moments_of_texts,
    "created": _moments_of_texts,
}
