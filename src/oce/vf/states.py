"""The state of a resource, and how one event changes it: values in, new values out.

The same function serves the recording of one event, the replay of a ledger and the import
of millions. That is why it looks up its effect in a dictionary and builds tuples: about
two microseconds an event, and nothing to keep in step.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from decimal import Decimal, Inexact, Overflow
from typing import NamedTuple

from oce.vf.actions import ACTIONS
from oce.vf.decimals import BOUNDED, EXACT, out_of_bounds, plain
from oce.vf.effects import Circumstances, Effect, effect_of
from oce.vf.refusals import Refusal, Refused, gettext_noop

Move = Callable[[Decimal, Decimal], Decimal]

ZERO = Decimal(0)
_MOVES: dict[int, Move | None] = {0: None, 1: BOUNDED.add, -1: BOUNDED.subtract}

UNIT_DIFFERS = gettext_noop(
    "The resource is counted in {resource_unit}, and this is {quantity} {unit}. Give the quantity in {resource_unit}."
)
UNIT_CONVERTS = gettext_noop(
    "The resource is counted in {resource_unit}, and this is {quantity} {unit}. "
    "Give the quantity in {resource_unit}: that would be {converted}."
)
SHORTAGE = gettext_noop(
    "Only {available} {unit} of {name} are on hand; this takes {asked}. Take less, or first record what came in."
)
SHORTAGE_OF_RIGHTS = gettext_noop(
    "Only {available} {unit} of {name} are accounted for; this takes {asked}. Take less, or first record what came in."
)


class ResourceState(NamedTuple):
    """What the events so far say about one resource.

    Attributes:
        as_of: moment of the event that last stamped place, stage, state, accountable or container.
        is_digital: it may lie in several containers at once (D13).
    """

    accounting: Decimal = ZERO
    onhand: Decimal = ZERO
    unit: str | None = None
    accountable: Hashable = None
    location: Hashable = None
    stage: Hashable = None
    state: str | None = None
    contained_in: tuple[Hashable, ...] = ()
    previous_event: Hashable = None
    as_of: datetime | None = None
    is_digital: bool = False


NEW = ResourceState()
"""A resource of which nothing is known yet."""


class Happening(NamedTuple):
    """An event, as far as resources are concerned. Identifiers are whatever the caller uses.

    Attributes:
        quantity: the resource quantity, signed; None where the event has only an effort.
        stage: `basedOn` of the process that the event is an output of.
        container: what a `combine` puts its resource into, once known (see `containers`).
        moment: when it happened; None where nobody said.
        creates: whether it brings its resource into being.
        effort: the effort quantity; only asked whether corrections bring it to nothing.
        lone_is_receivers: whose the only resource of a transfer is (T3); None asks its state.
    """

    id: Hashable
    action: str
    quantity: Decimal | None = None
    unit: str | None = None
    provider: Hashable = None
    receiver: Hashable = None
    resource: Hashable = None
    to_resource: Hashable = None
    to_location: Hashable = None
    state: str | None = None
    stage: Hashable = None
    container: Hashable = None
    moment: datetime | None = None
    corrects: Hashable = None
    creates: bool = False
    input_of: Hashable = None
    output_of: Hashable = None
    effort: Decimal | None = None
    lone_is_receivers: bool | None = None


class Outcome(NamedTuple):
    """The states after an event; None for a side that it does not name."""

    from_state: ResourceState | None
    to_state: ResourceState | None
    effect: Effect


# Accountable, location, stage, state, containers, and as of when.
Stamped = tuple[Hashable, Hashable, Hashable, str | None, tuple[Hashable, ...], datetime | None]
Key = tuple[str, bool, bool, bool, bool, bool, bool, bool]


class _Stamps(NamedTuple):
    locates: bool
    accounts: bool
    stages: bool
    states: bool
    contains: str


class _Side(NamedTuple):
    """An effect made ready for one side: how its balances move, what is stamped, and whether it is what is counted."""

    accounting: Move | None
    onhand: Move | None
    stamps: _Stamps | None
    is_counted: bool


class _Plan(NamedTuple):
    effect: Effect
    from_side: _Side
    to_side: _Side


_PLANS: dict[Key, _Plan] = {}
_made = tuple.__new__  # named tuples are made in half the time without their own __new__


def apply(
    happening: Happening,
    from_state: ResourceState | None = None,
    to_state: ResourceState | None = None,
    *,
    stamps: bool = True,
) -> Outcome:
    """Return the states of both resources after `happening`; without `stamps` only quantities change.

    A side that the event names and whose state is None is a resource never heard of. Where
    both sides name the same resource only `from_state` is read, and both answers are the same.

    Raises:
        Refused: `effects.unit_differs`, or `measures.out_of_bounds` for a balance.
    """
    _, action, _, _, provider, receiver, resource, to_resource, _, _, _, _, _, corrects, creates, _, _, _, lone = (
        happening
    )
    has_from, has_to = resource is not None, to_resource is not None
    same = has_to and resource == to_resource
    if lone is None:
        lone = receiver is not None and from_state is not None and from_state.accountable == receiver
    differ = provider != receiver and provider is not None and receiver is not None
    key = (action, has_from, has_to, same, differ, lone, creates, corrects is not None or not stamps)
    effect, from_side, to_side = _PLANS.get(key) or _plan(key)
    from_after = _after(from_state or NEW, happening, from_side) if has_from else None
    if same:
        return Outcome(from_after, from_after, effect)
    to_after = _after(to_state or NEW, happening, to_side) if has_to else None
    return _made(Outcome, (from_after, to_after, effect))


def _after(before: ResourceState, happening: Happening, side: _Side) -> ResourceState:
    """Return the state of the resource on one side; its previous event is then this one (T7)."""
    accounting, onhand, unit, accountable, location, stage, state, contained_in, _, as_of, is_digital = before
    quantity = happening.quantity
    move_accounting, move_onhand, stamps, is_counted = side
    if quantity is not None and is_counted:
        if unit is None:
            unit = happening.unit
        elif unit != happening.unit:
            raise Refused(_unit_differs(before, happening))
        try:
            if move_accounting is not None:
                accounting = move_accounting(accounting, quantity)
            if move_onhand is not None:
                onhand = move_onhand(onhand, quantity)
        except (Overflow, Inexact):
            raise Refused(out_of_bounds(quantity, "resourceQuantity")) from None
    # A back-dated entry still counts, but what came later has already moved or changed the thing.
    if stamps is not None:
        moment = happening.moment
        if moment is None or as_of is None or moment >= as_of:
            accountable, location, stage, state, contained_in, as_of = _stamped(before, happening, stamps)
    after = (
        accounting,
        onhand,
        unit,
        accountable,
        location,
        stage,
        state,
        contained_in,
        happening.id,
        as_of,
        is_digital,
    )
    return _made(ResourceState, after)


def _stamped(before: ResourceState, happening: Happening, stamps: _Stamps) -> Stamped:
    """Return all that an event may stamp on a resource, as it is after this one."""
    _, _, _, accountable, location, stage, state, contained_in, _, as_of, _ = before
    locates, accounts, stages, states, contains = stamps
    is_stamped = False
    if locates and happening.to_location is not None:
        location, is_stamped = happening.to_location, True
    if accounts and happening.receiver is not None:
        accountable, is_stamped = happening.receiver, True
    if stages and happening.stage is not None:
        stage, is_stamped = happening.stage, True
    if states and happening.state is not None:
        state, is_stamped = happening.state, True
    if contains:
        contained_in, is_stamped = _contained(before, happening, contains), True
    if is_stamped and happening.moment is not None:
        as_of = happening.moment
    return accountable, location, stage, state, contained_in, as_of


def lone_is_receivers(happening: Happening, accountable: Hashable, custody: tuple[Hashable, Hashable] | None) -> bool:
    """Return whether the only resource of a transfer is the receiver's (T3).

    Args:
        happening: the transfer.
        accountable: who is accountable for the resource, None if unknown.
        custody: provider and receiver of the last hand-over of the resource, if there was one.
    """
    if accountable is not None:
        return accountable == happening.receiver
    return custody is not None and custody == (happening.receiver, happening.provider)


def refuse_shortage(before: ResourceState, after: ResourceState, *, name: str = "this") -> list[Refusal]:
    """A resource cannot fall below zero; whether that binds or only warns is the caller's choice."""
    refusals = []
    for attribute, template in (("onhand", SHORTAGE), ("accounting", SHORTAGE_OF_RIGHTS)):
        had, has = getattr(before, attribute), getattr(after, attribute)
        if has < 0 and has < had:
            refusals.append(
                Refusal(
                    "effects.shortage",
                    template,
                    "resourceQuantity",
                    name=name,
                    available=plain(had),
                    asked=plain(EXACT.subtract(had, has)),
                    unit=after.unit or "one",
                )
            )
    return refusals[:1]


