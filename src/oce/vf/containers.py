"""Which container the things combined in a process went into (D27).

A `combine` may name its container on the to side. Otherwise the container is the only
resource that the process brings out by an action marked `canContain` in the table. That
output usually comes later than the combining, so the contents wait for it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from oce.vf.actions import ACTIONS
from oce.vf.refusals import Refusal, Refused, gettext_noop
from oce.vf.states import Happening

AMBIGUOUS = gettext_noop(
    "The process brings out more than one thing, so it is not clear what the combined things lie in. "
    "Record the combining again with its container in “to resource”."
)
NO_CONTAINER = gettext_noop(
    "Nothing says what this is put into. Name the container in “to resource”, or the process that brings it out."
)
FIELD = "toResourceInventoriedAs"


class Resolved(NamedTuple):
    """A happening with its container, or the container it brought out with the contents that waited for it."""

    happening: Happening
    container: Hashable = None
    contents: tuple[Hashable, ...] = ()


class Containers:
    """The containers of each process, kept up as its events arrive in the order of the ledger."""

    def __init__(self, happenings: Iterable[Happening] = ()) -> None:
        """Begin with what the processes have seen already; leave out what was backed out."""
        self._containers: dict[Hashable, Hashable] = {}
        self._combined: dict[Hashable, list[Hashable]] = {}
        self._waiting: dict[Hashable, list[Hashable]] = {}
        self._doubtful: set[Hashable] = set()
        for each in happenings:
            self.resolve(each)

    def resolve(self, happening: Happening) -> Resolved:
        """Return the happening with its container filled in, and what now lies in the thing it brought out.

        Raises:
            Refused: `effects.no_container` or `effects.container_ambiguous`.
        """
        row = ACTIONS[happening.action]
        if happening.corrects is not None:
            return Resolved(happening)
        if row.contained_effect == "update" and happening.resource is not None:
            return Resolved(self._combine(happening))
        if row.contained_effect == "remove":
            self._forget(happening.resource)
        elif row.can_contain and happening.output_of is not None:
            handed_on = happening.to_resource is not None and happening.provider != happening.receiver
            container = happening.to_resource if handed_on else happening.resource
            if container is not None:
                return Resolved(happening, container, self._bring_out(happening.output_of, container))
        return Resolved(happening)

    def of(self, process: Hashable) -> Hashable:
        """Return the one thing that a process brought out and its combined things lie in, or None."""
        return None if process in self._doubtful else self._containers.get(process)

    @property
    def waiting(self) -> frozenset[Hashable]:
        """The things that were combined and whose container has not been brought out yet."""
        return frozenset(each for some in self._waiting.values() for each in some)

    def _combine(self, happening: Happening) -> Happening:
        self._forget(happening.resource)
        if happening.to_resource is not None or happening.container is not None:
            return happening
        place = happening.input_of
        if place is None:
            raise Refused(Refusal("effects.no_container", NO_CONTAINER, FIELD))
        if place in self._doubtful:
            raise Refused(Refusal("effects.container_ambiguous", AMBIGUOUS, FIELD))
        self._combined.setdefault(place, []).append(happening.resource)
        if place in self._containers:
            return happening._replace(container=self._containers[place])
        self._waiting.setdefault(place, []).append(happening.resource)
        return happening

    def _bring_out(self, place: Hashable, container: Hashable) -> tuple[Hashable, ...]:
        known = self._containers.setdefault(place, container)
        if known != container:
            if self._combined.get(place):
                raise Refused(Refusal("effects.container_ambiguous", AMBIGUOUS, "resourceInventoriedAs"))
            self._doubtful.add(place)
        return tuple(self._waiting.pop(place, ()))

    def _forget(self, resource: Hashable) -> None:
        """Let a thing that is taken out or put elsewhere no longer wait for a container."""
        for place, waiting in list(self._waiting.items()):
            if resource in waiting:
                self._waiting[place] = [each for each in waiting if each != resource]
