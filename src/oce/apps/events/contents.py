"""What lies in what: which processes, things and containers matter before anything is combined or brought out (D27)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F
from django.db.models.functions import Least

from oce.apps.events import history
from oce.apps.processes.models import Process
from oce.apps.resources import stock
from oce.kit import locks
from oce.kit.rows import database_of
from oce.kit.statements import Question, ask
from oce.vf.actions import ACTIONS
from oce.vf.containers import Containers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Whether anything was combined is what matters; the column is small.
COMBINES_MAX = 30_000

Flow = tuple[str, int | None, int | None]


class Contents(NamedTuple):
    """What the processes have seen so far, and the things that may be put somewhere, or fall out, without being named."""

    containers: Containers
    touched: set[int]


def contents_of(flows: Iterable[Flow], combines: Mapping[int, int], *, is_correction: bool = False) -> Contents:
    """Lock the processes of these flows where things are put together, and return what was combined and brought out there.

    Of a wish that combines and one that brings out the container at the same time, one must see the other.

    Args:
        flows: action, process it is an input of, and process it is an output of.
        combines: how many things were combined in each process, as it was looked up.
        is_correction: whether these are corrections, which may take a container away.
    """
    putting: set[int] = set()
    bringing: set[int] = set()
    for action, input_of, output_of in flows:
        row = ACTIONS[action]
        if row.contained_effect or row.can_contain:
            (putting if row.contained_effect or is_correction else bringing).update({input_of, output_of} - {None})  # type: ignore[arg-type]
    bringing -= putting
    combining = _locked(putting, bringing) if locks.has_company() else {key for key in bringing if combines.get(key)}
    asked = putting | combining
    if not asked:
        return Contents(Containers(), set())
    containers = Containers(history.containing(asked))
    fallen = history.combined_in(asked) if is_correction else set()
    return Contents(containers, fallen.union(containers.waiting))  # type: ignore[arg-type]


def count_combined(counts: Mapping[int, int]) -> None:
    """Remember of each process that so many more things were combined in it."""
    for key, count in counts.items():
        Process.objects.filter(pk=key).update(combines=Least(F("combines") + count, COMBINES_MAX))


def _locked(putting: set[int], bringing: set[int]) -> set[int]:
    """Hold the first alone, the others with others, and return those of the others in which something was combined."""
    combining: set[int] = set()
    for keys, strength in ((putting, "UPDATE"), (bringing, "SHARE")):
        ordered = sorted(keys)
        for start in range(0, len(ordered), stock.BATCH):
            combining.update(
                key for key, combines in _locked_rows(ordered[start : start + stock.BATCH], strength) if combines
            )
    return combining & bringing


def _locked_rows(keys: list[int], strength: str) -> list[tuple[int, int]]:
    places = ", ".join(["%s"] * len(keys))
    statement = f"SELECT id, combines FROM {Process._meta.db_table} WHERE id IN ({places}) ORDER BY id FOR {strength}"  # noqa: S608, SLF001
    question: Question[list[Any]] = Question(statement, keys, list)
    ask(database_of(Process), question)
    return question.answer
