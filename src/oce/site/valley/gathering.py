"""What has long happened, gathered into tables that come into the ledger as a file would: some months at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from oce.apps.agreements.models import Agreement
from oce.apps.events.bulk import record_table
from oce.apps.processes.models import Process
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.kit.visibility import house_visibility

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from oce.apps.events.drafts import EventDraft, ResourceDraft
    from oce.kit.records import Record

_REFERENCES = (
    "provider", "receiver", "resource_inventoried_as", "to_resource_inventoried_as", "resource_conforms_to", "input_of",
    "output_of", "to_location", "realization_of", "reciprocal_realization_of",
)  # fmt: skip
_PLAIN = ("action", "note", "state", "visibility")
_MEASURES = ("resource_quantity", "effort_quantity")
_MOMENT = pa.timestamp("us", tz="UTC")


class Gathering:
    """Records and events that wait to be written together, by the rules by which a file of events comes in."""

    def __init__(self) -> None:
        """Begin with nothing; the lots that the stories told of are known."""
        self.rows: list[dict[str, Any]] = []
        self.processes: list[Process] = []
        self.agreements: list[Agreement] = []
        self.resources: list[EconomicResource] = []
        self.new_lots: list[BatchLotRecord] = []
        self.lots = {lot.batch_lot_code: lot for lot in BatchLotRecord.every()}

    def lot(self, code: str, use_by: datetime | None = None) -> BatchLotRecord:
        """Return the lot of this code, which may be a new one."""
        if code not in self.lots:
            self.lots[code] = BatchLotRecord(batch_lot_code=code, expiration_date=use_by)
            self.new_lots.append(self.lots[code])
        return self.lots[code]

    def add(self, drafts: Iterable[EventDraft], written: datetime) -> None:
        """Take in what happened at one moment, and was written down at another."""
        for draft in drafts:
            row: dict[str, Any] = {name: _text(getattr(draft, name)) for name in _REFERENCES}
            row |= {name: getattr(draft, name) or None for name in _PLAIN}
            row |= {"uid": str(draft.uid), "has_point_in_time": draft.has_point_in_time, "created": written}
            row["visibility"] = draft.visibility or house_visibility().value
            for name in _MEASURES:
                measure = getattr(draft, name)
                row[f"{name}_value"] = None if measure is None else format(measure.value, "f")
                row[f"{name}_unit"] = None if measure is None else measure.unit
            if draft.new_resource is not None:
                row[_born_as(draft)] = str(self._described(draft.new_resource).uid)
            self.rows.append(row)

    def write(self) -> None:
        """Write everything that waits: first what events refer to, then the events."""
        BatchLotRecord.objects.bulk_create(self.new_lots)
        EconomicResource.objects.bulk_create(self.resources)
        Process.objects.bulk_create(self.processes)
        Agreement.objects.bulk_create(self.agreements)
        for written in (self.new_lots, self.resources, self.processes, self.agreements):
            written.clear()
        if self.rows:
            moments = {"has_point_in_time", "created"}
            columns = {
                name: pa.array([row[name] for row in self.rows], _MOMENT if name in moments else pa.string())
                for name in self.rows[0]
            }
            record_table(pa.table(columns))
            self.rows.clear()

    def _described(self, born: ResourceDraft) -> EconomicResource:
        """Write down what an event will bring into being."""
        lot = self.lot(born.lot_code) if born.lot_code else None
        resource = EconomicResource(of_batch_lot=lot, **{"uid": born.uid, **born.values})
        self.resources.append(resource)
        return resource


def _born_as(draft: EventDraft) -> str:
    """Return on which side of an event the resource is that it brings into being."""
    return "to_resource_inventoried_as" if draft.action == "transfer" else "resource_inventoried_as"


def _text(reference: Record | Any) -> str | None:
    return None if reference is None else str(getattr(reference, "uid", reference))
