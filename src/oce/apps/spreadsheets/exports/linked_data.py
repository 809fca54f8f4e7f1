"""Records as one JSON-LD document, written a record at a time.

The document carries its context within, so that no reader has to fetch it. Resources come after the events, as
snapshots of what the events made of them; what they opened with stands beside. So the same document, taken in
elsewhere, gives the same ledger and the same stock; and as the resources stand in the order of their addresses, not in
that of their arrival, it goes out there as it came in.
"""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from oce.apps.resources.models import EconomicResource, Opening
from oce.kit.jsonld.context import OURS, full_context
from oce.kit.jsonld.documents import as_text, body_of, measure, shown_only, with_references
from oce.kit.standing import standing_still
from oce.vf.measures import Measure
from oce.vf.states import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from oce.apps.spreadsheets.exports.selection import Selection
    from oce.kit.records import Record

CHUNK = 1_000


def write(selection: Selection, file: IO[bytes]) -> int:
    """Write the selected records to `file`, as of one moment, and return how many there were."""
    with standing_still():
        return _write(selection, file)


def _write(selection: Selection, file: IO[bytes]) -> int:
    context = json.dumps({**full_context(), "oce:opening": {"@id": f"{OURS}opening"}}, ensure_ascii=False)
    file.write(f'{{"@context":{context},\n"@graph":['.encode())
    count = 0
    for count, body in enumerate(_bodies(selection), start=1):
        file.write(b"\n" if count == 1 else b",\n")
        file.write(as_text(body).encode())
    file.write(b"\n]}\n")
    return count


def _bodies(selection: Selection) -> Iterator[dict[str, Any]]:
    models = selection.models()
    # Resources last: a description before the events would be read as what they opened with.
    ordered: list[type[Record]] = [each for each in models if each is not EconomicResource]
    for model in ordered + [each for each in models if each is EconomicResource]:
        if model is EconomicResource:
            yield from _resources(selection)
        else:
            for chunk in selection.chunks(model, CHUNK):
                yield from map(body_of, with_references(chunk))


def _resources(selection: Selection) -> Iterator[dict[str, Any]]:
    for chunk in selection.chunks_by_address(EconomicResource, CHUNK):
        records = sorted(with_references(chunk), key=lambda record: record.address)
        openings = _openings(records)
        for record in records:
            body = body_of(record)
            if record.pk in openings:
                body["oce:opening"] = openings[record.pk]
            yield body


def _openings(records: Iterable[Record]) -> Mapping[int, dict[str, Any]]:
    found = Opening.objects.filter(resource__in=[record.pk for record in records]).select_related(
        "accountable", "location", "stage"
    )
    openings = list(found)
    inside = {key for opening in openings for key in opening.contained_in}
    containers = EconomicResource.objects.in_bulk(inside)
    return {opening.resource_id: _opening(opening, containers) for opening in openings}


def _opening(opening: Opening, containers: Mapping[int, EconomicResource]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if opening.unit:
        body["accountingQuantity"] = measure(Measure(opening.accounting or ZERO, opening.unit))
        body["onhandQuantity"] = measure(Measure(opening.onhand or ZERO, opening.unit))
    references = {
        "primaryAccountable": opening.accountable,
        "currentLocation": opening.location,
        "stage": opening.stage,
    }
    body |= {term: record.address for term, record in references.items() if record is not None and shown_only(record)}
    if opening.state:
        body["state"] = opening.state
    inside = sorted(containers[key].address for key in opening.contained_in if shown_only(containers[key]))
    if inside:
        body["containedIn"] = inside
    return body
