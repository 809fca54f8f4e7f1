"""Who is asking, what they see, and what they may do.

An actor is whoever sends a wish: a person at a page, a program with a token, or the system itself at the shell. It is
not an agent of the standard, though it may act for one. What somebody may do follows from their roles in groups, which
are read once when the actor is made (see `oce.kit.access`); nothing here asks the database but to name a group in a
refusal.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import ManyToManyField, Q
from django.utils.translation import pgettext_lazy

from oce.kit.sharing import Visibility
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import Model, QuerySet
    from django.utils.functional import Promise

M = TypeVar("M", bound="Model")


class Power(StrEnum):
    """What an actor may be allowed, each including none of the others."""

    READ = "read"
    RECORD = "record"
    COORDINATE = "coordinate"
    ADMINISTER = "administer"


# As they stand in a refusal.
POWER_WORDS: Mapping[Power, Promise] = MappingProxyType(
    {
        Power.READ: pgettext_lazy("the right to …", "read"),
        Power.RECORD: pgettext_lazy("the right to …", "record"),
        Power.COORDINATE: pgettext_lazy("the right to …", "coordinate"),
        Power.ADMINISTER: pgettext_lazy("the right to …", "administer"),
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks: a name for the journal, the agent they act for (its private key), and what they may.

    `powers` are held everywhere: the power to read makes one a guest of the house, who sees what is shared with the
    network; the power to administer lets one see and do everything. `rights` are powers over certain agents: those whom
    one acts for, and the groups in which one has a role, with their parts. `scopes` are the powers that the way they came
    lets pass, such as a token that only reads: nothing beyond them is done on their behalf, now or later.
    """

    name: str
    agent: int | None = None
    powers: frozenset[Power] = field(default_factory=frozenset)
    rights: Mapping[Power, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    scopes: frozenset[Power] = frozenset(Power)

    @property
    def identity(self) -> str:
        """What tells this actor from all others, also from one of the same name."""
        return self.name if self.agent is None else f"agent {self.agent}"

    @property
    def sees(self) -> frozenset[int]:
        """The agents whose own records one sees, those that nobody else sees among them."""
        own = () if self.agent is None else (self.agent,)
        return self.rights.get(Power.READ, frozenset()).union(own)

    @property
    def sees_everything(self) -> bool:
        """Whether nothing is hidden from this actor."""
        return Power.ADMINISTER in self.powers

    def may(self, power: Power, *agents: int) -> bool:
        """Return whether this actor holds `power` over one of `agents`; where none is named, over anybody at all."""
        if power in self.powers or self.sees_everything:
            return True
        held = self.rights.get(power, frozenset())
        return not held.isdisjoint(agents) if agents else bool(held)


SYSTEM = Actor("system", powers=frozenset(Power))
STRANGER = Actor("stranger")


def operator(name: str = "operator") -> Actor:
    """Return the actor who holds the key of this house and may do everything."""
    return Actor(name, powers=frozenset(Power))


def refuse_powerless(actor: Actor, power: Power) -> list[Refusal]:
    """Only who holds `power` somewhere may; everybody else is told which power is missing."""
    return [] if actor.may(power) else [_lacks(power)]


def refuse_wishing(actor: Actor, power: Power) -> list[Refusal]:
    """Only who holds `power` somewhere may wish for something, and never by a way that only lets one read."""
    refusals = refuse_powerless(actor, power)
    return refusals if refusals or Power.RECORD in actor.scopes else [_lacks(Power.RECORD)]


def _lacks(power: Power) -> Refusal:
    return Refusal(
        "kit.not_allowed",
        gettext_noop("You may not do this: it needs the right to {power}. Sign in as somebody who has it."),
        power=POWER_WORDS[power],
    )


def seen_by(actor: Actor, records: QuerySet[M]) -> QuerySet[M]:
    """Return those of `records` that `actor` may see: what is shared with them, and what concerns those they act for."""
    if actor.sees_everything:
        return records
    if not actor.may(Power.READ):
        return records.filter(visibility=Visibility.PUBLIC)
    return records.filter(_shared_with(actor, records.model))


def is_seen_by(actor: Actor, record: Any) -> bool:
    """Return whether `actor` may see a record: the same answer as `seen_by`, from what is loaded already."""
    if actor.sees_everything or record.visibility == Visibility.PUBLIC:
        return True
    if not actor.may(Power.READ):
        return False
    if record.visibility == Visibility.NETWORK:
        return True
    involved = record.involved()
    return not actor.sees.isdisjoint(involved) if involved else actor.may(Power.COORDINATE)


def _shared_with(actor: Actor, model: Any) -> Q:
    """Return the condition of what somebody who has signed in sees, beside nothing else."""
    if not model.involves and actor.may(Power.COORDINATE):
        return Q()
    shared = Q(visibility__in=(Visibility.NETWORK, Visibility.PUBLIC))
    nobody = Q()
    for name in model.involves:
        reference = model._meta.get_field("id" if name == "pk" else name)  # noqa: SLF001 (Django's documented model API)
        if isinstance(reference, ManyToManyField):
            links: Any = reference.remote_field.through
            near, far = reference.m2m_field_name(), reference.m2m_reverse_field_name()
            shared |= Q(pk__in=links.objects.filter(**{f"{far}__in": sorted(actor.sees)}).values(near))
            nobody &= ~Q(pk__in=links.objects.values(near))
        else:
            shared |= Q(**{f"{name}__in": sorted(actor.sees)})
            nobody &= Q(**{f"{name}__isnull": True})
    # What concerns nobody is looked after by whoever coordinates, wherever.
    can_be_nobodys = nobody and all(name != "pk" and _may_be_empty(model, name) for name in model.involves)
    return shared | nobody if can_be_nobodys and actor.may(Power.COORDINATE) else shared


def _may_be_empty(model: Any, name: str) -> bool:
    reference = model._meta.get_field(name)  # noqa: SLF001 (Django's documented model API)
    return bool(reference.null or isinstance(reference, ManyToManyField))


_looking: ContextVar[Actor] = ContextVar("who_looks", default=SYSTEM)


@contextmanager
def looking_as(actor: Actor) -> Iterator[None]:
    """Let what is told inside the block be told to `actor`: what they may not see has no name and no address there."""
    token = _looking.set(actor)
    try:
        yield
    finally:
        _looking.reset(token)


def onlooker() -> Actor:
    """Return to whom things are told; outside of requests, the system itself."""
    return _looking.get()
