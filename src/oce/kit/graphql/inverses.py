"""Lists that lead from a record to those that point at it, read for a whole level of a query at once.

The records of one level were read by one query and know one another as peers (django-auto-prefetch). The first that
is asked for a list reads it for all its peers, with a window so that each gets no more than its page; the others find
theirs waiting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from weakref import WeakValueDictionary

from django.conf import settings
from django.db import connections
from django.db.models import Count, F, Q

from oce.kit.graphql.asking import seen
from oce.kit.graphql.connections import Page, Slice, read_slice
from oce.kit.graphql.filters import narrowed
from oce.kit.graphql.limits import TOO_COSTLY
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from oce.kit.records import Record

TOO_LONG = gettext_noop(
    "This list has more than {most} records. Ask for it page by page, in the list of all {kind}, with a filter."
)
# Stands for the key in a statement that is compiled once and run for many keys.
SOUGHT = -7_041_776_041
# How many searches are joined in one statement: below the limit of SQLite.
KEYS_MAX = 400
# How many records one statement reads by their keys, for the same reason.
ROWS_MAX = 10_000
_SHELF = "_lists_read"
T = TypeVar("T")


@dataclass(frozen=True, eq=False, slots=True)
class Inverse:
    """Records of `model` that lead to another record by one of `paths`, as far as `only` lets them through."""

    model: type[Record]
    paths: tuple[str, ...]
    only: Q = Q()  # noqa: RUF009 (an empty condition, never changed)

    def crosses_a_list(self, path: str) -> bool:
        """Return whether a path leads over a list to something beyond, which a record may reach by several ways."""
        first, _, beyond = path.partition("__")
        return bool(beyond) and self.model._meta.get_field(first).many_to_many is True  # noqa: SLF001 (documented by Django)


class Wanted(NamedTuple):
    """What one list field asks for, the same for all records of its level."""

    inverse: Inverse
    part: Slice
    filter: Any = None

    def records(self, info: Any) -> QuerySet[Any]:
        """Return all records the list may hold, whomever they lead to."""
        return narrowed(seen(info, self.inverse.model).filter(self.inverse.only), self.filter)


def list_of(inverse: Inverse) -> Callable[..., list[Any]]:
    """Return the resolver of a plain list; longer than a page may be, it is refused instead of cut."""

    def resolve(record: Record, info: Any, filter: Any = None) -> list[Any]:  # noqa: A002
        most = settings.OCE_PAGE_SIZE_MAX
        rows = _read(record, info, Wanted(inverse, Slice(size=most), filter))
        if len(rows) > most:
            kind = inverse.model._meta.verbose_name_plural  # noqa: SLF001 (Django's documented model API)
            raise Refused(Refusal("graphql.list_too_long", TOO_LONG, info.field_name, most=most, kind=kind))
        return list(rows)

    return resolve


def lists_of(*inverses: Inverse) -> Callable[..., list[Any]]:
    """Return the resolver of a plain list of records of several classes, one class after the other."""
    readers = [list_of(each) for each in inverses]

    def resolve(record: Record, info: Any) -> list[Any]:
        return [found for read in readers for found in read(record, info)]

    return resolve


def connection_of(inverse: Inverse) -> Callable[..., Page]:
    """Return the resolver of a list that is read page by page."""

    def resolve(record: Record, info: Any, filter: Any = None, **asked: Any) -> Page:  # noqa: A002
        wanted = Wanted(inverse, read_slice(inverse.model, **asked), filter)
        rows = _read(record, info, wanted)
        return wanted.part.page(rows, lambda: _count(record, info, wanted))

    return resolve


def peers_of(record: Record) -> list[Any]:
    """Return the records that were read together with this one, itself among them."""
    peers = getattr(record, "_peers", None)
    return [record] if peers is None else list(peers.values())


def make_peers(records: Iterable[Record]) -> None:
    """Let records that were read by several queries know one another, so that what they lead to is read at once."""
    peers: WeakValueDictionary[int, Any] = WeakValueDictionary((id(each), each) for each in records)
    for each in list(peers.values()):
        each._peers = peers  # noqa: SLF001 (where django-auto-prefetch keeps them)


def for_level(record: Record, key: object, read: Callable[[set[int]], Mapping[int, T]], default: T) -> T:
    """Return what `read` finds for a record, read once for all its peers; `default` where it finds nothing."""
    shelf = _shelf(record)
    if key not in shelf:
        waiting = [each for each in peers_of(record) if key not in _shelf(each)]
        found = read({each.pk for each in waiting})
        for each in waiting:
            _shelf(each)[key] = found.get(each.pk, default)
    value: T = shelf[key]
    return value


def _read(record: Record, info: Any, wanted: Wanted) -> Sequence[Any]:
    """Return the rows of one record's list, one more than fits where there are more."""
    key = (wanted.inverse, wanted.part, repr(wanted.filter))
    return for_level(record, key, lambda keys: _rows(info, wanted, keys), [])


