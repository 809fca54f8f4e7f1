"""What one sentence of a story says of one thing that flows: who, when, where, how much, under which agreement."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.agreements.models import Agreement
from oce.apps.events.demo.clauses import Clause, Context, Thing
from oce.apps.events.demo.goods import Wanted
from oce.apps.knowledge.demo import Amount, amount, quantity
from oce.apps.processes.models import Process
from oce.kit.measures import known_unit
from oce.kit.records import Record
from oce.kit.testing.sentences import NotUnderstood, plain_name
from oce.vf.actions import ACTIONS, Action
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from oce.kit.testing.stories import Story

T = TypeVar("T", bound=Record)


class Words:
    """A thing that flows, as it is told; each question is answered from its phrases, or from those of the heading."""

    def __init__(self, story: Story, context: Context, told: Clause, thing: Thing) -> None:
        """Keep what is told."""
        self.story = story
        self.around = context.who
        self.who = told.who
        self.row: Action = ACTIONS[told.action]
        self.text = thing.text
        # What a thing says of itself counts more than what the heading says of all.
        self.phrases = {**context.phrases, **thing.phrases}

    @cached_property
    def amount(self) -> Amount | None:
        """How much of what; None where a thing is only named."""
        return amount(self.story, self.text) if self.text[:1].isdigit() else None

    @cached_property
    def agents(self) -> tuple[Agent, Agent]:
        """Provider and receiver.

        Raises:
            NotUnderstood: when nobody is named, or nobody is called so.
        """
        group = self.story.named(Agent, self.around) if self.around else None
        doer = self.story.named(Agent, self.who) if self.who else group
        if doer is None:
            message = "nobody is said to do it"
            raise NotUnderstood(message)
        giver, taker = self.if_any(Agent, "from"), self.if_any(Agent, "to")
        if giver is not None:
            return giver, doer
        # Who works in a list under the name of a group works for that group.
        works_for = group if not self.row.counts else None
        return doer, taker or works_for or doer

    @property
    def process(self) -> Process | None:
        """The process it goes into or comes out of."""
        return self._named(Process, "in")

    @property
    def served(self) -> Process | None:
        """The process that a service is for."""
        return self._named(Process, "for")

    @property
    def agreement(self) -> Agreement | None:
        """The agreement it was promised in."""
        return self._named(Agreement, "under") or self._named(Agreement, "in return under")

    @property
    def is_in_return(self) -> bool:
        """Whether it is given for something else."""
        return "in return" in self.phrases or "in return under" in self.phrases

    @property
    def destination(self) -> SpatialThing | None:
        """The place where it is afterwards."""
        if self.row.location_effect is None:
            return None
        if "to" in self.phrases and self.if_any(Agent, "to") is None:
            return self.story.named(SpatialThing, self.phrases["to"])
        return self._named(SpatialThing, "at")

    @property
    def origin(self) -> SpatialThing | None:
        """The place where it lies before."""
        place = self.if_any(SpatialThing, "from")
        return place if place or self.row.location_effect else self._named(SpatialThing, "at")

    @property
    def moment(self) -> datetime:
        """When it happened: the day that is said, or the story's present."""
        return self.story.moment(self.phrases["on"]) if "on" in self.phrases else self.story.now

    @property
    def effort(self) -> Measure | None:
        """How long it took, where that is said beside how much."""
        text = self.phrases.get("for", "")
        return quantity(text) if text[:1].isdigit() else None

    @property
    def is_effort(self) -> bool:
        """Whether the amount is itself how long it took: 5 hours of milling work."""
        if self.amount is None or not self.row.takes_effort_quantity:
            return False
        return known_unit(self.amount.measure.unit).dimension == known_unit("hour").dimension

    @property
    def lot(self) -> str | None:
        """The code of its lot."""
        return self.phrases.get("lot")

    @property
    def name(self) -> str | None:
        """What a new thing is called."""
        return plain_name(self.phrases["called"]) if "called" in self.phrases else None

    def wanted(self, amount: Amount, place: SpatialThing | None) -> Wanted:
        """Return what is looked for among the goods of somebody."""
        return Wanted(amount.kind, self.lot, place)

    def if_any(self, model: type[T], phrase: str) -> T | None:
        """Return the record that a phrase names, or None where it names something else."""
        text = self.phrases.get(phrase)
        found = self.story.candidates(model, text) if text else []
        return found[0] if found else None

    def _named(self, model: type[T], phrase: str) -> T | None:
        """Return the record that a phrase names; what begins with a number names none."""
        text = self.phrases.get(phrase, "")
        return None if not text or text[0].isdigit() else self.story.named(model, text)
