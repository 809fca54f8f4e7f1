"""Writes down what a document tells: records after those they refer to, then openings, then events in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.spreadsheets.documents.comparison import canonical, refuse_difference
from oce.apps.spreadsheets.documents.history import History
from oce.apps.spreadsheets.documents.writing import describe, name_only, write
from oce.kit.identifiers import new_uid
from oce.kit.jsonld.descriptions import Ref
from oce.kit.properties import RecordProperty, property_of
from oce.kit.records import Record, found_by_reference, read_uid
from oce.kit.writing import refuse_unknown
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

if TYPE_CHECKING:
    from oce.apps.spreadsheets.reports import ImportReport
    from oce.kit.actor import Actor
    from oce.kit.jsonld.reading import Reading, Told

WRONG_CLASS = gettext_noop(
    "{term} of {id} leads to {target}, which the document describes as {kind}; it takes a {wanted}."
)
NO_ACTION = gettext_noop("The event {id} has no action. Say what was done: produce, consume, transfer ...")
CIRCLE = gettext_noop("These refer to each other in a circle: {ids}. Leave one of the references out.")

# References looked up in one statement: below the limit of bound values of either database.
BATCH = 5_000
_LEDGER = (EconomicEvent,)


def identified(reading: Reading) -> list[Told]:
    """Return what is told, with an identifier of this house for whatever the document gives none."""
    names: dict[str, str] = {}

    def name(identity: str) -> str:
        return names.setdefault(identity, str(new_uid())) if identity.startswith("_:") else identity

    def renamed(value: Any) -> Any:
        if isinstance(value, Ref):
            return Ref(name(value.id))
        return frozenset(map(renamed, value)) if isinstance(value, frozenset) else value

    def all_renamed(values: Mapping[str, Any]) -> dict[str, Any]:
        return {key: renamed(value) for key, value in values.items()}

    return [
        replace(
            told,
            id=name(told.id),
            values=all_renamed(told.values),
            opening=None if told.opening is None else all_renamed(told.opening),
            snapshots=[replace(each, values=all_renamed(each.values)) for each in told.snapshots],
        )
        for told in reading.told.values()
    ]


class Arrival:
    """A document on its way in: what it tells, and the records that its identities mean."""

    def __init__(self, actor: Actor, reading: Reading, report: ImportReport) -> None:
        self.actor = actor
        self.told = {canonical(told.id): told for told in identified(reading)}
        self.report = report
        self.records: dict[tuple[type[Record], str], Record] = {}

    def run(self) -> None:
        """Write down everything that is new, inside the running transaction.

        Raises:
            Refused: with what differs from the records here, and whatever the commands refuse.
        """
        references = list(self._references())
        self._look_up(references)
        refuse_if(self._refuse_actionless(), self._refuse_classes(references), self._refuse_differences())
        self._name_the_undescribed(references)
        history = History(self)
        for told in self._in_order():
            if told.model is EconomicResource and history.is_born_by_event(told):
                continue
            self._settle(told)
        history.run()

    def record(self, model: type[Record], identity: str) -> Record | None:
        """Return the record of a class that an identity of the document means, if it exists already."""
        return self.records.get((model, canonical(identity)))

    def resolve(self, each: RecordProperty, ref: Ref) -> Record:
        """Return the record that a reference means, naming it where nothing is known of it but its address."""
        assert each.target is not None, "only references are resolved"  # noqa: S101
        found = self.record(each.target, ref.id) or found_by_reference(each.target, [ref.id]).get(ref.id)
        if found is None:
            if read_uid(ref.id) is not None:
                raise Refused(refuse_unknown(each.target, ref.id, each.term))
            found = name_only(each.target, ref.id)
            self.report.named[each.target.vf_class] += 1
        self.records[each.target, canonical(ref.id)] = found
        return found

    def _references(self) -> Iterable[tuple[Told, RecordProperty, Ref]]:
        """Yield every reference that is to be stored, of records and events alike."""
        for told in self.told.values():
            for name, value in told.values.items():
                each = property_of(told.model, name)
                if each is not None and each.target is not None:
                    for ref in value if each.is_many else [value]:
                        yield told, each, ref

    def _look_up(self, references: Iterable[tuple[Told, RecordProperty, Ref]]) -> None:
        wanted: dict[type[Record], set[str]] = {}
        for told in self.told.values():
            wanted.setdefault(told.model, set()).add(canonical(told.id))
        for _, each, ref in references:
            if each.target is not None:
                wanted.setdefault(each.target, set()).add(canonical(ref.id))
        for model, identities in wanted.items():
            ordered = sorted(identities)
            for start in range(0, len(ordered), BATCH):
                for identity, record in found_by_reference(model, ordered[start : start + BATCH]).items():
                    self.records[model, identity] = record

    def _refuse_actionless(self) -> list[Refusal]:
        return [
            Refusal("documents.no_action", NO_ACTION, "action", id=told.id[:200])
            for told in self.told.values()
            if told.model in _LEDGER and "action" not in told.values
        ]

    def _refuse_classes(self, references: Iterable[tuple[Told, RecordProperty, Ref]]) -> list[Refusal]:
        refusals = []
        for told, each, ref in references:
            target = self.told.get(canonical(ref.id))
            if target is not None and target.model is not each.target and each.target is not None:
                refusals.append(
                    Refusal(
                        "documents.wrong_class",
                        WRONG_CLASS,
                        each.term,
                        term=each.term,
                        id=told.id[:200],
                        target=ref.id[:200],
                        kind=target.of.name,
                        wanted=each.target.vf_class,
                    )
                )
        return refusals

    def _refuse_differences(self) -> list[Refusal]:
        refusals = []
        for told in self.told.values():
            record = self.record(told.model, told.id)
            if record is not None and record.is_described:
                self.report.known[told.of.name] += 1
                refusals += refuse_difference(record, {**told.of.implied, **told.values}, told.id)
        return refusals

    def _name_the_undescribed(self, references: Iterable[tuple[Told, RecordProperty, Ref]]) -> None:
        for _, each, ref in references:
            if canonical(ref.id) not in self.told and each.target not in _LEDGER:
                self.resolve(each, ref)

    def _in_order(self) -> list[Told]:
        """Return the records told of, without events, each after those it refers to."""
        told = {identity: each for identity, each in self.told.items() if each.model not in _LEDGER}
        sorter: TopologicalSorter[str] = TopologicalSorter({identity: set() for identity in told})
        for from_told, _, ref in self._references():
            identity, target = canonical(from_told.id), canonical(ref.id)
            if identity in told and target in told and target != identity:
                sorter.add(identity, target)
        try:
            return [told[identity] for identity in sorter.static_order()]
        except CycleError as error:
            circle = ", ".join(error.args[1])
            raise Refused(Refusal("documents.circle", CIRCLE, "@id", ids=circle[:500])) from error

    def _settle(self, told: Told) -> None:
        """Write a record down; a refusal names it by its identifier in the document."""
        try:
            self._write(told)
        except Refused as refused:
            raise Refused(refusal.at(told.id) for refusal in refused.refusals) from refused

    def _write(self, told: Told) -> None:
        """Write a record down, or what is told now of one that was only named so far."""
        record = self.record(told.model, told.id)
        if record is not None and record.is_described:
            return
        values = self.plain(told)
        if record is None:
            record = write(self.actor, told, values, self.report)
        else:
            record = describe(self.actor, record, told, values)
        self.records[told.model, canonical(told.id)] = record
        self.report.written[told.of.name] += 1

    def plain(self, told: Told) -> dict[str, Any]:
        """Return the values of a record with its references as records, and what its class says of it."""
        values: dict[str, Any] = dict(told.of.implied)
        for name, value in told.values.items():
            each = property_of(told.model, name)
            values[name] = value if each is None else self._plain(each, value)
        return values

    def _plain(self, each: RecordProperty, value: Any) -> Any:
        if each.target is None:
            return value
        if each.is_many:
            return [self.resolve(each, ref) for ref in sorted(value, key=lambda ref: ref.id)]
        return self.resolve(each, value)

    def told_of(self, identity: str) -> Told | None:
        """Return what the document tells of an identity."""
        return self.told.get(canonical(identity))