def _shelf(record: Record) -> dict[Any, Any]:
    shelf: dict[Any, Any] = record.__dict__.setdefault(_SHELF, {})
    return shelf


def _rows(info: Any, wanted: Wanted, keys: set[int]) -> dict[int, list[Any]]:
    inverse, part = wanted.inverse, wanted.part
    every = part.within(wanted.records(info)).order_by(*part.ordering())
    found: dict[int, dict[int, Any]] = {key: {} for key in keys}
    # A statement a path: each can use its index, which one that joins the conditions by OR cannot.
    for path in inverse.paths:
        records = every.distinct() if inverse.crosses_a_list(path) else every
        if len(keys) == 1:
            (key,) = keys
            found[key].update((row.pk, row) for row in records.filter(**{path: key})[: part.size + 1])
        else:
            for key, row in _first_of_each(records, path, keys, part.size + 1):
                found[key].setdefault(row.pk, row)
    if len(inverse.paths) > 1:
        make_peers(row for rows in found.values() for row in rows.values())
    return {key: _merged(rows.values(), part) for key, rows in found.items()}


def _first_of_each(records: QuerySet[Any], path: str, keys: set[int], count: int) -> Iterator[tuple[int, Any]]:
    """Yield, for each key, the first records that lead to it, in the order of `records`.

    One statement finds which they are, a bounded search for each key, joined; another reads them. A window over all records
    would be one statement, and would read the whole ledger to show five events of everybody.
    """
    for leading in _batches(_keys_of_first(records, path, keys, count)):
        rows = {row.pk: row for row in records.filter(pk__in={pk for _key, found in leading for pk in found})}
        for key, wanted in leading:
            yield from ((key, row) for pk, row in rows.items() if pk in wanted)


def _batches(leading: dict[int, set[int]]) -> Iterator[list[tuple[int, set[int]]]]:
    """Yield the lists in batches of which one statement can read the records.

    Raises:
        Refused: `graphql.too_costly`, where plain lists hold so much more than most do that the bound on cost is passed.
    """
    total = sum(map(len, leading.values()))
    most = settings.OCE_GRAPHQL_COST_MAX
    if total > most:
        raise Refused(Refusal("graphql.too_costly", TOO_COSTLY, count=total, most=most))
    batch: list[tuple[int, set[int]]] = []
    size = 0
    for key, found in leading.items():
        batch.append((key, found))
        size += len(found)
        if size >= ROWS_MAX:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _keys_of_first(records: QuerySet[Any], path: str, keys: set[int], count: int) -> dict[int, set[int]]:
    """Return which records are the first that lead to each key."""
    leading = records.filter(**{path: SOUGHT}).annotate(found=F("pk")).values_list("found")[:count]
    statement, params = leading.query.sql_with_params()
    found: dict[int, set[int]] = defaultdict(set)
    ordered = sorted(keys)
    for start in range(0, len(ordered), KEYS_MAX):
        some = ordered[start : start + KEYS_MAX]
        joined = " UNION ALL ".join([f"SELECT %s, found FROM ({statement}) AS part"] * len(some))  # noqa: S608 (Django's own)
        with connections[records.db].cursor() as cursor:
            cursor.execute(
                joined, [each for key in some for each in (key, *(key if p == SOUGHT else p for p in params))]
            )
            for key, pk in cursor.fetchall():
                found[key].add(pk)
    return found


def _merged(rows: Iterable[Any], part: Slice) -> list[Any]:
    """Return the rows of several paths in the order of the list; of one path they come in it already.

    Several paths are only read in order of birth (see `inverse_arguments`), so the private keys tell the order.
    """
    backwards = part.order.is_descending != part.backwards
    return (
        sorted(rows, key=lambda row: -row.pk if backwards else row.pk)[: part.size + 1]
        if part.order.column is None
        else list(rows)
    )


def _count(record: Record, info: Any, wanted: Wanted) -> int | None:
    """Return the length of the list; null where counting would cost a query for each record of the level."""
    records, paths = wanted.records(info).order_by(), wanted.inverse.paths
    if len(peers_of(record)) == 1:
        leading = [records.filter(**{path: record.pk}).values("pk") for path in paths]
        return leading[0].union(*leading[1:]).count() if len(paths) > 1 else leading[0].count()
    if len(paths) > 1:
        return None

    def grouped(keys: set[int]) -> dict[int, int]:
        return dict(records.filter(**{f"{paths[0]}__in": keys}).values_list(paths[0]).annotate(Count("pk")))

    return for_level(record, ("count", wanted.inverse, repr(wanted.filter)), grouped, 0)
