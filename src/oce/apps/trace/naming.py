"""What a trace calls things, steps and people: by their names, or only by what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from oce.kit.measures import PIECES, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oce.apps.agents.models import Agent
    from oce.apps.events.models import EconomicEvent
    from oce.apps.resources.models import EconomicResource
    from oce.apps.trace.rules.flows import Knot
    from oce.apps.trace.sights import Seen
    from oce.vf.measures import Measure


class Names:
    """The words for what somebody sees; what they do not see has no name here.

    As roles, people and groups are numbered in the order of their birth, and things and steps are called by their kinds,
    since a name of somebody's own may stand in theirs.
    """

    def __init__(self, seen: Seen, *, as_roles: bool = False) -> None:
        """Keep what is seen."""
        self._seen = seen
        self._as_roles = as_roles
        self._numbers = _numbered(seen.agents) if as_roles else {}

    def knot(self, knot: Knot) -> str:
        """Return what stands at an end of a ribbon."""
        kind, key = knot
        if kind == "resource":
            return self.thing(key)
        if kind == "process":
            return self.step(key)
        return self.agent(key) if kind in {"giver", "taker"} else _("more, further away")

    def agent(self, key: int | None) -> str:
        """Return what to call a person or group."""
        agent = self._seen.agents.get(key) if key is not None else None
        if agent is None:
            return _("somebody not shown to you")
        if not self._as_roles:
            return str(agent)
        number = self._numbers[agent.pk]
        if agent.agent_class == "Person":
            return _("person {number}").format(number=number)
        return _("group {number}").format(number=number)

    def thing(self, key: int | None) -> str:
        """Return what to call a resource, with its lot."""
        resource = self._seen.resources.get(key) if key is not None else None
        if resource is None:
            return _("something not shown to you")
        name = (resource.conforms_to and resource.conforms_to.name) or "" if self._as_roles else str(resource)
        name = name or _("something without a name")
        code = resource.of_batch_lot.batch_lot_code if resource.of_batch_lot else ""
        return _("{name}, lot {code}").format(name=name, code=code) if code and code not in name else name

    def step(self, key: int | None) -> str:
        """Return what to call a process."""
        process = self._seen.processes.get(key) if key is not None else None
        if process is None:
            return _("a step not shown to you")
        if not self._as_roles:
            return str(process)
        return str(process.based_on) if process.based_on else _("a step")

    def entry(self, event: EconomicEvent) -> str:
        """Return what to call an entry of the ledger."""
        return str(event) if self._as_roles else event.in_full()

    def amount(self, measure: Measure | None, key: int | None = None) -> str:
        """Return how much it is; pieces by what they are pieces of."""
        if measure is None:
            return ""
        resource = self._seen.resources.get(key) if key is not None else None
        return in_words(measure, self._pieces(resource) if measure.unit == PIECES else "")

    @staticmethod
    def _pieces(resource: EconomicResource | None) -> str:
        return resource.conforms_to.name if resource is not None and resource.conforms_to else _("pieces")


def _numbered(agents: Mapping[int, Agent]) -> dict[int, int]:
    counts: dict[bool, int] = {True: 0, False: 0}
    numbers = {}
    for key, agent in sorted(agents.items()):
        is_person = agent.agent_class == "Person"
        counts[is_person] += 1
        numbers[key] = counts[is_person]
    return numbers
