"""Makes drafts of what a story tells. Which side of a process, which quantity, which resource: the row of the action says."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.agreements.models import Agreement
from oce.apps.events.demo.clauses import Clause, Context, Thing, clause
from oce.apps.events.demo.goods import Goods, Wanted, described, held_by, named
from oce.apps.events.drafts import EventDraft, Reference, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.demo import Amount, amount, quantity
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.measures import known_unit
from oce.kit.records import Record
from oce.kit.testing.sentences import NotUnderstood, plain_name
from oce.vf.actions import ACTIONS, Action
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oce.kit.testing.stories import Story

T = TypeVar("T", bound=Record)
ONE = Measure(Decimal(1), "one")


@dataclass(slots=True)
class Teller:
    """Turns the sentences of one wish into drafts, in their order."""

    story: Story
    context: Context
    goods: Goods = field(init=False)
    drafts: list[EventDraft] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing new."""
        self.goods = Goods(self.story)

    def tell(self, text: str) -> None:
        """Add what one sentence says."""
        told = clause(text)
        for thing in told.things:
            self.drafts.append(_Flow(self, told, thing).draft())


class _Flow:
    """One thing that flows, on its way from words to a draft."""

    def __init__(self, teller: Teller, told: Clause, thing: Thing) -> None:
        self.teller, self.story, self.goods = teller, teller.story, teller.goods
        self.row: Action = ACTIONS[told.action]
        self.text = thing.text
        # What a thing says of itself counts more than what the heading says of all.
        self.phrases = {**teller.context.phrases, **thing.phrases}
        self.provider, self.receiver = self._agents(told.who)
        self.amount: Amount | None = amount(self.story, self.text) if self.text[:1].isdigit() else None
        self.process = self._named(Process, "in")

    def draft(self) -> EventDraft:
        """Return the draft."""
        resource, new_resource, to_resource = self._sides()
        resource_quantity, effort_quantity = self._quantities(resource)
        agreement = self._agreement()
        is_in_return = "in return" in self.phrases or "in return under" in self.phrases
        is_output = self.row.may_be_output
        return EventDraft(
            action=self.row.name,
            provider=self.provider,
            receiver=self.receiver,
            resource_inventoried_as=resource,
            to_resource_inventoried_as=to_resource,
            resource_conforms_to=self.amount.kind if self.amount else None,
            resource_quantity=resource_quantity,
            effort_quantity=effort_quantity,
            new_resource=new_resource,
            has_point_in_time=self.story.moment(self.phrases["on"]) if "on" in self.phrases else self.story.now,
            to_location=self._destination(),
            state=self.phrases.get("in state", ""),
            note=self.phrases.get("noting", ""),
            input_of=self._named(Process, "for") if is_output else self.process if self.row.may_be_input else None,
            output_of=self.process if is_output else None,
            realization_of=None if is_in_return else agreement,
            reciprocal_realization_of=agreement if is_in_return else None,
        )

    def _agreement(self) -> Agreement | None:
        return self._named(Agreement, "under") or self._named(Agreement, "in return under")

    def _agents(self, who: str | None) -> tuple[Agent, Agent]:
        around = self.story.named(Agent, self.teller.context.who) if self.teller.context.who else None
        doer = self.story.named(Agent, who) if who else around
        if doer is None:
            message = "nobody is said to do it"
            raise NotUnderstood(message)
        giver, taker = self._agent_if_any("from"), self._agent_if_any("to")
        if giver is not None:
            return giver, doer
        # Who works in a list under the name of a group works for that group.
        return doer, taker or (around if around is not None and not self.row.counts else None) or doer

    def _agent_if_any(self, phrase: str) -> Agent | None:
        text = self.phrases.get(phrase)
        found = self.story.candidates(Agent, text) if text else []
        return found[0] if found else None

    def _place_if_any(self, phrase: str) -> SpatialThing | None:
        text = self.phrases.get(phrase)
        found = self.story.candidates(SpatialThing, text) if text else []
        return found[0] if found else None

    def _destination(self) -> SpatialThing | None:
        if self.row.location_effect is None:
            return None
        if "to" in self.phrases and self._agent_if_any("to") is None:
            return self.story.named(SpatialThing, self.phrases["to"])
        return self._named(SpatialThing, "at")

    def _named(self, model: type[T], phrase: str) -> T | None:
        text = self.phrases.get(phrase)
        if not text or text[0].isdigit():
            return None
        return self.story.named(model, text)

    def _wanted(self, amount: Amount, place: SpatialThing | None) -> Wanted:
        return Wanted(amount.kind, self.phrases.get("lot"), place)

    def _sides(self) -> tuple[Reference | None, ResourceDraft | None, Reference | None]:
        """Return the resource it happens to, the one it brings into being, and the one it goes into."""
        if self.amount is not None and not self.row.counts and self.row.contained_effect is None:
            return self._used(self.amount), None, None
        if self.row.create_resource == "optional":
            return self._comes_in()
        resource = self._from()
        if self.row.contained_effect == "update":
            return resource, None, self._container()
        if self.row.create_resource != "optionalTo" or self.row.pairs_with is not None:
            return resource, None, None
        return self._handed_over(resource)

    def _used(self, amount: Amount) -> Reference | None:
        """Return the resource that is used or cited; work and services have none."""
        if not self.row.state_effect:
            return None
        return self.goods.taken(self.provider, self._wanted(amount, None))

    def _comes_in(self) -> tuple[Reference | None, ResourceDraft | None, Reference | None]:
        if self.amount is None:
            return described(self.story, self.text), None, None
        wanted = self._wanted(self.amount, self._destination())
        if self.row.onhand_effect == "decrement" and any(held_by(self.provider, wanted)):
            return self.goods.taken(self.provider, wanted), None, None
        stock = None if "called" in self.phrases else self.goods.stock(self.provider, wanted)
        if stock is not None:
            return stock, None, None
        return None, self._new(self.provider, wanted), None

    def _from(self) -> Reference:
        if self.row.pairs_with is not None and self.row.may_be_output:
            return self._taken_in_before()
        if self.amount is None:
            return self.goods.named(self.text) or described(self.story, self.text)
        if "out of" in self.phrases:
            return self._contained(self.amount)
        place = self._place_if_any("from") or (None if self.row.location_effect else self._named(SpatialThing, "at"))
        return self.goods.taken(self.provider, self._wanted(self.amount, place))

    def _contained(self, amount: Amount) -> Reference:
        """Return what lies in the thing it is taken out of."""
        container = described(self.story, self.phrases["out of"])
        found = [each for each in container.contains.order_by("id") if each.conforms_to == amount.kind]
        if not found:
            message = f"there is no {amount.kind} in {container}"
            raise NotUnderstood(message)
        return found[0]

    def _taken_in_before(self) -> Reference:
        """Return what the partner of this action took into the process: what was picked up is dropped off."""
        for resource in self._taken_in():
            if self.amount is None and resource in named(self.story, self.text):
                return resource
            if self.amount is not None and resource.conforms_to == self.amount.kind:
                lot = resource.of_batch_lot.batch_lot_code if resource.of_batch_lot else None
                if self.phrases.get("lot") in {None, lot}:
                    return resource
        message = f"nothing like “{self.text}” was taken into {self.process or 'a process'} before"
        raise NotUnderstood(message)

    def _taken_in(self) -> Iterable[EconomicResource]:
        told = (each.resource_inventoried_as for each in self.teller.drafts if each.action == self.row.pairs_with)
        yield from (each for each in told if isinstance(each, EconomicResource))
        events = EconomicEvent.every().filter(input_of=self.process, action=self.row.pairs_with)
        yield from (each.resource_inventoried_as for each in events if each.resource_inventoried_as is not None)

    def _container(self) -> Reference | None:
        text = self.phrases.get("into")
        return (self.goods.named(text) or described(self.story, text)) if text else None

    def _handed_over(self, resource: Reference) -> tuple[Reference | None, ResourceDraft | None, Reference | None]:
        """Return both sides of what changes hands or place; a thing that is moved as a whole stays itself."""
        stored = resource if isinstance(resource, EconomicResource) else None
        if self.row.stays_with_agent and (
            self.amount is None or (stored and stored.onhand_quantity == self.amount.measure)
        ):
            return resource, None, None
        wanted = self._same(resource)
        stock = self.goods.stock(self.receiver, wanted, owned=self._ownership())
        if stock is not None:
            return resource, None, stock
        return resource, self._new(self.receiver, wanted), None

    def _ownership(self) -> tuple[bool, ...]:
        """Return what a transfer arrives in: custody keeps for others, rights make one's own of what one keeps."""
        if self.row.accounting_effect is None:
            return (False,)
        return (True,) if self.row.onhand_effect else (False, True)

    def _same(self, resource: Reference) -> Wanted:
        """Return what arrives: the same kind and lot, wherever it goes."""
        if isinstance(resource, EconomicResource):
            lot = resource.of_batch_lot.batch_lot_code if resource.of_batch_lot else None
            return Wanted(resource.conforms_to, lot, self._destination())
        born = next(each for each in self.goods.born if each.uid == resource)
        return Wanted(born.wanted.kind, born.wanted.lot, self._destination())

    def _new(self, agent: Agent, wanted: Wanted) -> ResourceDraft:
        name = plain_name(self.phrases["called"]) if "called" in self.phrases else None
        title = name or (f"{wanted.kind} {wanted.lot}" if wanted.lot else str(wanted.kind))
        values: dict[str, Any] = {"name": title, "conforms_to": wanted.kind}
        return ResourceDraft(values, uid=self.goods.begin(agent, wanted, name), lot_code=wanted.lot)

    def _quantities(self, resource: Reference | None) -> tuple[Measure | None, Measure | None]:
        """Return how much of a resource, and how much effort."""
        effort = self.phrases.get("for")
        told_effort = quantity(effort) if effort and effort[0].isdigit() else None
        if self.amount is None:
            whole = None if told_effort else self._whole(resource)
            return whole, told_effort
        if self.row.takes_effort_quantity and _is_time(self.amount.measure):
            return None, self.amount.measure
        return self.amount.measure, told_effort

    def _whole(self, resource: Reference | None) -> Measure:
        """Return all there is of a thing that was only named: what is on hand, or what the process took in."""
        if not isinstance(resource, EconomicResource):
            return ONE
        on_hand: Measure | None = resource.onhand_quantity
        events = EconomicEvent.every().filter(input_of=self.process, resource_inventoried_as=resource)
        taken_in: list[Measure | None] = [
            each.resource_quantity for each in events if each.action == self.row.pairs_with
        ]
        return on_hand or next((each for each in reversed(taken_in) if each), ONE)


def _is_time(measure: Measure) -> bool:
    return known_unit(measure.unit).dimension == known_unit("hour").dimension
