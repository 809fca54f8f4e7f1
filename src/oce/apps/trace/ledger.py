"""The ledger ready to be walked: one adjacency a process, kept up by place."""

from __future__ import annotations

import logging
import shutil
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from oce.apps.events import sequence, snapshot
from oce.apps.events.legs import LEGS
from oce.apps.events.replaying import backed_out
from oce.apps.trace.rules import archive
from oce.apps.trace.rules.adjacency import Adjacency
from oce.apps.trace.rules.columns import NONE, Columns
from oce.vf.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

_LINKS = {
    "resource": "resource_inventoried_as_id",
    "to_resource": "to_resource_inventoried_as_id",
    "input_of": "input_of_id",
    "output_of": "output_of_id",
    "corrects": "corrects_id",
    "previous_event": "previous_event_id",
    "to_previous_event": "to_previous_event_id",
}
_ROWS = [ACTIONS[name] for name in snapshot.ACTION_NAMES]
_BRINGS_OUT = np.array([row.input_output == "output" and row.create_resource == "optional" for row in _ROWS])
_RAISE = next(
    code
    for code, row in enumerate(_ROWS)
    if row.input_output is None and row.create_resource == "optional" and row.accounting_effect == "increment"
)
_CHANGES_HANDS = np.array([row.changes_hands for row in _ROWS])
_ADDS = np.array([legs.from_accounting + legs.from_onhand > 0 for legs in LEGS])
_COLUMNS = ("id", "action", "effect", *_LINKS.values())
GRAPH = "graph"
# A smaller ledger is laid out as quickly as it is read.
PUT_AWAY_MIN = 100_000


@dataclass(frozen=True, slots=True)
class _Kept:
    """What this process knows of the ledger: its last event, by place and identifier, and up to where it has read.

    Beyond the last event lie places that will never be filled, where recording was given up.
    """

    last: int
    uid: str
    adjacency: Adjacency
    read_to: int


_lock = threading.Lock()
_kept: _Kept | None = None


def adjacency() -> Adjacency:
    """Return the settled ledger as a graph; the first call of a process reads it, later ones add what is new."""
    global _kept  # noqa: PLW0603 (one graph a process is the purpose)
    settled = sequence.horizon()
    with _lock:
        # A restored database may hold another ledger under the same places.
        if _kept is None or settled < _kept.last or snapshot.last_uid(_kept.last) != _kept.uid:
            _kept = _put_away()
        if _kept is None:
            table = snapshot.answered(lambda taken: taken.table(_COLUMNS))
            _kept = _keep(_last(table, 0), Adjacency.of(_columns(table, backed_out())), settled)
            _put_by(_kept)
        elif settled > _kept.read_to:
            since = _kept.last
            table = snapshot.answered(lambda taken: taken.table(_COLUMNS, since=since))
            gone = backed_out()
            extended = _kept.adjacency.extended(_columns(table, gone), backed_out=sorted(gone))
            _kept = _keep(_last(table, _kept.last), extended, settled)
        return _kept.adjacency


def _keep(last: int, adjacency: Adjacency, read_to: int) -> _Kept:
    return _Kept(last, snapshot.last_uid(last), adjacency, read_to)


def _put_by(kept: _Kept) -> None:
    """Put the graph of a large ledger away, so that the next process need not build it."""
    if len(kept.adjacency.columns) >= PUT_AWAY_MIN:
        with snapshot.alone(wait=True):
            for older in snapshot.folder().glob(f"{GRAPH}-*"):
                shutil.rmtree(older, ignore_errors=True)
            archive.save(kept.adjacency, snapshot.folder() / f"{GRAPH}-{kept.last}-{kept.uid}")


def _put_away() -> _Kept | None:
    """Return the graph that another process put away, if it is of this ledger and of this version of the program."""
    for _ in range(snapshot.TRIES):
        try:
            return next(_put_aways(), None)
        except FileNotFoundError:
            log.info("Another process is just putting a newer graph away; it is looked for again.")
    return None


def _put_aways() -> Iterator[_Kept]:
    for folder in snapshot.folder().glob(f"{GRAPH}-*"):
        _, last, uid = folder.name.split("-", 2)
        if last.isdigit() and snapshot.last_uid(int(last)) == uid:
            try:
                yield _Kept(int(last), uid, archive.load(folder), int(last))
            except FileNotFoundError:
                raise
            except (ValueError, KeyError, EOFError, OSError):
                log.info("The graph in %s is damaged or of another version; it is built anew.", folder)


def _last(table: pa.Table, before: int) -> int:
    return int(table["id"][-1].as_py()) if table.num_rows else before


def _columns(table: pa.Table, gone: frozenset[int]) -> Columns:
    codes = _numbers(table, "action")
    links = {name: _numbers(table, column) for name, column in _LINKS.items()}
    # The only resource of a hand-over that gained by it is the receiver's (T3): it stands on the to side.
    gained = _CHANGES_HANDS[codes] & (links["to_resource"] == NONE) & _ADDS[_numbers(table, "effect")]
    for of, to in (("resource", "to_resource"), ("previous_event", "to_previous_event")):
        links[to] = np.where(gained, links[of], links[to])
        links[of] = np.where(gained, NONE, links[of])
    # The standard knows a production as the output of a process. One told without a process brings in as a raise does.
    codes = np.where(_BRINGS_OUT[codes] & (links["output_of"] == NONE), _RAISE, codes)
    return Columns.of(
        snapshot.ACTION_NAMES, sequence=_numbers(table, "id"), action=codes, backed_out=sorted(gone), **links
    )


def _numbers(table: pa.Table, name: str) -> NDArray[np.int64]:
    filled = table[name].cast("int64").fill_null(NONE)
    numbers: NDArray[np.int64] = filled.to_numpy().astype(np.int64, copy=False)
    return numbers
