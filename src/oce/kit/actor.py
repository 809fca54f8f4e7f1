"""Who is asking, and what they may do.

An actor is whoever sends a wish: a person at a page, a program with a token, or the system itself at the shell. It is
not an agent of the standard, though it may act for one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet


class Power(StrEnum):
    """What an actor may be allowed, each including none of the others."""

    READ = "read"
    RECORD = "record"
    ADMINISTER = "administer"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks: a name for the journal, the agent they act for (its private key), and their powers."""

    name: str
    agent: int | None = None
    powers: frozenset[Power] = field(default_factory=frozenset)

    def may(self, power: Power) -> bool:
        """Return whether this actor holds `power`."""
        return power in self.powers


SYSTEM = Actor("system", powers=frozenset(Power))
STRANGER = Actor("stranger")


def operator(name: str = "operator") -> Actor:
    """Return the actor who holds the key of this house and may do everything."""
    return Actor(name, powers=frozenset(Power))


def refuse_powerless(actor: Actor, power: Power) -> list[Refusal]:
    """Only who holds `power` may; everybody else is told which power is missing."""
    if actor.may(power):
        return []
    return [
        Refusal(
            "kit.not_allowed",
            gettext_noop("You may not do this: it needs the right to {power}. Sign in as somebody who has it."),
            power=power.value,
        )
    ]


_views: list[Callable[[Actor, QuerySet[Any]], QuerySet[Any] | None]] = []


def narrow_views(narrow: Callable[[Actor, QuerySet[Any]], QuerySet[Any] | None]) -> None:
    """Let an app say which records an actor sees: it returns a narrowed queryset, or None where it has no opinion."""
    _views.append(narrow)


def seen_by(actor: Actor, records: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of `records` that `actor` may see: none without the power to read."""
    if not actor.may(Power.READ):
        return records.none()
    for narrow in _views:
        narrowed = narrow(actor, records)
        if narrowed is not None:
            records = narrowed
    return records
