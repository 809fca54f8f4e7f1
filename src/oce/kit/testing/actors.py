"""Actors for tests: people with the rights that a test wants them to have."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from oce.kit.access import acting
from oce.kit.actor import Actor, Power

if TYPE_CHECKING:
    from oce.kit.records import Record

GUEST = Actor("guest", powers=frozenset({Power.READ}))


def actor_of(person: Record, *, is_administrator: bool = False) -> Actor:
    """Return the actor who acts for a person who signed in, with what their roles let them do now."""
    powers = Power if is_administrator else (Power.READ,)
    return acting(person.pk, str(person), powers)


def actor_with(agent: Record | None = None, **over: Record | tuple[Record, ...]) -> Actor:
    """Return an actor who acts for `agent` and holds powers over others: `actor_with(ana, read=bakery, record=bakery)`."""
    rights = {
        Power(power): frozenset(each.pk for each in (whom if isinstance(whom, tuple) else (whom,)))
        for power, whom in over.items()
    }
    name = "guest" if agent is None else str(agent)
    return Actor(name, None if agent is None else agent.pk, frozenset({Power.READ}), MappingProxyType(rights))
