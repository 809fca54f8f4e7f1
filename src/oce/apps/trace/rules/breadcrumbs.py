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
    # What has one resource on both sides is on one chain, and its other crumb would be itself.
    has_two = columns.to_resource != columns.resource
    crooked: Truths = columns.previous_event >= columns.sequence
    crooked |= has_two & (columns.to_previous_event >= columns.sequence)
    return crooked


def places(columns: Columns) -> tuple[Integers, Integers]:
    """Return where each event stands among the events of its resource, and of its to side.

    The numbers are only to be compared within one resource.
    """
    own = np.arange(len(columns), dtype=np.int64)
    crooked = out_of_order(columns)
    if not np.any(crooked):
        return own, own
    other = own.copy()
    for resource, crumbs in _chains(columns, crooked).items():
        known = {row: crumb for row, crumb in crumbs.items() if crumb in crumbs}
        for place, row in zip(crumbs, unwound([*crumbs], known), strict=True):
            side = own if columns.resource[row] == resource else other
            side[row] = place
    same = columns.resource == columns.to_resource
    other[same] = own[same]
    return own, other


def _chains(columns: Columns, crooked: Truths) -> dict[int, dict[int, int]]:
    """Return for each resource of a `crooked` event its rows, in the order of the ledger, with the rows of their crumbs."""
    touched = np.concatenate([columns.resource[crooked], columns.to_resource[crooked]])
    chains: dict[int, dict[int, int]] = {resource: {} for resource in touched.tolist() if resource >= 0}
    of, to = np.isin(columns.resource, touched), np.isin(columns.to_resource, touched)
    rows = np.flatnonzero(of | to)
    crumbs, to_crumbs = columns.rows(columns.previous_event[rows]), columns.rows(columns.to_previous_event[rows])
    sides = (columns.resource[rows], crumbs, columns.to_resource[rows], to_crumbs)
    for row, resource, crumb, to_resource, to_crumb in zip(rows.tolist(), *(s.tolist() for s in sides), strict=True):
        # The resource's own crumb counts where both sides are one.
        for chain, before in ((to_resource, to_crumb), (resource, crumb)):
            if chain in chains:
                chains[chain][row] = before
    return chains
