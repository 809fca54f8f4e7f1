"""Reading what a record refers to, for all records of a level by one small query.

django-auto-prefetch does the same through Django's prefetching, whose general machinery costs several times the query
when the key is a single number. What is read here is kept where Django keeps it, so that both agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oce.kit.graphql.inverses import peers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from oce.kit.records import Record


def reference_reader(model: type[Record], name: str) -> Callable[[Any], Any]:
    """Return the function that reads the reference `name` of a record, and with it those of its peers."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001 (Django's documented model API)
    attname, cached = field.attname, field.cache_name
    target: type[Record] = field.related_model

    def read(record: Any) -> Any:
        cache = record._state.fields_cache  # noqa: SLF001 (where Django keeps related records)
        if cached not in cache and getattr(record, attname) is not None:
            _read_level(record)
        # Only where the row is missing does Django ask once more, to say so itself.
        return cache[cached] if cached in cache else getattr(record, name)

    def _read_level(record: Any) -> None:
        waiting = [each for each in peers_of(record) if cached not in each._state.fields_cache]  # noqa: SLF001
        keys = {getattr(each, attname) for each in waiting} - {None}
        found = {each.pk: each for each in target._base_manager.filter(pk__in=keys)}  # noqa: SLF001
        for each in waiting:
            referred = found.get(getattr(each, attname))
            if referred is not None:
                each._state.fields_cache[cached] = referred  # noqa: SLF001

    return read
