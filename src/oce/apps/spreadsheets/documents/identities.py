"""What the identities of a document mean here: what it tells of them, and the records that exist already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from oce.apps.events.models import EconomicEvent
from oce.apps.spreadsheets.documents.writing import name_only
from oce.kit.identifiers import new_uid
from oce.kit.jsonld.comparison import canonical
from oce.kit.jsonld.descriptions import Ref
from oce.kit.properties import RecordProperty, property_of
from oce.kit.records import Record, found_by_reference, read_uid
from oce.kit.writing import known, refuse_unknown
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from oce.apps.spreadsheets.reports import ImportReport
    from oce.kit.jsonld.told import Reading, Told
    from oce.vf.refusals import Refusal

# References looked up in one statement: below the limit of bound values of either database.
BATCH = 5_000

Reference = tuple["Told", RecordProperty, Ref]


class Identities:
    """Everything told, by canonical identity, and the records known so far, by class and identity."""

    def __init__(self, reading: Reading, report: ImportReport) -> None:
        """Give whatever the document leaves anonymous an identifier, and look up all that it names."""
        self.told = {canonical(told.id): told for told in _identified(reading)}
        self.report = report
        self.references = list(self._references())
        self._records: dict[tuple[type[Record], str], Record] = {}
        self._unseen: set[tuple[type[Record], str]] = set()
        self._look_up()

    def told_of(self, identity: str) -> Told | None:
        """Return what the document tells of an identity."""
        return self.told.get(canonical(identity))

    def record(self, model: type[Record], identity: str) -> Record | None:
        """Return the record of a class that an identity means, if it exists already."""
        return self._records.get((model, canonical(identity)))

    def is_described(self, told: Told) -> bool:
        """Return whether more than the address is known here of what the document tells of."""
        record = self.record(told.model, told.id)
        return record is not None and record.is_described

    def refuse_unseen(self) -> list[Refusal]:
        """What one may not see nobody describes again: the answer would tell what is known of it."""
        return [
            refuse_unknown(told.model, told.id, None).at(told.id)
            for told in self.told.values()
            if (told.model, canonical(told.id)) in self._unseen
        ]

    def keep(self, told: Told, record: Record) -> None:
        """Remember the record that was made of what is told."""
        self._records[told.model, canonical(told.id)] = record

    def resolve(self, each: RecordProperty, ref: Ref) -> Record:
        """Return the record that a reference means, naming it where nothing is known of it but its address."""
        assert each.target is not None, "only references are resolved"  # noqa: S101
        found = self.record(each.target, ref.id) or known(each.target, [ref.id]).get(ref.id)
        if found is None:
            # What happened elsewhere is known whole or not at all: the ledger has no place for a mere name.
            is_unseen = (each.target, canonical(ref.id)) in self._unseen
            if is_unseen or read_uid(ref.id) is not None or each.target is EconomicEvent:
                raise Refused(refuse_unknown(each.target, ref.id, each.term))
            found = name_only(each.target, ref.id)
            self.report.named[each.target.vf_class] += 1
        self._records[each.target, canonical(ref.id)] = found
        return found

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

    def _references(self) -> Iterator[Reference]:
        """Yield every reference that is to be stored, of records and events alike."""
        for told in self.told.values():
            for name, value in told.values.items():
                each = property_of(told.model, name)
                if each is not None and each.target is not None:
                    for ref in value if each.is_many else [value]:
                        yield told, each, ref

    def _look_up(self) -> None:
        wanted: dict[type[Record], set[str]] = {}
        for identity, told in self.told.items():
            wanted.setdefault(told.model, set()).add(identity)
        for _, each, ref in self.references:
            if each.target is not None:
                wanted.setdefault(each.target, set()).add(canonical(ref.id))
        for model, identities in wanted.items():
            ordered = sorted(identities)
            for start in range(0, len(ordered), BATCH):
                batch = ordered[start : start + BATCH]
                seen = known(model, batch)
                self._records |= {(model, identity): record for identity, record in seen.items()}
                self._unseen |= {(model, identity) for identity in found_by_reference(model, batch).keys() - seen}


def _identified(reading: Reading) -> list[Told]:
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