def _plan(key: Key) -> _Plan:
    effect = effect_of(Circumstances(*key))
    same = key[3]
    # A box is counted in boxes, however many kilograms are put into it.
    is_container = ACTIONS[key[0]].contained_effect is not None
    from_side = _Side(
        _MOVES[effect.from_accounting],
        _MOVES[effect.from_onhand],
        _stamps_on("from", effect, same=same),
        is_counted=True,
    )
    to_side = _Side(
        _MOVES[effect.to_accounting], _MOVES[effect.to_onhand], _stamps_on("to", effect, same=same), not is_container
    )
    _PLANS[key] = _Plan(effect, from_side, to_side)
    return _PLANS[key]


def _stamps_on(side: str, effect: Effect, *, same: bool) -> _Stamps | None:
    def is_on(sides: str) -> bool:
        return sides != "" if same else sides in {side, "both"}

    stamps = _Stamps(
        is_on(effect.locates),
        is_on(effect.accounts),
        is_on(effect.stages),
        is_on(effect.states),
        effect.contains if side == "from" else "",
    )
    return stamps if any(stamps) else None


def put_into(state: ResourceState, container: Hashable) -> ResourceState:
    """Return the state of a thing once it lies in `container`."""
    return state._replace(contained_in=_with_container(state, container))


def _contained(before: ResourceState, happening: Happening, contains: str) -> tuple[Hashable, ...]:
    if contains == "remove":
        return ()
    container = happening.container if happening.to_resource is None else happening.to_resource
    return before.contained_in if container is None else _with_container(before, container)


def _with_container(state: ResourceState, container: Hashable) -> tuple[Hashable, ...]:
    if not state.is_digital:
        return (container,)
    return state.contained_in if container in state.contained_in else (*state.contained_in, container)


def _unit_differs(state: ResourceState, happening: Happening) -> Refusal:
    from oce.vf.measures import Measure, conversion

    assert happening.quantity is not None and state.unit is not None, "only then can they differ"  # noqa: S101, PT018
    facts = {"resource_unit": state.unit, "quantity": plain(happening.quantity), "unit": happening.unit}
    converted = conversion(Measure(happening.quantity, happening.unit or ""), state.unit)
    if converted is None:
        return Refusal("effects.unit_differs", UNIT_DIFFERS, "resourceQuantity", **facts)
    return Refusal("effects.unit_differs", UNIT_CONVERTS, "resourceQuantity", converted=str(converted), **facts)
