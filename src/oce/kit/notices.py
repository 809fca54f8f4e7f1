"""What has happened, told to whoever listens, once it is true.

A notice is a frozen dataclass named in the past, `EventsRecorded`. Listeners marked `@hears(Notice)` are called after
the commit, so nobody is told of something undone; those marked `together=True` are called inside the transaction and
may refuse.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

N = TypeVar("N")
_after: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
_together: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def hears(notice: type[N], *, together: bool = False) -> Callable[[Callable[[N], None]], Callable[[N], None]]:
    """Mark a listener to `notice`: called after the commit, or `together` with the change, where it may refuse."""

    def mark(listener: Callable[[N], None]) -> Callable[[N], None]:
        listeners = (_together if together else _after)[notice]
        if listener not in listeners:
            listeners.append(listener)
        return listener

    return mark


def announce(notice: object) -> None:
    """Tell the listeners of this notice: those inside the transaction now, the others after the commit."""
    for listener in _together[type(notice)]:
        listener(notice)
    if _after[type(notice)]:
        transaction.on_commit(lambda: _tell(notice))


def _tell(notice: object) -> None:
    for listener in _after[type(notice)]:
        try:
            listener(notice)
        except Exception:
            # The change is committed: a listener's fault is its own, and must not look like a failure of the wish.
            log.exception("%s failed to hear %s", listener.__qualname__, type(notice).__name__)


def listeners() -> dict[str, list[str]]:
    """Return the names of the listeners of each notice, for `oce apps` and the reference."""
    heard: dict[str, list[str]] = {}
    for table in (_together, _after):
        for notice, functions in table.items():
            name = f"{notice.__module__}.{notice.__qualname__}"
            heard.setdefault(name, []).extend(f"{each.__module__}.{each.__qualname__}" for each in functions)
    return {name: functions for name, functions in sorted(heard.items()) if functions}
