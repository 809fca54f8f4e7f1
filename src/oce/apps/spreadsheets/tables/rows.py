"""The rows of a table as records that a document tells, so that they arrive by the same way as everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.spreadsheets.tables.naming import Names
from oce.kit.identifiers import new_uid
from oce.kit.jsonld import values
from oce.kit.jsonld.classes import DocumentClass, document_classes
from oce.kit.jsonld.context import OURS
from oce.kit.jsonld.descriptions import Parts, Ref
from oce.kit.jsonld.told import Reading, Snapshot, Told
from oce.kit.properties import Kind, RecordProperty, property_of
from oce.vf.namespaces import VF
from oce.vf.refusals import Refusal, Refused, gettext_noop
from oce.vf.terms import camel

if TYPE_CHECKING:
    from datetime import tzinfo

    from oce.apps.spreadsheets.tables.understanding import Understood

NO_SUCH_TYPE = gettext_noop("{given} is no kind of {wanted}. Write one of: {types}.")
REPEATED = gettext_noop("Row {row} describes {id} once more and differently. Give it an identifier of its own.")
_TYPES = {"organisation": "Organization", "group": "Organization", "ecologicalagent": "EcologicalAgent"}
_VALUE, _UNIT = "_value", "_unit"
# Rows told as faulty at once; a person mends them, or the matching of columns, and tries again.
FAULTS_MAX = 1_000


class Rows:
    """A table on its way to become a reading: what was told, and in which row."""

    def __init__(self, understood: Understood, zone: tzinfo) -> None:
        self.understood = understood
        self.around = values.Surroundings(zone)
        self.told: dict[str, Told] = {}
        self.row_of: dict[str, int] = {}
        self.refusals: list[Refusal] = []
        self.names = Names(understood)

    def reading(self) -> Reading:
        """Return what the rows tell.

        Raises:
            Refused: with the faults of at most a thousand rows, each at its row and heading.
        """
        for row, cells in enumerate(self._rows()):
            try:
                self._take(row, cells)
            except Refused as refused:
                self.refusals += [self.at_row(refusal, row) for refusal in refused.refusals]
            if len(self.refusals) >= FAULTS_MAX:
                break
        if self.refusals:
            raise Refused(self.refusals)
        return Reading(self.told, [])

    def at_row(self, refusal: Refusal, row: int) -> Refusal:
        """Return the refusal placed at a row of the file (the headings are row 1) and the heading of its column."""
        return Refusal(refusal.code, refusal.template, place(row, self._heading(refusal.field)), **refusal.values)

    def at_identity(self, refusal: Refusal) -> Refusal:
        """Return the refusal of a record placed at the row that tells of it."""
        identity, _, rest = (refusal.field or "").rpartition(".")
        row = self.row_of.get(identity)
        if row is None:
            row = self.row_of.get(refusal.field or "")
            rest = ""
        if row is None:
            return refusal
        return Refusal(refusal.code, refusal.template, place(row, self._heading(rest)), **refusal.values)

    def _rows(self) -> Iterator[dict[str, str]]:
        columns = {name: column.to_pylist() for name, column in self.understood.columns.items()}
        for row in range(self.understood.rows):
            yield {name: cells[row] for name, cells in columns.items() if cells[row] is not None}

    def _take(self, row: int, cells: dict[str, str]) -> None:
        identity = cells.pop("id", None) or str(new_uid())
        told = Told(identity, self._class_of(cells.pop("type", None)), row)
        derived: dict[str, Any] = {}
        faults: list[Refusal] = []
        for each, given in self._given(told, cells):
            try:
                value = self._value(told, each, given)
            except Refused as refused:
                faults += refused.refusals
                continue
            if each.is_settable:
                told.values[each.name] = value
            elif each.name == "created":
                told.given[each.name] = value
            else:
                derived[each.name] = value
        if faults:
            raise Refused(faults)
        if derived:
            told.snapshots.append(Snapshot(row, derived))
        self._join(row, told)

    def _given(self, told: Told, cells: Mapping[str, str]) -> Iterator[tuple[RecordProperty, Any]]:
        """Yield each property that a row gives, the two cells of a measure together."""
        for name, text in cells.items():
            each = property_of(told.model, name)
            if each is not None:
                yield each, text
            elif name.endswith(_VALUE):
                measure = name.removesuffix(_VALUE)
                each = property_of(told.model, measure)
                unit = cells.get(measure + _UNIT)
                parts = [(VF + "hasNumericalValue", (text,))]
                if unit is not None:
                    parts.append((VF + "hasUnit", (unit,)))
                if each is not None:
                    yield each, Parts(tuple(parts))

    def _value(self, told: Told, each: RecordProperty, given: Any) -> Any:
        if each.kind is Kind.TEXTS:
            return [part for text in given.split("|") for word in text.split(";") if (part := word.strip())]
        if each.target is None:
            return values.read(each, [given], self.around)
        if each.is_many:
            return frozenset(self._reference(told, each, text.strip()) for text in given.split("|"))
        return self._reference(told, each, given)

    def _reference(self, told: Told, each: RecordProperty, text: str) -> Ref:
        if each.target is BatchLotRecord and told.model is EconomicResource:
            return self._lot(each, text, told.place)
        return Ref(self.names.identity(each, text))

    def _lot(self, each: RecordProperty, code: str, row: int) -> Ref:
        """Return the lot of a code, told of here where nobody has written it down yet."""
        known = self.names.known(each, code)
        if known is not None:
            return Ref(known)
        identity = f"_:{OURS}lot/{code}"
        lot = Told(identity, document_classes()["BatchLotRecord"], row, values={"batch_lot_code": code})
        self.told.setdefault(identity, lot)
        return Ref(identity)

    def _class_of(self, said: str | None) -> DocumentClass:
        if said is None:
            return self.understood.of
        known = {
            name.lower(): each for name, each in document_classes().items() if each.model is self.understood.of.model
        }
        plain = said.replace(" ", "").lower()
        found = known.get(plain) or known.get(_TYPES.get(plain, "").lower())
        if found is None:
            types = ", ".join(each.name for each in known.values())
            wanted = self.understood.of.name
            raise Refused(Refusal("tables.no_such_type", NO_SUCH_TYPE, "type", given=said, wanted=wanted, types=types))
        return found

    def _join(self, row: int, told: Told) -> None:
        first = self.told.setdefault(told.id, told)
        self.row_of.setdefault(told.id, row)
        if first is not told and (first.of, first.values) != (told.of, told.values):
            raise Refused(Refusal("tables.repeated", REPEATED, "id", row=row + 2, id=told.id[:200]))

    def _heading(self, term: str | None) -> str:
        """Return what the column of a property is headed in the file."""
        return heading_of(self.understood, term or "")


def heading_of(understood: Understood, term: str) -> str:
    """Return what the column of a property is headed in the file; the property itself where it has no column."""
    for name, heading in understood.headings.items():
        is_unit = term == "hasUnit" and name.endswith(_UNIT)
        if is_unit or term in {name, camel(name), camel(name.removesuffix(_VALUE))}:
            return heading
    return term


def place(row: int, heading: str) -> str:
    """Return where a fault lies: the row as a spreadsheet numbers it, and the heading of the column."""
    return f"row {row + 2}, {heading}" if heading else f"row {row + 2}"
