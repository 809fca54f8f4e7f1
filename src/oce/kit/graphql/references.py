"""Reading what a record refers to, for all records of a level by one small query.

django-auto-prefetch does the same through Django's prefetching, whose general machinery costs several times the query
when the key is a single number. What is read here is kept where Django keeps it, so that both agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oce.kit.graphql.asking import is_seen_here, seen_here
from oce.kit.graphql.inverses import peers_of
from oce.vf.namespaces import camel
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable

    from oce.kit.records import Record


UNSEEN = gettext_noop("You may not see the {kind} that this refers to. Ask its keeper, or sign in as somebody who may.")
_UNSEEN = "_unseen_references"


def reference_reader(model: type[Record], name: str) -> Callable[[Any], Any]:
    """Return the function that reads the reference `name` of a record, and with it those of its peers.

    What the one who asks may not see is nothing to them; where every record has something, a refusal beside the data says so.
    """
    field: Any = model._meta.get_field(name)  # noqa: SLF001 (Django's documented model API)
    attname, cached, is_required = field.attname, field.cache_name, not field.null
    target: type[Record] = field.related_model

    def read(record: Any) -> Any:
        cache = record._state.fields_cache  # noqa: SLF001 (where Django keeps related records)
        if getattr(record, attname) is None:
            return None
        if cached not in cache and cached not in record.__dict__.get(_UNSEEN, ()):
            _read_level([each for each in peers_of(record) if cached not in each._state.fields_cache])  # noqa: SLF001
        # What others kept there, a query that names things or a command, was read for whomever.
        found = cache.get(cached)
        if found is not None and is_seen_here(found):
            return found
        if not is_required:
            return None
        raise Refused(Refusal("graphql.unseen", UNSEEN, camel(name), kind=target._meta.verbose_name))  # noqa: SLF001

    def _read_level(waiting: list[Any]) -> None:
        keys = {getattr(each, attname) for each in waiting} - {None}
        found = {each.pk: each for each in seen_here(target._base_manager.filter(pk__in=keys))}  # noqa: SLF001
        for each in waiting:
            referred = found.get(getattr(each, attname))
            if referred is None:
                each.__dict__.setdefault(_UNSEEN, set()).add(cached)
            else:
                each._state.fields_cache[cached] = referred  # noqa: SLF001

    return read
