"""Tables of events, told to the ledger column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from oce.apps.events.bulk import record_table
from oce.apps.events.columns import KNOWN
from oce.apps.events.models import EconomicEvent
from oce.apps.spreadsheets.tables.rows import heading_of, place
from oce.kit.actor import Power
from oce.kit.records import read_uid
from oce.vf.refusals import Refusal, Refused

if TYPE_CHECKING:
    from datetime import tzinfo

    from oce.apps.spreadsheets.reports import ImportReport
    from oce.apps.spreadsheets.tables.understanding import Understood
    from oce.apps.spreadsheets.wishes import Progress
    from oce.kit.actor import Actor

BATCH = 5_000


def goes_by_columns(actor: Actor, understood: Understood) -> bool:
    """Return whether the ledger can take the table as it is: events, new ones, with nothing that concerns others.

    Only who may record for everybody is not asked about each row.
    """
    if Power.RECORD not in actor.powers:
        return False
    if understood.of.model is not EconomicEvent or not set(understood.columns) - {"id"} <= KNOWN:
        return False
    return "id" not in understood.columns or _are_new(understood.columns["id"])


def record(understood: Understood, zone: tzinfo, progress: Progress, report: ImportReport) -> None:
    """Write all rows into the ledger.

    Raises:
        Refused: with the faults of many rows, each at its row and heading.
    """
    columns = dict(understood.columns)
    if "id" in columns:
        columns |= _identities(columns.pop("id"))
    try:
        count, warnings = record_table(pa.table(columns), zone=zone, progress=progress)
    except Refused as refused:
        raise Refused(_at_row(refusal, understood) for refusal in refused.refusals) from refused
    report.written["EconomicEvent"] += count
    report.remarks += warnings


def _are_new(ids: pa.ChunkedArray) -> bool:
    """Return whether every row has an identifier of its own that no event has yet."""
    texts = ids.unique().to_pylist()
    if ids.null_count or len(texts) < len(ids):
        return False
    uids = [uid for text in texts if (uid := read_uid(text)) is not None]
    iris = [text for text in texts if read_uid(text) is None]
    for name, wanted in (("uid", uids), ("iri", iris)):
        for start in range(0, len(wanted), BATCH):
            if EconomicEvent.objects.filter(**{f"{name}__in": wanted[start : start + BATCH]}).exists():
                return False
    return True


def _identities(ids: pa.ChunkedArray) -> dict[str, pa.ChunkedArray]:
    texts = ids.to_pylist()
    uids = [read_uid(text) for text in texts]
    found = {
        "uid": [None if uid is None else str(uid) for uid in uids],
        "iri": [text if uid is None else None for text, uid in zip(texts, uids, strict=True)],
    }
    return {name: pa.chunked_array([values], pa.string()) for name, values in found.items() if any(values)}


def _at_row(refusal: Refusal, understood: Understood) -> Refusal:
    prefix, _, rest = (refusal.field or "").partition(".")
    row, _, term = rest.partition(".")
    if prefix != "events" or not row.isdigit():
        return refusal
    return Refusal(refusal.code, refusal.template, place(int(row), heading_of(understood, term)), **refusal.values)
