"""The quantities of the ledger kept a second time, by hand: what each action does, written out from the standard's table.

It shares no code with `oce.vf.effects` and knows nothing but numbers, so that the two can be held against each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import NamedTuple

# What an action does to the resource it names: to what is owned, and to what is there.
OWN = {
    "produce": (1, 1), "consume": (-1, -1), "pickup": (0, -1), "dropoff": (0, 1), "accept": (0, -1), "modify": (0, 1),
    "combine": (0, -1), "separate": (0, 1), "raise": (1, 1), "lower": (-1, -1),
    "use": (0, 0), "work": (0, 0), "cite": (0, 0), "deliverService": (0, 0),
}  # fmt: skip
# What is handed over from one resource to another.
HANDED = {"transfer": (1, 1), "transferAllRights": (1, 0), "transferCustody": (0, 1), "move": (1, 1)}
# What is handed over besides, where provider and receiver differ and two resources are named; and whether before or after.
BESIDES = {
    "consume": ((1, 1), "before"), "produce": ((1, 1), "after"), "pickup": ((0, 1), "before"), "accept": ((0, 1), "before"),
    "dropoff": ((0, 1), "after"), "modify": ((0, 1), "after"),
}  # fmt: skip


class Told(NamedTuple):
    """An event as far as quantities are concerned."""

    action: str
    provider: int
    receiver: int
    resource: int | None
    to_resource: int | None
    quantity: Decimal


@dataclass
class Books:
    """What is owned and what is there of each resource, and what each event did, to be taken back."""

    owned: dict[int, Decimal] = field(default_factory=dict)
    there: dict[int, Decimal] = field(default_factory=dict)
    signs: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)
    left: dict[int, Decimal] = field(default_factory=dict)
    custody: dict[int, tuple[int, int]] = field(default_factory=dict)

    def enter(self, place: int, told: Told, accountable: int | None) -> None:
        """Enter an event; `accountable` is whose its resource was before it."""
        signs = self._signs(told, accountable)
        self.signs[place], self.left[place] = signs, told.quantity
        self._add(signs, told.quantity)
        if told.action in HANDED and told.action != "move":
            for resource in (told.resource, told.to_resource):
                if resource is not None:
                    self.custody[resource] = (told.provider, told.receiver)

    def correct(self, place: int, difference: Decimal) -> None:
        """Enter a difference to an event: it counts as the event did."""
        self.left[place] = _exactly(self.left[place], difference, 1)
        self._add(self.signs[place], difference)

    def _add(self, signs: dict[int, tuple[int, int]], quantity: Decimal) -> None:
        for resource, (owned, there) in signs.items():
            self.owned[resource] = _exactly(self.owned.get(resource, Decimal(0)), quantity, owned)
            self.there[resource] = _exactly(self.there.get(resource, Decimal(0)), quantity, there)

    def _signs(self, told: Told, accountable: int | None) -> dict[int, tuple[int, int]]:
        action, _, _, resource, to_resource, _ = told
        differ = told.provider != told.receiver
        signs: dict[int, tuple[int, int]] = {}

        def count(key: int | None, pair: tuple[int, int], times: int) -> None:
            if key is not None:
                owned, there = signs.get(key, (0, 0))
                signs[key] = (owned + times * pair[0], there + times * pair[1])

        if action == "copy":
            count(to_resource, (1, 1), 1)
        elif action in HANDED:
            if resource is not None and to_resource is not None:
                count(resource, HANDED[action], -1)
                count(to_resource, HANDED[action], 1)
            elif to_resource is not None:
                count(to_resource, HANDED[action], 1)
            elif differ:
                count(resource, HANDED[action], 1 if self._is_receivers(told, accountable) else -1)
        elif action in BESIDES and differ and to_resource is not None and to_resource != resource:
            besides, when = BESIDES[action]
            count(resource, besides, -1)
            count(to_resource, besides, 1)
            count(to_resource if when == "before" else resource, OWN[action], 1)
        else:
            count(resource, OWN[action], 1)
        return signs

    def _is_receivers(self, told: Told, accountable: int | None) -> bool:
        if accountable is not None:
            return accountable == told.receiver
        return told.resource is not None and self.custody.get(told.resource) == (told.receiver, told.provider)


def _exactly(before: Decimal, quantity: Decimal, sign: int) -> Decimal:
    with localcontext() as context:
        context.prec = 100
        return before + quantity * sign
