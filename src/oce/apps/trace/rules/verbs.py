"""What each action means for a walk, read from the table of the vocabulary.

The walk asks six questions of a verb and never its name, so an action added to the table
is walked without a line here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oce.vf.actions import ACTIONS, Action


@dataclass(frozen=True, slots=True)
class Verb:
    """How a walk treats the events of one action.

    Attributes:
        pair_in: number of the pair whose input this is (`accept`, `pickup`), else 0.
        pair_out: number of the pair whose output this is (`modify`, `dropoff`), else 0.
        puts_in: it puts its resource into a container (`combine`).
        takes_out: it takes its resource out of a container (`separate`).
        is_bare: it stands outside processes and changes one resource (`raise`, `lower`).
        only_adds: bare, and only ever brings in (`raise`).
    """

    pair_in: int = 0
    pair_out: int = 0
    puts_in: bool = False
    takes_out: bool = False
    is_bare: bool = False
    only_adds: bool = False


def _pair_numbers() -> dict[str, int]:
    pairs = sorted({tuple(sorted((row.name, row.pairs_with))) for row in ACTIONS.values() if row.pairs_with})
    return {name: number for number, pair in enumerate(pairs, start=1) for name in pair}


def _verb(row: Action, pair: int) -> Verb:
    is_bare = row.input_output is None and row.create_resource == "optional"
    return Verb(
        pair_in=pair if row.may_be_input else 0,
        pair_out=pair if row.may_be_output else 0,
        puts_in=row.contained_effect == "update",
        takes_out=row.contained_effect == "remove",
        is_bare=is_bare,
        only_adds=is_bare and row.accounting_effect == "increment",
    )


_PAIRS = _pair_numbers()
_VERBS = {row.name: _verb(row, _PAIRS.get(row.name, 0)) for row in ACTIONS.values()}
_PLAIN = Verb()

PAIRS_MAX = max(_PAIRS.values(), default=0)
"""The highest number of a pair."""


def verb(action: str) -> Verb:
    """Return how a walk treats `action`; one that the table does not know is an ordinary flow."""
    return _VERBS.get(action, _PLAIN)


def column(actions: Iterable[str], attribute: str, codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return `attribute` of the verb of each code, codes being places in `actions`."""
    return np.array([getattr(verb(name), attribute) for name in actions] or [0], dtype=np.int64)[codes]
