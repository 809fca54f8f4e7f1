"""Wishes about plans and processes."""

from __future__ import annotations

from oce.apps.processes import rules
from oce.apps.processes.models import Plan, Process
from oce.apps.processes.notices import KindOfProcessChanged
from oce.kit import writing
from oce.kit.actor import Actor
from oce.kit.commands import command
from oce.kit.notices import announce
from oce.kit.writing import Values, plain_commands
from oce.vf.refusals import Refusal, gettext_noop

make_plan, change_plan, delete_plan = plain_commands(
    Plan,
    "plan",
    made=gettext_noop("made the plan {subject}"),
    changed=gettext_noop("changed the plan {subject}"),
    deleted=gettext_noop("deleted the plan {subject}"),
)
"""Plans, into which processes can be put."""


@command(creates=Process, says=gettext_noop("began the process {subject}"))
def make_process(_actor: Actor, values: Values) -> Process:
    """Write down a process, to which events can then be recorded."""
    return writing.create(Process, values, _refuse_times)


@command(changes=Process, says=gettext_noop("changed the process {subject}"))
def change_process(_actor: Actor, process: Process, revision_id: str | None, values: Values) -> Process:
    """Change a process, for instance to finish it."""
    if "based_on" in values:
        # Whoever writes of this process at the same time has looked up its kind: they go first.
        writing.hold_references()
    before = Process.every().filter(pk=process.pk).values_list("based_on", flat=True).first()
    changed = writing.change(process, revision_id, values, _refuse_times)
    if changed.based_on_id != before:
        announce(KindOfProcessChanged(changed.pk))
    return changed


@command(deletes=Process, says=gettext_noop("deleted the process {subject}"))
def delete_process(_actor: Actor, process: Process, revision_id: str | None) -> None:
    """Delete a process to which nothing was recorded."""
    writing.delete(process, revision_id)


def _refuse_times(values: Values) -> list[Refusal]:
    return rules.refuse_backwards(values.get("has_beginning"), values.get("has_end"))
