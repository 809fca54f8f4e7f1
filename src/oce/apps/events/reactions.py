"""What the ledger does when it has grown: its columns are written on, in the background, every few thousand events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.events import snapshot
from oce.apps.events.notices import EventsRecorded
from oce.kit import outbox
from oce.kit.notices import hears

if TYPE_CHECKING:
    from oce.kit.outbox import Work

WORKER = "events.write_columns"


@hears(EventsRecorded)
def keep_up_columns(notice: EventsRecorded) -> None:
    """Ask for the snapshot to be refreshed whenever the ledger has passed another few thousand places."""
    if notice.last // snapshot.TAIL_MAX > (notice.first - 1) // snapshot.TAIL_MAX:
        outbox.enqueue(WORKER, once=True)


@outbox.worker(WORKER)
def write_columns(_work: Work) -> None:
    """Write every settled event into the snapshot's files."""
    snapshot.refresh()
