"""What an event does to the resources it names: one function over the table of actions.

`effect_of` reads two rows at most (the action's own, and the transfer it implies) and says
which side gains or loses and what is stamped on it. No branch knows an action by its name.
The rules T1 to T7 are those of the README of the reference data; each result carries the
reasons in words. How a stored state changes by it is in `states`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from oce.vf.actions import ACTIONS, IMPLIED, Action
from oce.vf.refusals import gettext_noop

OWN_ROW = gettext_noop("The action changes the resource it names.")
BOTH_SIDES = gettext_noop("What the one resource loses the other gains (T1).")
SAME_THING = gettext_noop("Both sides name the same resource, so its quantities stay (T2).")
PROVIDERS = gettext_noop("The only resource named is the provider's: it loses (T3).")
RECEIVERS = gettext_noop("The only resource named is the receiver's: it gains (T3).")
STAYS = gettext_noop("The same agent keeps the same resource: its quantities stay (T4).")
ONLY_TO = gettext_noop("Only the receiving resource is named: it gains (T5).")
ALREADY_THERE = gettext_noop("The custody or right passes on the same resource: only the action itself counts (T6).")
FIRST_HANDED_OVER = gettext_noop("It is handed over first, then the action takes it from the receiving resource (T6).")
THEN_HANDED_OVER = gettext_noop("The action brings it in first, then it is handed to the receiving resource (T6).")
ONLY_QUANTITIES = gettext_noop("A correction changes quantities and nothing else.")

_SIGNS = {None: (0, 0), "increment": (1, 0), "decrement": (-1, 0), "decrementIncrement": (-1, 1), "incrementTo": (0, 1)}


class Circumstances(NamedTuple):
    """All that the effect of an event depends on."""

    action: str
    has_from: bool = False
    has_to: bool = False
    same: bool = False
    agents_differ: bool = False
    lone_is_receivers: bool = False
    creates: bool = False
    is_correction: bool = False


class Effect(NamedTuple):
    """What changes: signs for the quantities, and the sides on which each thing is stamped.

    Sides are "from", "to", "both" or "" for neither. Quantities are the net of an implied
    transfer and the action itself.
    """

    from_accounting: int = 0
    from_onhand: int = 0
    to_accounting: int = 0
    to_onhand: int = 0
    locates: str = ""
    accounts: str = ""
    stages: str = ""
    states: str = ""
    contains: str = ""
    because: tuple[str, ...] = ()


class _Part(NamedTuple):
    """A row of the table laid on the sides of an event: its own resource, and the other one."""

    row: Action
    own: str = ""
    other: str = ""
    has_quantity: bool = True
    has_new: bool = True
    has_accountable: bool = True


@cache
def effect_of(circumstances: Circumstances) -> Effect:
    """Return what an event in these circumstances does to its resources."""
    row = ACTIONS[circumstances.action]
    is_two_sided = row.hands_over or "incrementTo" in {row.accounting_effect, row.onhand_effect}
    parts, reason = (_handed_over if is_two_sided else _acted_on)(row, circumstances)
    stamps = _stamps(parts, circumstances)
    effect = Effect(
        from_accounting=_net(parts, "from", "accounting"),
        from_onhand=_net(parts, "from", "onhand"),
        to_accounting=_net(parts, "to", "accounting"),
        to_onhand=_net(parts, "to", "onhand"),
    )
    because = (reason,) if any(effect) or any(stamps) or reason is not OWN_ROW else ()
    if circumstances.is_correction:
        return effect._replace(because=(*because, ONLY_QUANTITIES))
    return Effect(*effect[:4], *stamps, because)


def _handed_over(row: Action, c: Circumstances) -> tuple[list[_Part], str]:
    """Transfers, move and copy: T1, T2 and T5."""
    if c.same:
        return [_Part(row, "from", "to", has_quantity=False)], SAME_THING
    if c.has_from and c.has_to:
        return [_Part(row, "from", "to")], BOTH_SIDES
    if c.has_to:
        return [_Part(row, "", "to")], ONLY_TO
    if c.has_from and row.hands_over:
        return _handed_over_alone(row, c)
    return [], OWN_ROW


def _handed_over_alone(row: Action, c: Circumstances) -> tuple[list[_Part], str]:
    """One resource changes hands, or place, under its own name: T3 and T4."""
    if row.stays_with_agent or not c.agents_differ:
        return [_Part(row, "", "from", has_quantity=False, has_accountable=False)], STAYS
    if c.lone_is_receivers:
        return [_Part(row, "", "from", has_accountable=False)], RECEIVERS
    return [_Part(row, "from")], PROVIDERS


def _acted_on(row: Action, c: Circumstances) -> tuple[list[_Part], str]:
    """Every other action, with the transfer it implies between different agents: T6."""
    own = "from" if c.has_from else ""
    if row.implied_transfer is None or not row.counts or not c.agents_differ:
        return [_Part(row, own)], OWN_ROW
    if not c.has_to or c.same:
        return [_Part(row, own)], ALREADY_THERE
    transfer = _Part(ACTIONS[IMPLIED[row.implied_transfer]], own, "to")
    # What is new here is the receiving resource, and the row of the transfer stamps that one.
    if row.may_be_input:
        return [transfer, _Part(row, "to", has_new=False)], FIRST_HANDED_OVER
    return [_Part(row, own, has_new=False), transfer], THEN_HANDED_OVER


def _net(parts: list[_Part], side: str, quantity: str) -> int:
    total = 0
    for part in parts:
        if part.has_quantity:
            own, other = _SIGNS[getattr(part.row, f"{quantity}_effect")]
            total += own * (part.own == side) + other * (part.other == side)
    return total


def _stamps(parts: list[_Part], c: Circumstances) -> tuple[str, str, str, str, str]:
    """Return the sides that are located, made accountable, staged and stated, and what containment does."""
    contains = [part.row.contained_effect for part in parts if part.own and part.row.contained_effect]
    # What is split off by a move still belongs to the agent who moved it.
    split_off = {part.other for part in parts if part.row.stays_with_agent and part.has_accountable and c.creates}
    accounts = {_stamped(part, part.row.accountable_effect, c) for part in parts if part.has_accountable}
    # What comes out of a process and is handed on at once has its stage wherever it lies.
    staged = {side for part in parts if part.row.stage_effect for side in (part.own, _handed_to(parts))}
    return (
        _sides({_stamped(part, part.row.location_effect, c) for part in parts}),
        _sides(accounts | split_off),
        _sides(staged),
        _sides({_stamped(part, part.row.state_effect, c) for part in parts}),
        contains[0] if contains else "",
    )


def _handed_to(parts: list[_Part]) -> str:
    return next((part.other for part in parts if part.other), "")


def _stamped(part: _Part, behaviour: str | None, c: Circumstances) -> str:
    """Return the side that a behaviour of one row stamps."""
    if behaviour == "updateTo":
        return part.other
    if behaviour == "update":
        return part.own
    if behaviour == "new" and part.has_new and c.creates:
        return part.other if part.row.create_resource == "optionalTo" else part.own
    return ""


def _sides(sides: set[str]) -> str:
    named = sides - {""}
    return "both" if len(named) == 2 else "".join(named)
