"""Who asks in a GraphQL request, and which records they see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from oce.kit.actor import Actor, seen_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from oce.kit.records import Record

    T = TypeVar("T", bound="Record")


@dataclass(frozen=True, slots=True)
class Asking:
    """What every resolver finds as `info.context`: who asks, the idempotency key, and what was read once."""

    actor: Actor
    key: str | None = None
    shelf: dict[Any, Any] = field(default_factory=dict)


def seen(info: Any, model: type[T]) -> QuerySet[T]:
    """Return the records of `model` that the one who asks may see."""
    return seen_by(info.context.actor, model.every())


def wish_key(info: Any, given: str | None = None) -> str | None:
    """Return the idempotency key of the running mutation field, or None where the request carries none.

    A key in the header stands for the whole request, which may hold several wishes: each gets its own, by its name in
    the response.
    """
    if given is not None or info.context.key is None:
        return given
    return f"{info.context.key}/{info.path.key}"
