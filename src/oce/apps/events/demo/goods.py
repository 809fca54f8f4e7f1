"""Which resource a story means: by its name, or by its kind, lot and place among what somebody has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.demo import kind_called
from oce.apps.resources.models import EconomicResource
from oce.kit.identifiers import new_uid
from oce.kit.testing.sentences import NotUnderstood, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oce.apps.events.drafts import Reference
    from oce.apps.knowledge.models import ResourceSpecification
    from oce.kit.testing.stories import Story

_DESCRIBED = re.compile(
    r"(?P<kind>.+?)(?: (?:of|from|in) lot (?P<lot>\S+))?(?: at (?P<place>.+?))?(?: of (?P<agent>.+))?"
)


class Wanted(NamedTuple):
    """What is looked for: a kind, and as far as said its lot and its place."""

    kind: ResourceSpecification
    lot: str | None = None
    place: SpatialThing | None = None

    def __str__(self) -> str:
        """Return it in words."""
        lot = f" of lot {self.lot}" if self.lot else ""
        return f"{self.kind}{lot}{f' at {self.place}' if self.place else ''}"


@dataclass(frozen=True, slots=True)
class Born:
    """A resource that a sentence of the same wish brings into being."""

    uid: UUID
    agent: Agent
    wanted: Wanted
    name: str | None


@dataclass(slots=True)
class Goods:
    """What there is while one wish is told: the stored resources, and those that the wish itself creates."""

    story: Story
    born: list[Born] = field(default_factory=list)

    def taken(self, agent: Agent, wanted: Wanted) -> EconomicResource | UUID:
        """Return the one resource of `agent` that is meant where something is taken or used.

        Raises:
            NotUnderstood: when there is none, or several with something left.
        """
        fresh = [each.uid for each in self.born if each.agent == agent and _fits(each.wanted, wanted)]
        found = list(held_by(agent, wanted))
        left = [each for each in found if each.onhand_quantity_value]
        choices: list[list[EconomicResource | UUID]] = [[*left, *fresh], [*found]]
        for choice in choices:
            if len(choice) == 1:
                return choice[0]
        fault = "has several of them: say the lot, or the place" if found else "has none"
        message = f"“{wanted}” is meant, and {agent} {fault}"
        raise NotUnderstood(message)

    def named(self, text: str) -> EconomicResource | UUID | None:
        """Return the resource of this name or serial number, or None."""
        name = plain_name(text).casefold()
        fresh = [each.uid for each in self.born if each.name and each.name.casefold() == name]
        found: list[EconomicResource | UUID] = [*fresh, *named(self.story, text)]
        return found[0] if len(found) == 1 else None

    def stock(self, agent: Agent, wanted: Wanted, *, owned: Sequence[bool] = (True,)) -> EconomicResource | UUID | None:
        """Return what comes in is added to: what `agent` has of the same kind, lot and place; None to begin a new one.

        Args:
            owned: whether it may be the agent's own, or kept for somebody else; what is preferred comes first.
        """
        fresh = [each.uid for each in self.born if each.agent == agent and each.wanted == wanted]
        if fresh:
            return fresh[0]
        for is_owned in owned:
            for each in held_by(agent, wanted):
                if (each.primary_accountable is not None) == is_owned and lot_of(each) == wanted.lot:
                    return each
        return None

    def what(self, resource: Reference) -> Wanted:
        """Return the kind, the lot and the place of a resource, stored or about to be."""
        if isinstance(resource, EconomicResource):
            return Wanted(resource.conforms_to, lot_of(resource), resource.current_location)
        return next(each.wanted for each in self.born if each.uid == resource)

    def begin(self, agent: Agent, wanted: Wanted, name: str | None) -> UUID:
        """Remember that the wish brings a resource into being, and return its identifier."""
        self.born.append(Born(new_uid(), agent, wanted, name))
        return self.born[-1].uid


def lot_of(resource: EconomicResource) -> str | None:
    """Return the code of the lot a resource is of."""
    return resource.of_batch_lot.batch_lot_code if resource.of_batch_lot else None


def held_by(agent: Agent, wanted: Wanted) -> Iterable[EconomicResource]:
    """Yield what an agent is accountable for, or keeps for somebody else, of what is wanted, in order of birth."""
    found = EconomicResource.every().filter(conforms_to=wanted.kind)
    if wanted.lot is not None:
        found = found.filter(of_batch_lot__batch_lot_code=wanted.lot)
    if wanted.place is not None:
        found = found.filter(current_location=wanted.place)
    for each in found:
        if each.primary_accountable == agent or (each.primary_accountable is None and _keeper(each) == agent):
            yield each


def named(story: Story, text: str) -> list[EconomicResource]:
    """Return the resources of this name or serial number."""
    return [
        *story.candidates(EconomicResource, text),
        *story.candidates(EconomicResource, text, field="tracking_identifier"),
    ]


def described(story: Story, text: str) -> EconomicResource:
    """Return the resource called `crate C-7`, or described: `the flour of lot F-1 of Stone Mill`.

    Raises:
        NotUnderstood: when there is none, or it could be several.
    """
    found = named(story, text)
    if not found:
        words = _DESCRIBED.fullmatch(plain_name(text))
        if words is None:
            message = f"nothing is called “{text}”"
            raise NotUnderstood(message)
        place = story.named(SpatialThing, words["place"]) if words["place"] else None
        wanted = Wanted(kind_called(story, words["kind"]), words["lot"], place)
        agents = [story.named(Agent, words["agent"])] if words["agent"] else Agent.every()
        found = [each for agent in agents for each in held_by(agent, wanted)]
        found = [each for each in found if each.accounting_quantity_value or each.onhand_quantity_value] or found
    if len(found) != 1:
        message = f"“{text}” may mean {len(found)} resources: say the lot, and whose it is"
        raise NotUnderstood(message)
    return found[0]


def _keeper(resource: EconomicResource) -> Agent | None:
    last = EconomicEvent.every().filter(pk=resource.last_event).first() if resource.last_event else None
    return last.receiver if last else None


def _fits(born: Wanted, wanted: Wanted) -> bool:
    return born.kind == wanted.kind and wanted.lot in {None, born.lot} and wanted.place in {None, born.place}
