"""What the ledger does when it has grown, and what it says to changes in the apps below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.events import rules, sequence
from oce.apps.events.models import EconomicEvent
from oce.apps.events.notices import EventsRecorded
from oce.apps.processes.notices import KindOfProcessChanged
from oce.kit import outbox
from oce.kit.notices import hears
from oce.vf.actions import ACTIONS
from oce.vf.refusals import refuse_if

if TYPE_CHECKING:
    from oce.kit.outbox import Work

WORKER = "events.write_columns"
_STAGING = tuple(name for name, row in ACTIONS.items() if row.stage_effect)


@hears(EventsRecorded)
def keep_up_columns(notice: EventsRecorded) -> None:
    """Ask for the snapshot to be refreshed whenever the ledger has passed another few thousand places."""
    if notice.last // sequence.TAIL_MAX > (notice.first - 1) // sequence.TAIL_MAX:
        outbox.enqueue(WORKER, once=True)


@outbox.worker(WORKER)
def write_columns(_work: Work) -> None:
    """Write every settled event into the snapshot's files."""
    # Not at the top: the libraries of columns are heavy, and most processes never need them.
    from oce.apps.events import snapshot

    snapshot.refresh()


@hears(KindOfProcessChanged, together=True)
def keep_stages(notice: KindOfProcessChanged) -> None:
    """Let a process keep its kind once something came out of it: that thing's stage is the kind of the process."""
    outputs = EconomicEvent.objects.filter(output_of=notice.process, action__in=_STAGING)
    refuse_if(rules.refuse_other_stage(has_outputs=outputs.exists()))
