"""The states of resources, computed anew from their events.

What is stored about a resource is a projection of the ledger; here is the ledger's own
answer. An event that corrections have brought to nothing still has its quantities summed,
but stamps nothing, so that place, stage and state fall back to what they were before it.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from oce.vf.actions import ACTIONS
from oce.vf.containers import Containers
from oce.vf.decimals import EXACT
from oce.vf.effects import Effect
from oce.vf.states import NEW, ZERO, Happening, ResourceState, apply, lone_is_receivers, put_into

Custody = dict[Hashable, tuple[Hashable, Hashable]]

_CONTAINING = frozenset(name for name, row in ACTIONS.items() if row.contained_effect or row.can_contain)
_CHANGING_HANDS = frozenset(name for name, row in ACTIONS.items() if row.changes_hands)


class Replay:
    """The states of all resources after the events taken in so far, in the order of the ledger.

    Attributes:
        states: by resource.
        containers: what was combined and brought out so far.
    """

    def __init__(
        self,
        openings: Mapping[Any, ResourceState] | None = None,
        *,
        backed_out: Container[Hashable] = frozenset(),
        containers: Containers | None = None,
        custody: Custody | None = None,
    ) -> None:
        """Begin with states that documents stated before any event.

        Args:
            openings: those states by resource.
            backed_out: the events whose corrections bring them to nothing.
            containers: what the processes have seen already, if anything.
            custody: provider and receiver of the last hand-over, for resources nobody is accountable for (T3).
        """
        self.states: dict[Hashable, ResourceState] = dict(openings or {})
        self._backed_out = backed_out
        self.containers = containers or Containers()
        self._custody: Custody = dict(custody or {})
        self._lone: dict[Hashable, bool] = {}

    def take(self, happening: Happening) -> Effect:
        """Let one more event change the states of its resources; return what it did to them."""
        action = happening.action
        is_valid = happening.corrects is None and happening.id not in self._backed_out
        container: Hashable = None
        contents: tuple[Hashable, ...] = ()
        if is_valid and action in _CONTAINING:
            happening, container, contents = self.containers.resolve(happening)
        if action in _CHANGING_HANDS:
            happening = self._with_side(happening, is_valid=is_valid)
        resource, to_resource = happening.resource, happening.to_resource
        states = self.states
        outcome = apply(happening, states.get(resource), states.get(to_resource), stamps=is_valid)
        if outcome.from_state is not None:
            states[resource] = outcome.from_state
        if outcome.to_state is not None:
            states[to_resource] = outcome.to_state
        for content in contents:
            states[content] = put_into(states[content], container)
        return outcome.effect

    def _with_side(self, happening: Happening, *, is_valid: bool) -> Happening:
        """Decide whose a lone resource is as it was then: a correction follows what it corrects."""
        resource = happening.resource if happening.resource is not None else happening.to_resource
        if happening.lone_is_receivers is None and happening.to_resource is None and resource is not None:
            accountable = self.states.get(resource, NEW).accountable
            side = self._lone.get(happening.corrects)
            if side is None:
                side = lone_is_receivers(happening, accountable, self._custody.get(resource))
            self._lone[happening.id] = side
            happening = happening._replace(lone_is_receivers=side)
        if is_valid:
            custody = (happening.provider, happening.receiver)
            for each in (happening.resource, happening.to_resource):
                if each is not None:
                    self._custody[each] = custody
        return happening


def replay(
    happenings: Iterable[Happening],
    openings: Mapping[Any, ResourceState] | None = None,
    *,
    backed_out: Container[Hashable] | None = None,
) -> dict[Hashable, ResourceState]:
    """Return the state of every resource after all `happenings`, given in the order of the ledger.

    Args:
        happenings: every event, corrections too; read once if `backed_out` is given.
        openings: states that documents stated before any event.
        backed_out: what `backed_out_of(happenings)` would say, if the caller knows it already.
    """
    if backed_out is None:
        happenings = list(happenings)
        backed_out = backed_out_of(happenings)
    play = Replay(openings, backed_out=backed_out)
    for each in happenings:
        play.take(each)
    return play.states


def backed_out_of(happenings: Iterable[Happening]) -> frozenset[Hashable]:
    """Return the events that their corrections bring to nothing, quantity and effort alike."""
    root: dict[Hashable, Hashable] = {}
    net: dict[Hashable, tuple[Decimal, Decimal]] = {}
    happenings = list(happenings)
    for each in happenings:
        if each.corrects is not None:
            root[each.id] = root.get(each.corrects, each.corrects)
    corrected = set(root.values())
    for each in happenings:
        origin = root.get(each.id, each.id)
        if origin in corrected:
            quantity, effort = net.get(origin, (ZERO, ZERO))
            net[origin] = (EXACT.add(quantity, each.quantity or ZERO), EXACT.add(effort, each.effort or ZERO))
    return frozenset(origin for origin, (quantity, effort) in net.items() if not quantity and not effort)
