"""Makes drafts of what a story tells. Which side of a process, which quantity, which resource: the row of the action says."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from oce.apps.events.demo.clauses import Context, clause
from oce.apps.events.demo.goods import Goods, Wanted, described, held_by, lot_of, named
from oce.apps.events.demo.words import Words
from oce.apps.events.drafts import EventDraft, Reference, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.kit.testing.sentences import NotUnderstood
from oce.vf.actions import Action
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from oce.apps.agents.models import Agent
    from oce.kit.testing.stories import Story

ONE = Measure(Decimal(1), "one")


class Sides(NamedTuple):
    """The resource something happens to, the one it goes into, and the one it brings into being."""

    resource: Reference | None = None
    to_resource: Reference | None = None
    new_resource: ResourceDraft | None = None


class Teller:
    """Turns the sentences of one wish into drafts, in their order."""

    def __init__(self, story: Story, context: Context) -> None:
        """Begin with nothing told."""
        self.story = story
        self.context = context
        self.goods = Goods(story)
        self.drafts: list[EventDraft] = []

    def tell(self, text: str) -> None:
        """Add what one sentence says."""
        told = clause(text)
        for thing in told.things:
            self.drafts.append(self._draft(Words(self.story, self.context, told, thing)))

    def _draft(self, words: Words) -> EventDraft:
        sides = self._sides(words)
        provider, receiver = words.agents
        is_output = words.row.may_be_output
        input_of = words.served if is_output else words.process if words.row.may_be_input else None
        return EventDraft(
            action=words.row.name,
            provider=provider,
            receiver=receiver,
            resource_inventoried_as=sides.resource,
            to_resource_inventoried_as=sides.to_resource,
            resource_conforms_to=words.amount.kind if words.amount else None,
            resource_quantity=self._quantity(words, sides.resource),
            effort_quantity=words.amount.measure if words.amount and words.is_effort else words.effort,
            new_resource=sides.new_resource,
            has_point_in_time=words.moment,
            to_location=words.destination,
            state=words.phrases.get("in state", ""),
            note=words.phrases.get("noting", ""),
            input_of=input_of,
            output_of=words.process if is_output else None,
            realization_of=None if words.is_in_return else words.agreement,
            reciprocal_realization_of=words.agreement if words.is_in_return else None,
        )

    def _sides(self, words: Words) -> Sides:
        row = words.row
        if row.create_resource == "optional":
            return self._brought_in(words)
        if words.amount is not None and not row.counts and not row.state_effect:
            return Sides()  # work and services are of a kind, and nobody has them in store
        resource = self._from(words)
        if row.contained_effect == "update":
            container = words.phrases.get("into")
            return Sides(resource, self._thing(container) if container else None)
        if row.create_resource != "optionalTo" or row.pairs_with is not None:
            return Sides(resource)
        return self._handed_over(words, resource)

    def _brought_in(self, words: Words) -> Sides:
        """Return what is produced, raised or lowered: more or less of what is there, or something new."""
        if words.amount is None:
            return Sides(self._thing(words.text))
        provider, _ = words.agents
        wanted = words.wanted(words.amount, words.destination)
        if words.row.onhand_effect == "decrement" and any(held_by(provider, wanted)):
            return Sides(self.goods.taken(provider, wanted))
        stock = None if words.name else self.goods.stock(provider, wanted)
        return Sides(stock) if stock else Sides(new_resource=self._new(provider, wanted, words.name))

    def _handed_over(self, words: Words, resource: Reference) -> Sides:
        """Return both sides of what changes hands or place; a thing that is moved as a whole stays itself."""
        if words.row.stays_with_agent and (words.amount is None or _is_all(resource, words.amount.measure)):
            return Sides(resource)
        _, receiver = words.agents
        kind, lot, _ = self.goods.what(resource)
        wanted = Wanted(kind, lot, words.destination)
        stock = self.goods.stock(receiver, wanted, owned=_arrives_in(words.row))
        return Sides(resource, stock) if stock else Sides(resource, None, self._new(receiver, wanted, words.name))

    def _from(self, words: Words) -> Reference:
        """Return what is taken, used, handed over or given back."""
        if words.row.pairs_with is not None and words.row.may_be_output:
            return self._taken_in_before(words)
        if words.amount is None:
            return self._thing(words.text)
        if "out of" in words.phrases:
            container = described(self.story, words.phrases["out of"])
            return _contained(container, words.wanted(words.amount, None))
        return self.goods.taken(words.agents[0], words.wanted(words.amount, words.origin))

    def _taken_in_before(self, words: Words) -> EconomicResource:
        """Return what the partner of the action took into the process: what was picked up is dropped off."""
        for resource in self._taken_in(words):
            if words.amount is None:
                is_meant = resource in named(self.story, words.text)
            else:
                is_meant = resource.conforms_to == words.amount.kind and words.lot in {None, lot_of(resource)}
            if is_meant:
                return resource
        message = f"nothing like “{words.text}” was taken into {words.process or 'a process'} before"
        raise NotUnderstood(message)

    def _taken_in(self, words: Words) -> Iterable[EconomicResource]:
        told = (each.resource_inventoried_as for each in self.drafts if each.action == words.row.pairs_with)
        yield from (each for each in told if isinstance(each, EconomicResource))
        events = EconomicEvent.every().filter(input_of=words.process, action=words.row.pairs_with)
        yield from (each.resource_inventoried_as for each in events if each.resource_inventoried_as is not None)

    def _thing(self, text: str) -> Reference:
        return self.goods.named(text) or described(self.story, text)

    def _new(self, agent: Agent, wanted: Wanted, name: str | None) -> ResourceDraft:
        title = name or (f"{wanted.kind} {wanted.lot}" if wanted.lot else str(wanted.kind))
        uid = self.goods.begin(agent, wanted, name)
        return ResourceDraft({"name": title, "conforms_to": wanted.kind}, uid=uid, lot_code=wanted.lot)

    def _quantity(self, words: Words, resource: Reference | None) -> Measure | None:
        """Return how much of a resource; of a thing that is only named, all there is of it, unless it says how long."""
        if words.amount is not None:
            return None if words.is_effort else words.amount.measure
        if words.effort is not None:
            return None
        if not isinstance(resource, EconomicResource):
            return ONE
        on_hand: Measure | None = resource.onhand_quantity
        events = EconomicEvent.every().filter(input_of=words.process, resource_inventoried_as=resource)
        taken_in = [each.resource_quantity for each in events if each.action == words.row.pairs_with]
        return on_hand or next((each for each in reversed(taken_in) if each), ONE)


def _is_all(resource: Reference, measure: Measure) -> bool:
    return isinstance(resource, EconomicResource) and bool(resource.onhand_quantity == measure)


def _arrives_in(row: Action) -> tuple[bool, ...]:
    """Return whether a transfer arrives in what is owned: custody keeps for others, rights make one's own what one keeps."""
    if row.accounting_effect is None:
        return (False,)
    return (True,) if row.onhand_effect else (False, True)


def _contained(container: EconomicResource, wanted: Wanted) -> EconomicResource:
    each: EconomicResource
    for each in container.contains.order_by("id"):
        if each.conforms_to == wanted.kind and wanted.lot in {None, lot_of(each)}:
            return each
    message = f"there is no {wanted} in {container}"
    raise NotUnderstood(message)
