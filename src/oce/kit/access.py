"""What roles in groups let somebody see and do, and the one question before a record is written.

The kit knows no roles: the app that keeps them says who holds which power over whom (`keep_roll`). Without such an app
nobody holds any, and only the operator writes.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from oce.kit.actor import POWER_WORDS, Actor, Power, seen_by
from oce.kit.records import Record, record_model
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

NAMED_MAX = 3
NOT_ENTITLED = gettext_noop(
    "You may not do this for {whom}: it needs the right to {power} there. Ask {helpers}, who can do it or give you the right."
)
NOT_ENTITLED_ALONE = gettext_noop(
    "You may not do this for {whom}: it needs the right to {power} there. Ask an administrator of this house."
)
NOBODYS = gettext_noop(
    "This belongs to no group, so only a coordinator may write it. Say for whom it is, or ask a coordinator of your group."
)


class Roll(Protocol):
    """Who holds which power over whom."""

    def rights_of(self, person: int) -> Mapping[Power, frozenset[int]]:
        """Return the powers of a person now, each with the agents it is held over; one query."""
        ...

    def powers_of(self, person: int) -> frozenset[Power]:
        """Return the powers that a person with an account holds everywhere; one query."""
        ...

    def leaders_of(self, agents: Collection[int], beside: Collection[int] = ()) -> list[int]:
        """Return who coordinates one of these agents now, themselves or a group that it is part of.

        Groups `beside` which they are led, with those that these are part of, are left out.
        """
        ...


class NoRoll:
    """The roll of a house without roles."""

    def rights_of(self, person: int) -> Mapping[Power, frozenset[int]]:  # noqa: ARG002 (nobody holds any)
        """Return no powers."""
        return {}

    def powers_of(self, person: int) -> frozenset[Power]:  # noqa: ARG002 (nobody has an account)
        """Return no powers."""
        return frozenset()

    def leaders_of(self, agents: Collection[int], beside: Collection[int] = ()) -> list[int]:  # noqa: ARG002 (nobody leads)
        """Return nobody."""
        return []


_roll: Roll = NoRoll()


def keep_roll(roll: Roll) -> None:
    """Let an app say who holds which power over whom."""
    global _roll  # noqa: PLW0603 (a house has one roll)
    _roll = roll


def acting(agent: int, name: str, powers: Iterable[Power] | None = None, scopes: Iterable[Power] = Power) -> Actor:
    """Return the actor who acts for a person: with what their roles let them do now, narrowed to `scopes`.

    Args:
        agent: the private key of the person.
        name: what the journal calls them.
        powers: those held everywhere, to read for everybody who signed in, all for an administrator; looked up where
            they are left out.
        scopes: those that the way they came allows, such as those of a token.
    """
    allowed = frozenset(scopes)
    rights = {power: over for power, over in _roll.rights_of(agent).items() if power in allowed}
    everywhere = frozenset(_roll.powers_of(agent) if powers is None else powers)
    return Actor(name, agent, everywhere & allowed, MappingProxyType(rights), allowed)


def remembered(name: str, agent: int | None, powers: Iterable[Power], scopes: Iterable[Power] = Power) -> Actor:
    """Return the actor who left work to be done later: a person with what they may do now, not when they left it.

    `powers` are those of an actor who acts for no person, and that the work needs; `scopes` those that the way lets pass by
    which a person left the work.
    """
    return Actor(name, None, frozenset(powers)) if agent is None else acting(agent, name, scopes=scopes)


def refuse_unentitled(actor: Actor, power: Power, agents: Iterable[int]) -> list[Refusal]:
    """Only who holds `power` over one of `agents` may write for them; what is nobody's is written by coordinators."""
    keys = sorted(set(agents))
    if not keys:
        return [] if actor.may(Power.COORDINATE) else [Refusal("kit.belongs_to_nobody", NOBODYS)]
    if actor.may(power, *keys):
        return []
    whom = _names(actor, keys)
    helpers = _names(actor, _roll.leaders_of(keys))
    if not helpers:
        return [Refusal("kit.not_entitled_alone", NOT_ENTITLED_ALONE, whom=whom or "?", power=POWER_WORDS[power])]
    return [Refusal("kit.not_entitled", NOT_ENTITLED, whom=whom or "?", power=POWER_WORDS[power], helpers=helpers)]


def is_led(agent: int, *beside: int) -> bool:
    """Return whether somebody coordinates this agent, other than by coordinating the groups `beside`."""
    return bool(_roll.leaders_of([agent], beside))


def power_over(model: type[Record]) -> Power:
    """Return the power that whoever writes a record of this class needs."""
    if model.keeping is not None:
        return Power(model.keeping)
    return Power.RECORD if model.involves else Power.COORDINATE


def refuse_writing(actor: Actor, record: Record) -> list[Refusal]:
    """Return why an actor may not make, change or delete this very record; nothing where they may."""
    if may_write(actor, record):
        return []
    return refuse_unentitled(actor, power_over(type(record)), record.keepers())


def may_write(actor: Actor, record: Record) -> bool:
    """Return whether an actor may make, change or delete this very record, without looking up who else may."""
    power = power_over(type(record))
    if actor.sees_everything or power in actor.powers:
        return True
    keys = list(record.keepers())
    return actor.may(power, *keys) if keys else actor.may(Power.COORDINATE)


def _names(actor: Actor, keys: Collection[int]) -> str:
    """Return the names of the first of some agents, as far as the actor may know them."""
    model: Any = record_model("agent")
    if model is None or not keys:
        return ""
    seen = seen_by(actor, model.every().filter(pk__in=keys))
    return ", ".join(str(each) for each in seen[:NAMED_MAX])
