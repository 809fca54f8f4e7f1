"""What `oce check` looks at in the ledger: that resources are what their events make them, and that nothing points nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.events import replaying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAULTS_MAX = 100


def check_ledger() -> Iterator[str]:
    """Replay everything and yield a sentence for each difference, the first resource first, a hundred at most."""
    for number, difference in enumerate(replaying.differences()):
        if number == FAULTS_MAX:
            yield f"There are more than {FAULTS_MAX} differences; the others are not listed."
            return
        yield str(difference)


checks: dict[str, Callable[[], Iterator[str]]] = {"ledger": check_ledger, "references": replaying.dangling}
