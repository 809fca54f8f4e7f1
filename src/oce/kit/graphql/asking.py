"""Who asks in a GraphQL request, and which records they see."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from oce.kit.actor import Actor, is_seen_by, looking_as, seen_by
from oce.kit.answers import digest, told_of
from oce.kit.journal import Answer
from oce.kit.records import read_uid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

    from oce.kit.records import Record

T = TypeVar("T", bound="Record")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Asking:
    """What every resolver finds as `info.context`: who asks, the idempotency key, and what was read once."""

    actor: Actor
    key: str | None = None
    shelf: dict[Any, Any] = field(default_factory=dict)


_running: ContextVar[Asking] = ContextVar("running_request")


@contextmanager
def running(asking: Asking) -> Iterator[None]:
    """Let what is read inside the block be read for the one who asks, where no `info` tells it."""
    token = _running.set(asking)
    try:
        with looking_as(asking.actor):
            yield
    finally:
        _running.reset(token)


def seen_here(records: QuerySet[T]) -> QuerySet[T]:
    """Return those of `records` that the one whose request is running may see."""
    return seen_by(_running.get().actor, records)


def is_seen_here(record: Record) -> bool:
    """Return whether the one whose request is running may see a record that was read already."""
    return is_seen_by(_running.get().actor, record)


def seen(info: Any, model: type[T]) -> QuerySet[T]:
    """Return the records of `model` that the one who asks may see."""
    return seen_by(info.context.actor, model.every())


def wished(info: Any, wish: Callable[..., R], *args: Any, key: str | None = None, **kwargs: Any) -> R:
    """Grant a command to the one who asks, once for each idempotency key, and return what it returns.

    A key in the header stands for the whole request, which may hold several wishes: each gets its own, by its name in
    the response.
    """
    return wish(info.context.actor, *args, key=key or _key_of_wish(info), **kwargs)


def was_deleted(info: Any, command: str, model: type[Record], revision_id: str) -> bool:
    """Return whether the one who asks deleted this record before, under the idempotency key of this wish."""
    key, uid = _key_of_wish(info), read_uid(revision_id)
    if key is None or uid is None:
        return False
    same = digest(command, (told_of(model, uid), revision_id), {})
    return Answer.objects.filter(actor=info.context.actor.identity, key=key, digest=same).exists()


def _key_of_wish(info: Any) -> str | None:
    return None if info.context.key is None else f"{info.context.key}/{info.path.key}"
