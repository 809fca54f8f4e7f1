"""What the ledger does when something happens in the apps below it."""

from __future__ import annotations

from oce.apps.events import rules
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.notices import KindOfProcessChanged
from oce.kit.notices import hears
from oce.vf.actions import ACTIONS
from oce.vf.refusals import refuse_if

_STAGING = tuple(name for name, row in ACTIONS.items() if row.stage_effect)


@hears(KindOfProcessChanged, together=True)
def keep_stages(notice: KindOfProcessChanged) -> None:
    """Let a process keep its kind once something came out of it: that thing's stage is the kind of the process."""
    outputs = EconomicEvent.objects.filter(output_of=notice.process, action__in=_STAGING)
    refuse_if(rules.refuse_other_stage(has_outputs=outputs.exists()))
