"""The order of a resource's events: the breadcrumbs of T7.

Each event remembers the event before it on its resource, and on its to side. In a ledger
written in one place these crumbs repeat the ledger's own order, and nothing is to be done.
Events that reached us out of order (from another instance) are put back where their crumbs
say: an event comes after the one its crumb names, and otherwise as it lies in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from oce.apps.trace.rules.columns import Columns, Integers, Truths


def unwound(rows: Sequence[int], crumbs: Mapping[int, int]) -> list[int]:
    """Return `rows` (ascending) with each after the one its crumb names; a circle is cut where it is entered."""
    placed: dict[int, None] = {}
    for row in rows:
        chain: dict[int, None] = {}
        at: int | None = row
        while at is not None and at not in placed and at not in chain:
            chain[at] = None
            at = crumbs.get(at)
        placed.update(dict.fromkeys(reversed(chain)))
    return list(placed)


def out_of_order(columns: Columns) -> Truths:
    """Return which events carry a crumb that does not point back."""
    return (columns.previous_event >= columns.sequence) | (columns.to_previous_event >= columns.sequence)


def places(columns: Columns) -> tuple[Integers, Integers]:
    """Return where each event stands among the events of its resource, and of its to side.

    The numbers are only to be compared within one resource.
    """
    own = np.arange(len(columns), dtype=np.int64)
    crooked = out_of_order(columns)
    if not np.any(crooked):
        return own, own
    other = own.copy()
    touched = np.concatenate([columns.resource[crooked], columns.to_resource[crooked]])
    for resource in np.unique(touched[touched >= 0]):
        mine = columns.resource == resource
        rows = np.flatnonzero(mine | (columns.to_resource == resource))
        crumbs = columns.rows(np.where(mine, columns.previous_event, columns.to_previous_event)[rows])
        known = np.isin(crumbs, rows)
        order = unwound(rows.tolist(), dict(zip(rows[known].tolist(), crumbs[known].tolist(), strict=True)))
        for place, row in zip(rows.tolist(), order, strict=True):
            side = own if mine[row] else other
            side[row] = place
    same = columns.resource == columns.to_resource
    other[same] = own[same]
    return own, other
