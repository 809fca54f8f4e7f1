"""Writes drafts into the ledger: looks up, asks the rules, moves the stock, writes the rows.

The commands give it all drafts of one wish, inside their transaction. Faults of every draft are collected before anything is
written, as far as they can be known without the effects of the drafts before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from oce.apps.events import history, lookups, rules
from oce.apps.events.births import Births
from oce.apps.events.contents import Contents, contents_of, count_combined
from oce.apps.events.entitlement import may_name, refuse_correcting, refuse_recording
from oce.apps.events.holding import hold_all
from oce.apps.events.identifiers import refuse_taken, taken_meanwhile
from oce.apps.events.legs import packed
from oce.apps.events.lines import COLUMNS, Line, creates_here, happening_of, moment_of
from oce.apps.events.links import Links, taken_over
from oce.apps.events.models import EconomicEvent
from oce.apps.events.notices import EventsRecorded
from oce.apps.events.restamping import fallen_back
from oce.apps.events.sequence import taking_places
from oce.apps.events.shapes import shape_of
from oce.apps.resources import stock
from oce.kit import clock, locks
from oce.kit.actor import Actor, Power, is_seen_by
from oce.kit.identifiers import new_uid
from oce.kit.measures import known_unit
from oce.kit.notices import announce
from oce.kit.records import read_uid
from oce.kit.rows import database_of, insert
from oce.kit.statements import ask
from oce.kit.values import read_values, refuse_unknown, replace_field
from oce.kit.visibility import house_visibility
from oce.vf.actions import ACTIONS, action
from oce.vf.containers import Containers
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, Refused, refuse_if
from oce.vf.replays import Replay
from oce.vf.states import ResourceState, refuse_shortage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from decimal import Decimal

    from oce.apps.events.drafts import EventDraft
    from oce.apps.resources.stock import Held
    from oce.kit.statements import Question
    from oce.vf.effects import Effect

# So many drafts at most are looked up, locked and written together: bounds the length of statements.
CHUNK = 500
_CONTAINING = frozenset(name for name, row in ACTIONS.items() if row.contained_effect or row.can_contain)
_CONTAINED = frozenset(name for name, row in ACTIONS.items() if row.contained_effect)
_TEXTS = ("state", "image", "note", "resource_classified_as", "visibility")


@dataclass(slots=True)
class Recorded:
    """What was written: the lines in order; and by their place, the shortages of which the accountable wants to be warned."""

    lines: list[Line] = field(default_factory=list)
    warnings: dict[int, list[Refusal]] = field(default_factory=dict)


def record(actor: Actor, drafts: Sequence[EventDraft]) -> Recorded:
    """Write `drafts` into the ledger for `actor`, all or none, and return what was written; must run inside a transaction.

    Raises:
        Refused: with the refusals of every faulty draft, each at `events.<number>.<property>` when there are several.
    """
    locks.shared("references")
    recorded = Recorded()
    portions = list(_portions(drafts))
    if len(portions) > 1 and locks.has_company():
        hold_all(drafts)
    for start, portion in portions:
        _Recording(actor, portion, recorded, start if len(drafts) > 1 else None).run()
    if recorded.lines:
        announce(EventsRecorded(recorded.lines[0].id, recorded.lines[-1].id, len(recorded.lines)))
    return recorded


def _portions(drafts: Sequence[EventDraft]) -> Iterator[tuple[int, Sequence[EventDraft]]]:
    """Yield the drafts in portions, each with the number of its first; one that corrects stands alone.

    A correction may correct what was recorded just before it, and what comes after it must see what it restored.
    """
    start = 0
    for number, draft in enumerate(drafts):
        if draft.corrects is not None or number - start == CHUNK:
            if start < number:
                yield start, drafts[start:number]
            start = number
        if draft.corrects is not None:
            yield number, [draft]
            start = number + 1
    if start < len(drafts):
        yield start, drafts[start:]


class _Recording:
    """One portion of drafts on its way into the ledger."""

    def __init__(
        self, actor: Actor, drafts: Sequence[EventDraft], recorded: Recorded, numbered_from: int | None
    ) -> None:
        self.actor = actor
        self.recorded = recorded
        self.numbered_from = numbered_from
        self.now = clock.now()
        self.seen_by = house_visibility().value
        self.refusals: list[Refusal] = []
        self.database = database_of(EconomicEvent)
        self.originals: dict[int, history.Corrected] = {}
        self.begun: dict[int, ResourceState] = {}
        # The drafts whose action or unit nobody knows, or whose event to be corrected.
        self.unread: set[int] = set()
        self.drafts, self.corrected = self._read(drafts)

    def run(self) -> None:
        """Look up and check every draft, then let them happen in order and write what came of it."""
        self.births = Births(self.drafts)
        looked_up, held, places = lookups.looking_up(self.drafts), self._holding(), taking_places(len(self.drafts))
        if self._is_plain():
            # What turns out to be faulty has held its resources a little sooner, and leaves places that nobody takes.
            ask(self.database, looked_up, held, places)
        else:
            ask(self.database, looked_up)
        self.lookups = looked_up.answer
        if not self.corrected:  # a correction names what its event names
            self.lookups.forget_unseen(self.actor)
        self._check()
        contents = Contents(Containers(), set())
        if not self._is_plain():
            with taken_meanwhile(self.drafts):
                self.births.make(self.drafts)
            # Events before resources, in every command: who corrects never waits for another in a circle.
            self.originals = {number: history.corrected(event) for number, event in self.corrected.items()}
            contents = self._contents()
            held = self._holding(contents.touched)
            ask(self.database, held, places)
        self._prepare(held.answer, contents)
        self._write(places.answer)

    def _is_plain(self) -> bool:
        """Return whether the drafts name all that they touch, so that everything about them can be asked at once."""
        return not self.births and not self.corrected and all(each.action not in _CONTAINING for each in self.drafts)

    def _check(self) -> None:
        """Refuse what is wrong with the drafts as they are told, before any of them happens."""
        self.links = Links(self.drafts, is_correction=bool(self.corrected))
        for number, draft in enumerate(self.drafts):
            self._refuse(number, self._faults(number, draft))
        for number, refusal in refuse_taken(self.drafts):
            self._refuse(number, [refusal])
        refuse_if(self.refusals)

    def _read(self, drafts: Sequence[EventDraft]) -> tuple[list[EventDraft], dict[int, EconomicEvent]]:
        """Return the drafts in the words of the standard, and the events that some of them correct, by number."""
        read: list[EventDraft] = []
        corrected: dict[int, EconomicEvent] = {}
        seen: set[int] = set()
        for number, draft in enumerate(drafts):
            # The same draft told twice is two events, each with resources of its own.
            words, refusals = _in_words(replace(draft) if id(draft) in seen else draft)
            seen.add(id(draft))
            plain, faults = _with_texts(words)
            read.append(plain)
            self._refuse(number, [*refusals, *faults])
            if refusals:
                self.unread.add(number)
            elif draft.corrects is not None:
                event = history.event_of(draft.corrects)
                if event is None or not is_seen_by(self.actor, event):
                    text = lookups.text_of(draft.corrects)
                    self._refuse(number, [refuse_unknown(EconomicEvent, text, "corrects")])
                    self.unread.add(number)
                    continue
                self._refuse(number, rules.refuse_other_action(event.action, read[-1].action, str(event)))
                corrected[number] = event
                read[-1], refusals = taken_over(history.completed(read[-1], event), event)
                self._refuse(number, refusals)
        return read, corrected

    def _refuse(self, number: int, refusals: Iterable[Refusal]) -> None:
        if self.numbered_from is not None:
            path = f"events.{self.numbered_from + number}"
            refusals = [refusal.at(path) for refusal in refusals]
        self.refusals.extend(refusals)

    def _faults(self, number: int, draft: EventDraft) -> list[Refusal]:
        """Return what is wrong with a draft as it is told, before any stock is looked at."""
        key = self.lookups.key
        agents = (key("provider", draft.provider), key("receiver", draft.receiver))
        unknown = self.lookups.unknown(draft)
        is_unread = number in self.unread
        # Whether agents are missing or the same cannot be told while one of them is unknown.
        shape = None if unknown or is_unread else shape_of(draft, self.births, agents)
        told = rules.Told(shape, draft.has_beginning, draft.has_end, draft.has_point_in_time, draft.created)
        return [
            *unknown,
            *rules.judge(told, self.now),
            *(() if is_unread else self.births.refuse(draft)),
            *self.links.refuse(draft),
        ]

    def _holding(self, touched: Iterable[int] = ()) -> Question[dict[int, Held]]:
        """Return the question that locks every resource the drafts name, and those `touched` without being named."""
        references = {
            reference
            for draft in self.drafts
            for side in ("from", "to")
            if (reference := self.births.reference(draft, side)) is not None
        }
        uids = {uid for reference in references if (uid := read_uid(reference)) is not None}
        iris = {reference for reference in references if read_uid(reference) is None}
        contains = bool(touched or self.corrected) or any(each.action in _CONTAINED for each in self.drafts)
        return stock.holding(touched, uids=uids, iris=iris, with_containers=contains)

    def _prepare(self, held: dict[int, Held], contents: Contents) -> None:
        """Make ready to let the drafts happen in order, on the resources that are held."""
        self.held = held
        self.named = {str(each.uid): each for each in self.held.values()}
        self.named.update({each.iri: each for each in self.held.values() if each.iri})
        states: dict[Any, ResourceState] = {key: each.state for key, each in self.held.items()}
        unowned = [
            key for key, state in states.items() if state.accountable is None and state.previous_event is not None
        ]
        self.play = Replay(states, containers=contents.containers, custody=history.last_custodies(unowned))

    def _contents(self) -> Contents:
        """Return what lies in what, as far as the drafts may change it."""
        found = [
            [self.lookups.of(name, getattr(draft, name)) for name in ("input_of", "output_of")] for draft in self.drafts
        ]
        combines = {process.key: process.combines for pair in found for process in pair if process is not None}
        keys = ((each.key if each else None for each in pair) for pair in found)
        flows = ((draft.action, *pair) for draft, pair in zip(self.drafts, keys, strict=True))
        return contents_of(flows, combines, is_correction=bool(self.corrected))  # type: ignore[arg-type]

    def _write(self, places: Sequence[int]) -> None:
        """Let the drafts happen one after the other, then write the rows, the stock and what follows from them."""
        lines: list[Line] = []
        undone: set[int] = set()
        for number, (draft, place) in enumerate(zip(self.drafts, places, strict=True)):
            try:
                lines.append(self._happen(number, draft, place))
            except Refused as refused:
                self._refuse(number, refused.refusals)
            else:
                undone |= self._undone(number, lines[-1])
        refuse_if(self.refusals)
        with taken_meanwhile(self.drafts):
            insert(EconomicEvent, COLUMNS, lines)
        self.links.write(self.drafts, lines)
        self._store(undone)
        count_combined(
            Counter(line.input_of_id for line in lines if line.input_of_id and line.action in history.COMBINING)
        )
        self.recorded.lines.extend(lines)

    def _happen(self, number: int, draft: EventDraft, place: int) -> Line:
        """Let one draft change the states, and return its line."""
        resource, to_resource = self._resource(draft, "from"), self._resource(draft, "to")
        line = self._line(number, draft, place, resource, to_resource)
        if resource is not None and to_resource is not None and self.births.is_part(draft):
            self._begin_as(to_resource.key, resource.key)
        unlike, warnings = self.links.judge(draft, line, _kind_of(line, resource, to_resource))
        refuse_if(
            rules.refuse_kinds(line.action, line.resource_conforms_to_id, resource, to_resource),
            self._refuse_correction(number, line),
            unlike,
        )
        if warnings:
            self.recorded.warnings.setdefault(place, []).extend(warnings)
        original = self.originals.get(number)
        process = self.lookups.of("output_of", draft.output_of)
        happening = happening_of(
            line,
            stage=process.based_on if process else None,
            creates=self._creates(line, resource, to_resource),
            lone_is_receivers=original.lone_is_receivers if original else None,
        )
        touched = [each for each in (resource, to_resource) if each is not None]
        before = {each.key: self.play.states[each.key] for each in touched}
        effect = self.play.take(happening)
        refuse_if(self._refuse_unentitled(number, line, effect, before[resource.key].accountable if resource else None))
        for each in touched:
            self._judge_shortage(place, each, before[each.key], self.play.states[each.key])
        crumbs: list[Any] = [before[each.key].previous_event if each else None for each in (resource, to_resource)]
        return line._replace(
            effect=packed(effect, creates=happening.creates),
            previous_event_id=crumbs[0],
            to_previous_event_id=crumbs[1],
        )

    def _refuse_unentitled(self, number: int, line: Line, effect: Effect, accountable: Any) -> list[Refusal]:
        """Who may do everything, or record for everybody, is asked nothing more."""
        if Power.RECORD in self.actor.powers:
            return []
        if number in self.corrected:
            return refuse_correcting(self.actor, self.corrected[number])
        parties = frozenset(key for key in (line.provider_id, line.receiver_id) if key is not None)
        is_taken = effect.from_accounting < 0 or effect.from_onhand < 0
        return refuse_recording(self.actor, parties, accountable if is_taken else None)

    def _begin_as(self, part: int, whole: int) -> None:
        """Let what is split off begin at the stage and in the state of what it is split from."""
        states = self.play.states
        stage, state = states[whole].stage, states[whole].state
        if stage is not None or state is not None:
            states[part] = self.begun[part] = states[part]._replace(stage=stage, state=state)

    def _creates(self, line: Line, resource: Held | None, to_resource: Held | None) -> bool:
        state = self.play.states[resource.key] if resource else None
        to_state = self.play.states[to_resource.key] if to_resource else None
        agents_differ = line.provider_id != line.receiver_id
        return creates_here(ACTIONS[line.action], state, to_state, agents_differ=agents_differ)

    def _judge_shortage(self, place: int, held: Held, before: ResourceState, after: ResourceState) -> None:
        shortage = refuse_shortage(before, after, name=held.name)
        if not shortage:
            return
        # Somebody else may have become accountable by the events before this one, or by this one.
        accountable = before.accountable if before.accountable is not None else after.accountable
        if held.refuses_shortage if accountable == held.state.accountable else stock.refuses_shortage(accountable):  # type: ignore[arg-type]
            raise Refused(shortage)
        self.recorded.warnings.setdefault(place, []).extend(shortage)

    def _resource(self, draft: EventDraft, side: str) -> Held | None:
        reference = self.births.reference(draft, side)
        if reference is None:
            return None
        held = self.named.get(reference)
        if held is None or not (
            self.corrected or may_name(self.actor, held.state.accountable, is_shared=held.is_shared)
        ):
            raise Refused([self.births.unknown(reference, side)])
        return held

    def _refuse_correction(self, number: int, line: Line) -> list[Refusal]:
        original = self.originals.get(number)
        if original is None:
            return []
        return rules.refuse_correction(
            original.facts,
            line._asdict(),
            line.resource_quantity_value,
            line.resource_quantity_unit,
            line.effort_quantity_value,
            line.effort_quantity_unit,
        )

    def _undone(self, number: int, line: Line) -> set[int]:
        """Return the resources whose place, stage and state fall back because this line undid an event."""
        original = self.originals.get(number)
        if original is None or not original.stamps or not original.leaves_nothing(line):
            return set()
        undone = {line.resource_inventoried_as_id, line.to_resource_inventoried_as_id} - {None}
        if ACTIONS[line.action].can_contain and line.output_of_id is not None:
            undone |= history.combined_in([line.output_of_id])
        return undone  # type: ignore[return-value]

    def _store(self, undone: set[int]) -> None:
        states = self.play.states
        before = {key: each.state for key, each in self.held.items()}
        if self.begun:
            stock.open_with(self.begun)
        if undone:
            # An event that corrects is recorded alone.
            [original] = self.originals.values()
            states.update(fallen_back({key: states[key] for key in undone}, original.key))  # type: ignore[arg-type]
        stock.store({key: (before[key], state) for key, state in states.items() if state is not before[key]})  # type: ignore[index,misc]

    def _line(
        self, number: int, draft: EventDraft, place: int, resource: Held | None, to_resource: Held | None
    ) -> Line:
        key = self.lookups.key
        quantity, unit = _parts(draft.resource_quantity)
        effort, effort_unit = _parts(draft.effort_quantity)
        created = draft.created or self.now
        corrected = self.corrected.get(number)
        return Line(
            id=place,
            uid=draft.uid or new_uid(),
            iri=draft.iri,
            is_described=True,
            revision=1,
            visibility=draft.visibility or self.seen_by,
            action=draft.action,
            resource_inventoried_as_id=resource.key if resource else None,
            to_resource_inventoried_as_id=to_resource.key if to_resource else None,
            resource_conforms_to_id=key("resource_conforms_to", draft.resource_conforms_to),
            resource_classified_as=list(draft.resource_classified_as),
            resource_quantity_value=quantity,
            resource_quantity_unit=unit,
            effort_quantity_value=effort,
            effort_quantity_unit=effort_unit,
            provider_id=key("provider", draft.provider),
            receiver_id=key("receiver", draft.receiver),
            input_of_id=key("input_of", draft.input_of),
            output_of_id=key("output_of", draft.output_of),
            corrects_id=corrected.pk if corrected else None,
            realization_of_id=key("realization_of", draft.realization_of),
            reciprocal_realization_of_id=key("reciprocal_realization_of", draft.reciprocal_realization_of),
            has_beginning=draft.has_beginning,
            has_end=draft.has_end,
            has_point_in_time=draft.has_point_in_time,
            created=created,
            to_location_id=key("to_location", draft.to_location),
            state=draft.state,
            image=draft.image,
            note=draft.note,
            previous_event_id=None,
            to_previous_event_id=None,
            effect=0,
            occurred_at=moment_of(draft.has_point_in_time, draft.has_end, draft.has_beginning) or created,
        )


def _in_words(draft: EventDraft) -> tuple[EventDraft, list[Refusal]]:
    """Return the draft with its action and units in the words of the standard, and a refusal for each that is none."""
    read: dict[str, Any] = {}
    refusals: list[Refusal] = []
    readers: dict[str, Callable[[], Any]] = {
        "action": lambda: action(draft.action).name,
        "resource_quantity": lambda: _measure(draft.resource_quantity, "resourceQuantity"),
        "effort_quantity": lambda: _measure(draft.effort_quantity, "effortQuantity"),
    }
    for name, reader in readers.items():
        try:
            value = reader()
        except Refused as refused:
            refusals += refused.refusals
        else:
            if value != getattr(draft, name):
                read[name] = value
    return replace(draft, **read) if read else draft, refusals


def _with_texts(draft: EventDraft) -> tuple[EventDraft, list[Refusal]]:
    """Return the draft with its texts as they are stored, and what is wrong with them."""
    texts = {name: text for name in _TEXTS if (text := getattr(draft, name))}
    if not texts:
        return draft, []
    read, refusals = read_values(EconomicEvent, texts, is_new=False)
    return (draft, refusals) if refusals else (replace(draft, **read), [])


def _measure(measure: Measure | None, field: str) -> Measure | None:
    if measure is None:
        return None
    try:
        identifier = known_unit(measure.unit).identifier
    except Refused as refused:
        raise Refused(replace_field(refusal, field) for refusal in refused.refusals) from refused
    return measure if identifier == measure.unit else Measure(measure.value, identifier)


def _parts(measure: Measure | None) -> tuple[Decimal | None, str]:
    return (None, "") if measure is None else (measure.value, measure.unit)


def _kind_of(line: Line, resource: Held | None, to_resource: Held | None) -> int | None:
    """Return the kind of thing that an event is about, as far as anything says it."""
    kinds = (line.resource_conforms_to_id, resource and resource.kind, to_resource and to_resource.kind)
    return next((kind for kind in kinds if kind is not None), None)
