"""What may be written into the ledger: decisions over plain values.

What depends on the action alone is in `oce.vf.flows`, what depends on balances in `oce.vf.states`; here is what is left: times,
kinds, and what a correction may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple, Protocol

from oce.vf import flows
from oce.vf.actions import ACTIONS
from oce.vf.decimals import EXACT, plain
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, gettext_noop

# Clocks differ and zones are mistaken; what lies further ahead has not happened yet.
AHEAD_MAX = timedelta(days=1)

CORRECTION_KEEPS = {
    "resource_inventoried_as_id": "resourceInventoriedAs",
    "to_resource_inventoried_as_id": "toResourceInventoriedAs",
    "provider_id": "provider",
    "receiver_id": "receiver",
    "input_of_id": "inputOf",
    "output_of_id": "outputOf",
    "realization_of_id": "realizationOf",
    "reciprocal_realization_of_id": "reciprocalRealizationOf",
}


class Original(NamedTuple):
    """An event that is to be corrected, and what its corrections so far have left of it."""

    name: str
    is_correction: bool
    is_undone: bool
    resource_quantity: Decimal | None
    resource_unit: str
    effort_quantity: Decimal | None
    effort_unit: str
    kept: dict[str, object]


class Told(NamedTuple):
    """An event as it is told: all that can be judged before any stock is looked at.

    Attributes:
        shape: None where it cannot be known, because something that it follows from is unknown or cannot be read.
    """

    shape: flows.Shape | None
    beginning: datetime | None
    end: datetime | None
    point: datetime | None
    created: datetime | None


class Thing(Protocol):
    """A resource, as far as its kind is concerned."""

    @property
    def kind(self) -> int:
        """Return the key of its kind."""

    @property
    def name(self) -> str:
        """Return what to call it."""


def judge(told: Told, now: datetime) -> list[Refusal]:
    """Return all that forbids an event as it is told, whichever way it comes in."""
    shape = flows.refusals_of(told.shape) if told.shape is not None else ()
    return [*shape, *refuse_times(told.beginning, told.end, told.point, now, told.created)]


def refuse_times(
    beginning: datetime | None,
    end: datetime | None,
    point: datetime | None,
    now: datetime,
    created: datetime | None = None,
) -> list[Refusal]:
    """An event happened at a point or over a span, in a zone that is known, and not in the future."""
    told = {"hasBeginning": beginning, "hasEnd": end, "hasPointInTime": point, "created": created}
    refusals = [_refuse_zoneless(name, each) for name, each in told.items() if each is not None and each.tzinfo is None]
    if refusals:
        return refusals
    if beginning and end and end < beginning:
        refusals.append(
            Refusal(
                "events.ends_before_it_begins",
                gettext_noop("This ends at {end}, before it begins at {beginning}. Exchange the two, or mend one."),
                "hasEnd",
                beginning=beginning.isoformat(),
                end=end.isoformat(),
            )
        )
    refusals += [
        Refusal(
            "events.not_yet",
            gettext_noop(
                "{moment} lies in the future. Write down what happened; what is to happen belongs into a plan."
            ),
            name,
            moment=each.isoformat(),
        )
        for name, each in told.items()
        if each is not None and each > now + AHEAD_MAX
    ]
    return refusals


def _refuse_zoneless(name: str, moment: datetime) -> Refusal:
    return Refusal(
        "events.no_zone",
        gettext_noop("{moment} does not say its time zone. Add it, like +01:00, or Z for UTC."),
        name,
        moment=moment.isoformat(),
    )


def refuse_kinds(action: str, stated: int | None, of: Thing | None, to: Thing | None) -> list[Refusal]:
    """Both resources are of the kind that the event states, and of one kind; only what contains may be of any."""
    is_container = ACTIONS[action].contained_effect is not None
    for thing in (of, None if is_container else to):
        if thing is not None and (refusals := refuse_other_kind(stated, thing.kind, thing.name)):
            return refusals
    if of is None or to is None or is_container:
        return []
    return refuse_change_of_kind(of.kind, to.kind, of.name, to.name)


def refuse_other_kind(
    stated: int | None, kind: int | None, name: str, field: str = "resourceConformsTo"
) -> list[Refusal]:
    """What is said to be of a kind is of that kind."""
    if stated is None or kind is None or stated == kind:
        return []
    return [
        Refusal(
            "events.kind_differs",
            gettext_noop(
                "{name} is of another kind than the event says. Choose a resource of that kind, or leave the kind out."
            ),
            field,
            name=name,
        )
    ]


def refuse_change_of_kind(kind: int | None, to_kind: int | None, name: str, to_name: str) -> list[Refusal]:
    """What is handed over or moved stays what it is."""
    if kind is None or to_kind is None or kind == to_kind:
        return []
    return [
        Refusal(
            "events.kinds_differ",
            gettext_noop("{name} and {to_name} are of different kinds: one cannot be handed over into the other."),
            "toResourceInventoriedAs",
            name=name,
            to_name=to_name,
        )
    ]


def refuse_unkept(name: str) -> Refusal:
    """Return the refusal of an answer of which no running app keeps what it answers."""
    unkept = gettext_noop("No app of this house keeps what an event {name}. Leave it out, or switch that app on.")
    return Refusal("events.unkept", unkept, name, name=name)


def refuse_unlike_answer(amounts: Iterable[tuple[Measure | None, Measure | None]], field: str) -> list[Refusal]:
    """What an event does towards a promise is counted as the promise is (D31); each pair is what was done and promised."""
    return [refusal for done, promised in amounts for refusal in flows.refuse_unlike(done, promised, field)]


def warn_of_other_kind(kind: int | None, promised: int | None, name: str, field: str) -> list[Refusal]:
    """Something else than was promised may be given instead; mostly it is a mistake."""
    if kind is None or promised is None or kind == promised:
        return []
    other = gettext_noop(
        "This is of another kind than was meant by {name}. It is recorded as its answer; undo it if that was a mistake."
    )
    return [Refusal("events.answers_other_kind", other, field, name=name)]


def refuse_other_stage(*, has_outputs: bool) -> list[Refusal]:
    """The kind of a process is the stage of what came out of it, and does not change under it."""
    if not has_outputs:
        return []
    given = gettext_noop(
        "Something came out of this process, and its stage is the kind of the process: that stays. "
        "Begin another process of the other kind for what comes out next."
    )
    return [Refusal("events.stage_given", given, "basedOn")]


def refuse_correction(
    original: Original,
    draft: dict[str, object],
    quantity: Decimal | None,
    unit: str,
    effort: Decimal | None,
    effort_unit: str,
) -> list[Refusal]:
    """A correction changes how much an event was, never what it was, and leaves not less than nothing of it.

    Args:
        original: what is corrected.
        draft: the correction's own values of the kept columns.
    """
    if original.is_correction:
        return [
            Refusal(
                "events.corrects_a_correction",
                gettext_noop("{name} is itself a correction. Correct the event that it corrects."),
                "corrects",
                name=original.name,
            )
        ]
    if original.is_undone:
        return [refuse_undone(original.name)]
    refusals = [
        refuse_difference(original.name, field)
        for column, field in CORRECTION_KEEPS.items()
        if draft.get(column) is not None and draft[column] != original.kept[column]
    ]
    amounts = (
        (original.resource_quantity, original.resource_unit, quantity, unit, "resourceQuantity"),
        (original.effort_quantity, original.effort_unit, effort, effort_unit, "effortQuantity"),
    )
    for had, had_unit, change, change_unit, field in amounts:
        refusals.extend(_refuse_amount(original.name, had, had_unit, change, change_unit, field))
    return refusals


def refuse_other_action(action: str, told: str, name: str) -> list[Refusal]:
    """A correction is of the same action as what it corrects."""
    return [] if told == action else [refuse_difference(name, "action")]


def refuse_difference(name: str, field: str) -> Refusal:
    """Return the refusal of a correction that says something else of the event than its amount."""
    return Refusal(
        "events.correction_differs",
        gettext_noop("A correction of {name} keeps its {kept}. Undo the event and record the right one instead."),
        field,
        name=name,
        kept=field,
    )


def refuse_undone(name: str) -> Refusal:
    """What was undone stays undone: it stamps nothing any more, and what came later was recorded without it."""
    return Refusal(
        "events.nothing_left",
        gettext_noop("{name} is undone: nothing of it is left to correct. Record anew what did happen."),
        "corrects",
        name=name,
    )


def _refuse_amount(
    name: str, had: Decimal | None, had_unit: str, change: Decimal | None, unit: str, field: str
) -> list[Refusal]:
    if change is None:
        return []
    if had is None or unit != had_unit:
        return [
            Refusal(
                "events.correction_unit",
                gettext_noop("{name} is counted in {had_unit}: a correction of it must be, too."),
                field,
                name=name,
                had_unit=had_unit or gettext_noop("nothing here"),
            )
        ]
    # A raised or lowered balance may be negative from the start; only what was positive must not be turned round.
    left = EXACT.add(had, change)
    if (had >= 0 and left < 0) or (had < 0 and left > 0):
        return [
            Refusal(
                "events.correction_too_much",
                gettext_noop(
                    "Only {had} {unit} are left of {name}; {change} cannot be taken back. Take back at most that."
                ),
                field,
                name=name,
                had=plain(had),
                unit=unit,
                change=plain(change.copy_negate()),
            )
        ]
    return []
