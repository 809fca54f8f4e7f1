"""The history in a document: what resources open with, what happened to them, and what is stated of them between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oce.apps.events.commands import record_events
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.openings import OpeningDraft, open_resources
from oce.apps.resources.models import EconomicResource, Opening
from oce.apps.spreadsheets.documents.drafts import SIDES, draft_of, identity, may_create
from oce.apps.spreadsheets.documents.snapshots import opening_of, remarks_on
from oce.kit.jsonld.comparison import canonical
from oce.kit.properties import property_of
from oce.kit.writing import known
from oce.vf.actions import ACTIONS
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from oce.apps.spreadsheets.documents.identities import Identities
    from oce.kit.actor import Actor
    from oce.kit.jsonld.descriptions import Ref
    from oce.kit.jsonld.told import Snapshot, Told
    from oce.kit.records import Record

# Events recorded in one go.
TOGETHER = 5_000


class History:
    """The events and snapshots of a document in its order."""

    def __init__(self, actor: Actor, identities: Identities) -> None:
        """Find the events that are new, and which of them touches each resource first."""
        self.actor = actor
        self.identities = identities
        told = list(identities.told.values())
        self.resources = [each for each in told if each.model is EconomicResource]
        events = [each for each in told if each.model is EconomicEvent]
        self.events = [each for each in events if not identities.is_described(each)]
        self.known_until = max((each.place for each in events if identities.is_described(each)), default=-1)
        # The first event of the document that touches each resource, and on which side.
        self.first: dict[str, tuple[Told, str]] = {}
        for event in self.events:
            for side in SIDES:
                if side in event.values:
                    self.first.setdefault(canonical(event.values[side].id), (event, side))
        # What is there because of an event of the document, such as a claim, by the place of that event.
        new = {canonical(event.id): event.place for event in self.events}
        self.following: dict[str, int] = {}
        for from_told, each, ref in identities.references:
            if from_told.model is not EconomicEvent and each.target is EconomicEvent and canonical(ref.id) in new:
                self.following[canonical(from_told.id)] = new[canonical(ref.id)]
        self.drafts: list[EventDraft] = []
        self.places: list[Told] = []
        self.waiting: set[str] = set()

    def takes(self, told: Told) -> bool:
        """Return whether a record comes about only when an event of the document has happened."""
        is_born = told.model is EconomicResource and self.is_born_by_event(told)
        return is_born or canonical(told.id) in self.following

    def is_born_by_event(self, told: Told) -> bool:
        """Return whether an event of the document, told before the resource is described, brings it into being."""
        first = self.first.get(canonical(told.id))
        if (
            first is None
            or told.opening is not None
            or self.identities.is_described(told)
            or "conforms_to" not in told.values
        ):
            return False
        event, side = first
        return event.place < told.place and may_create(event, side)

    def run(self, settle: Callable[[Told], None]) -> None:
        """Open the resources, then record the events in their order and look at each snapshot when its place comes.

        What follows from an event is written down by `settle` right after it, so that later events can refer to it.
        """
        opened = self._open()
        # What was stated before events that are known already is long past.
        snapshots = [
            (told, each)
            for told in self.resources
            for each in told.snapshots
            if each is not opened.get(told.id) and each.place > self.known_until
        ]
        timeline: list[tuple[int, Any]] = [(event.place, event) for event in self.events]
        timeline += [(place, self.identities.told[identity]) for identity, place in self.following.items()]
        timeline += [(snapshot.place, (told, snapshot)) for told, snapshot in snapshots]
        stated: list[tuple[Told, Snapshot]] = []
        for _, item in sorted(timeline, key=lambda pair: pair[0]):
            if isinstance(item, tuple):
                stated.append(item)
                continue
            self._compare(stated)
            if item.model is EconomicEvent:
                self._take(item)
            else:
                self._flush()
                settle(item)
        self._compare(stated)
        self._flush()

    def _open(self) -> dict[str, Snapshot]:
        """Let resources begin with what the document says of them before any event; return those snapshots."""
        taken: dict[str, Snapshot] = {}
        drafts: list[tuple[EconomicResource, OpeningDraft]] = []
        for told, record in self._unopened():
            earliest = self._earliest(told)
            stated = told.opening if told.opening is not None else dict(earliest.values) if earliest else {}
            is_digital = bool(told.values.get("current_virtual_location"))
            if stated:
                drafts.append((record, opening_of(told.id, stated, self._resolve, is_digital=is_digital)))
            if told.opening is None and earliest is not None:
                taken[told.id] = earliest
        for start in range(0, len(drafts), TOGETHER):
            open_resources(self.actor, drafts[start : start + TOGETHER])
        return taken

    def _unopened(self) -> list[tuple[Told, EconomicResource]]:
        """Return the resources told of that have neither a history nor an opening here."""
        found = [(told, self.identities.record(EconomicResource, told.id)) for told in self.resources]
        fresh = [(told, each) for told, each in found if isinstance(each, EconomicResource) and each.last_event is None]
        opened: set[int] = set()
        for start in range(0, len(fresh), TOGETHER):
            keys = [each.pk for _, each in fresh[start : start + TOGETHER]]
            opened |= set(Opening.objects.filter(pk__in=keys).values_list("pk", flat=True))
        return [(told, each) for told, each in fresh if each.pk not in opened]

    def _earliest(self, told: Told) -> Snapshot | None:
        """Return the first snapshot of a resource, if no event of the document touches it before."""
        earliest = min(told.snapshots, key=lambda each: each.place, default=None)
        first = self.first.get(canonical(told.id))
        is_later = earliest is not None and first is not None and first[0].place < earliest.place
        return None if is_later else earliest

    def _resolve(self, name: str, ref: Ref) -> Record:
        each = property_of(EconomicResource, name)
        assert each is not None, "the names are those of the model"  # noqa: S101
        return self.identities.resolve(each, ref)

    def _take(self, event: Told) -> None:
        touched = {canonical(event.values[side].id) for side in SIDES if side in event.values}
        if len(self.drafts) >= TOGETHER or self._must_wait(event, touched):
            self._flush()
        self.drafts.append(draft_of(event, self._births(event)))
        self.places.append(event)
        self.waiting |= {canonical(event.id), *touched}

    def _must_wait(self, event: Told, touched: set[str]) -> bool:
        """A correction needs its event written; whose a lone resource is follows from when it last changed hands."""
        corrected = event.values.get("corrects")
        if corrected is not None and canonical(corrected.id) in self.waiting:
            return True
        is_lone = SIDES[1] not in event.values and ACTIONS[event.values["action"]].changes_hands
        return is_lone and bool(touched & self.waiting)

    def _births(self, event: Told) -> dict[str, ResourceDraft]:
        births = {}
        for side in SIDES:
            told = self.identities.told_of(event.values[side].id) if side in event.values else None
            if told is not None and self.first[canonical(told.id)] == (event, side) and self.is_born_by_event(told):
                uid, iri = identity(told.id)
                births[side] = ResourceDraft(values=self.identities.plain(told), uid=uid, iri=iri)
                self.identities.report.written[told.of.name] += 1
        return births

    def _flush(self) -> None:
        """Record what has gathered; refusals name the event by its identifier in the document."""
        if not self.drafts:
            return
        try:
            events = record_events(self.actor, self.drafts)
        except Refused as refused:
            raise Refused(self._at_identity(refusal) for refusal in refused.refusals) from refused
        self.identities.report.remarks += [warning for event in events for warning in event.warnings]
        self.identities.report.written["EconomicEvent"] += len(events)
        self.drafts, self.places, self.waiting = [], [], set()

    def _at_identity(self, refusal: Any) -> Any:
        prefix, _, rest = (refusal.field or "").partition(".")
        number, _, field = rest.partition(".")
        if len(self.places) == 1:
            return refusal.at(self.places[0].id)
        if prefix == "events" and number.isdigit():
            return type(refusal)(
                refusal.code, refusal.template, f"{self.places[int(number)].id}.{field}", **refusal.values
            )
        return refusal

    def _compare(self, stated: list[tuple[Told, Snapshot]]) -> None:
        """Hold the stated values against what the events so far give, and remark on the differences."""
        if not stated:
            return
        self._flush()
        for start in range(0, len(stated), TOGETHER):
            part = stated[start : start + TOGETHER]
            found = known(EconomicResource, [told.id for told, _ in part])
            for told, snapshot in part:
                if told.id in found:
                    self.identities.report.remarks += remarks_on(found[told.id], snapshot.values, told.id)
        stated.clear()
