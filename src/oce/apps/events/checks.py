"""What `oce check` looks at in the ledger: that resources are what their events make them, and that nothing points nowhere."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from oce.apps.events import replaying
from oce.kit.standing import standing_still

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAULTS_MAX = 100


def check_ledger() -> Iterator[str]:
    """Replay everything and yield a sentence for each difference, the first resource first, a hundred at most.

    Others may record meanwhile: events and resources are read as of one moment.
    """
    with standing_still():
        found = [str(difference) for difference in islice(replaying.differences(), FAULTS_MAX + 1)]
    yield from found[:FAULTS_MAX]
    if len(found) > FAULTS_MAX:
        yield f"There are more than {FAULTS_MAX} differences; the others are not listed."


checks: dict[str, Callable[[], Iterator[str]]] = {"ledger": check_ledger, "references": replaying.dangling}
