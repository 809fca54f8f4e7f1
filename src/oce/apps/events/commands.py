"""What one may ask of the ledger: to write down what happened, and to correct it. Nothing is ever edited or removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter

from django.db import models
from django.db.models import Q

from oce.apps.events import history, rules
from oce.apps.events.drafts import EventDraft, Reference
from oce.apps.events.entitlement import refuse_correcting
from oce.apps.events.lines import COLUMNS
from oce.apps.events.models import EconomicEvent
from oce.apps.events.recorder import Recorded, record
from oce.apps.processes.commands import make_process
from oce.apps.processes.models import Process
from oce.kit.actor import Actor, Power, is_seen_by, onlooker
from oce.kit.commands import command, tell
from oce.kit.journal import SUBJECTS_MAX
from oce.kit.rows import database_of
from oce.kit.sharing import Visibility
from oce.kit.values import read_values
from oce.kit.writing import Values, refuse_unknown
from oce.vf.actions import ACTIONS
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

DRAFTS_MAX = 10_000
_FIELDS = tuple(field.attname for field in EconomicEvent._meta.concrete_fields)  # noqa: SLF001 (documented by Django)
# A record is made from its values in the order of its fields, a line has them in the order of its columns.
in_order_of_fields = itemgetter(*(COLUMNS.index(name) for name in _FIELDS))


@command(says=gettext_noop("recorded {subject}"))
def record_event(actor: Actor, draft: EventDraft) -> EconomicEvent:
    """Write down what happened, move the stock it touched, and return the event.

    Shortages of which the accountable group only wants to be warned stand in its `warnings`.

    Raises:
        Refused: with everything that is wrong with the draft.
    """
    return _written(record(actor, [draft]))[0]


@command(says=gettext_noop("recorded {count} events, the first of them {subject}"))
def record_events(actor: Actor, drafts: Sequence[EventDraft]) -> list[EconomicEvent]:
    """Write down several events in their order, all or none, and return them.

    A resource that one draft creates may be named by those after it, by the identifier given in its `ResourceDraft`.

    Raises:
        Refused: with the refusals of every faulty draft, at `events.<number>.<property>`.
    """
    refuse_if(_refuse_count(len(drafts)))
    return _written(record(actor, drafts))


@command(says=gettext_noop("corrected {subject}"))
def correct_event(
    actor: Actor,
    event: Reference,
    *,
    resource_quantity: Measure | None = None,
    effort_quantity: Measure | None = None,
    note: str = "",
) -> EconomicEvent:
    """Correct an event by a difference, and return the correcting event.

    Args:
        event: the event to correct.
        resource_quantity, effort_quantity: what is added to the amounts; negative where there was less.
        note: why.

    Raises:
        Refused: `events.correction_...` where the difference does not fit the event, and everything `record_event` refuses.
    """
    original = _event(event)
    return _written(record(actor, [_correction(original, resource_quantity, effort_quantity, note)]))[0]


@command(says=gettext_noop("undid {subject}"))
def undo_event(actor: Actor, event: Reference, *, note: str = "") -> EconomicEvent:
    """Back an event out completely, by a correction that leaves nothing of it, and return the correction.

    The resources' quantities, places, stages and states are then as if the event had not happened.

    Raises:
        Refused: `events.nothing_left` when it was undone before.
    """
    return _written(record(actor, [_undoing(_event(event), note)]))[0]


@command(says=gettext_noop("undid {count} events, the last of them {subject}"))
def undo_events(actor: Actor, events: Sequence[Reference], *, note: str = "") -> list[EconomicEvent]:
    """Back several events out completely, the last first, all or none, and return the corrections.

    Raises:
        Refused: `events.too_many`, or `events.nothing_left` when one of them was undone before.
    """
    return _written(_undone(actor, events, note))


@command(says=gettext_noop("put {subject} into the ledger in place of what was wrong"))
def record_instead(
    actor: Actor,
    wrong: Sequence[Reference],
    drafts: Sequence[EventDraft],
    *,
    note: str = "",
) -> list[EconomicEvent]:
    """Back events out that were wrong and write down what did happen, all or none, and return the new events.

    Args:
        wrong: the events that did not happen as they were told.
        drafts: what did happen.
        note: why, for the corrections.

    Raises:
        Refused: everything that `undo_events` and `record_events` refuse.
    """
    refuse_if(_refuse_count(len(drafts)))
    _undone(actor, wrong, note)
    return _written(record(actor, drafts))


@command(says=gettext_noop("decided who may see {subject}: {whom}"))
def share_event(actor: Actor, event: Reference, visibility: str) -> EconomicEvent:
    """Let an event, with its corrections, be seen by others than before, and return it; what happened stays as it is told.

    Raises:
        Refused: `kit.wrong_kind` for no such choice; `kit.not_entitled` to who may not correct the event.
    """
    found = _event(event)
    told = found.corrects if found.corrects is not None else found
    plain, refusals = read_values(EconomicEvent, {"visibility": visibility}, is_new=False)
    refuse_if(refusals, [] if Power.RECORD in actor.powers else refuse_correcting(actor, told))
    chosen = Visibility(plain.get("visibility", told.visibility))
    # Who may see it is no part of what happened: the one column of the ledger that is ever written again.
    models.QuerySet(EconomicEvent).filter(Q(pk=told.pk) | Q(corrects=told.pk)).update(visibility=chosen.value)
    tell(told.address, subject=str(told), whom=str(chosen.label))
    told.visibility = chosen.value
    return told


@command(says=gettext_noop("recorded {count} events of work that nobody had planned, the first of them {subject}"))
def record_unplanned(actor: Actor, process: Values, drafts: Sequence[EventDraft]) -> list[EconomicEvent]:
    """Begin a process and write down what happened in it, all or none, and return the events.

    Each draft stands in the new process on the side of its action, where its action has one.

    Args:
        actor: who asks.
        process: what is known of the process, as `make_process` takes it.
        drafts: what happened.

    Raises:
        Refused: everything that `make_process` and `record_events` refuse.
    """
    refuse_if(_refuse_count(len(drafts)))
    begun = make_process(actor, process)
    return _written(record(actor, [_within(draft, begun) for draft in drafts]))


def _within(draft: EventDraft, process: Process) -> EventDraft:
    """Return the draft in the process, unless its action has no side there or it already names a process."""
    row = ACTIONS.get(draft.action)
    if row is None or draft.input_of is not None or draft.output_of is not None:
        return draft
    if row.may_be_output:
        return replace(draft, output_of=process)
    return replace(draft, input_of=process) if row.may_be_input else draft


def _undone(actor: Actor, events: Sequence[Reference], note: str) -> Recorded:
    """Return what was written to back events out, the last first: what was built on another goes before it."""
    refuse_if(_refuse_count(len(events)))
    originals = sorted((_event(each) for each in events), key=lambda each: -each.pk)
    return record(actor, [_undoing(original, note) for original in originals])


def _undoing(original: EconomicEvent, note: str) -> EventDraft:
    """Return the correction that leaves nothing of an event."""
    left = history.corrected(original).facts
    refuse_if(rules.refuse_correction(left, {}, None, "", None, ""))
    quantity = _taken_back(left.resource_quantity, left.resource_unit)
    effort = _taken_back(left.effort_quantity, left.effort_unit)
    return _correction(original, quantity, effort, note)


def _taken_back(value: Decimal | None, unit: str) -> Measure | None:
    return None if value is None else Measure(EXACT.minus(value), unit)


def _event(reference: Reference) -> EconomicEvent:
    event = history.event_of(reference)
    if event is None or not is_seen_by(onlooker(), event):
        raise Refused(refuse_unknown(EconomicEvent, str(reference), "corrects"))
    return event


def _correction(original: EconomicEvent, quantity: Measure | None, effort: Measure | None, note: str) -> EventDraft:
    draft = EventDraft(action=original.action, corrects=original, note=note)
    return replace(draft, resource_quantity=quantity, effort_quantity=effort)


def _written(recorded: Recorded) -> list[EconomicEvent]:
    """Return the lines as records, and tell the journal of them."""
    alias = database_of(EconomicEvent).alias
    events = [EconomicEvent.from_db(alias, _FIELDS, in_order_of_fields(line)) for line in recorded.lines]
    for event in events:
        event.warnings = tuple(recorded.warnings.get(event.pk, ()))
    tell(*(event.address for event in events[:SUBJECTS_MAX]), subject=str(events[0]), count=len(events))
    return events


def _refuse_count(count: int) -> list[Refusal]:
    if 0 < count <= DRAFTS_MAX:
        return []
    too_many = gettext_noop("One wish holds between 1 and {most} events, this one {count}. Use an import for more.")
    return [Refusal("events.too_many", too_many, "events", most=DRAFTS_MAX, count=count)]
