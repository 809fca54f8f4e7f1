"""What is forbidden about counting, splitting and setting right, apart from what the ledger itself refuses."""

from __future__ import annotations

from decimal import Decimal

from oce.vf.decimals import EXACT
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, gettext_noop

NAME_LENGTH_MAX = 200
NOTE_LENGTH_MAX = 2_000
# So many things are moved or labelled together; more belong into an import, or onto another sheet.
TOGETHER_MAX = 100

NO_NAME = gettext_noop("It has no name yet. Say in a word or two what it is: jam, drill, flour.")
NAME_TOO_LONG = gettext_noop(
    "The name has {length} characters, and at most {most} are kept. Put the rest into the note."
)
NOTE_TOO_LONG = gettext_noop(
    "The note has {length} characters, and at most {most} are kept. Attach a document instead."
)
NO_REASON = gettext_noop("This sets {name} right without a count. Say why, so that others understand it later.")
NO_AMOUNT = gettext_noop("It is not said how much. Write an amount above nothing.")
BELOW_NOTHING = gettext_noop("There cannot be less than nothing of {name}. Count again, and write what is there.")
OTHER_UNIT = gettext_noop("{name} is counted in {known}, and this is in {given}. Count it in {known}.")
NO_CHANGE = gettext_noop("This changes nothing of {name}. Say by how much there is more, or less with a minus.")
MORE_THAN_THERE_IS = gettext_noop(
    "There is {there} of {name}, which is less than {given}. Split off less, or count it first."
)
NOTHING_CHOSEN = gettext_noop("Nothing was chosen. Choose one thing at least.")
TOO_MANY = gettext_noop("At most {most} things go together; these are {count}. Do it in two goes.")
NO_PLACE = gettext_noop("It is not said where to. Choose the place first.")
NEW_KIND = gettext_noop(
    "There is no kind of things called “{name}” yet, and only coordinators add kinds. Choose the kind that it is of, or ask a"
    " coordinator to add one."
)
NOT_COUNTED = gettext_noop("{name} was never counted, so its unit is not known. Say a unit as well.")


def refuse_name(name: str) -> list[Refusal]:
    """A thing has a name of some length."""
    if not name.strip():
        return [Refusal("things.no_name", NO_NAME, "name")]
    if len(name) > NAME_LENGTH_MAX:
        return [Refusal("things.name_too_long", NAME_TOO_LONG, "name", length=len(name), most=NAME_LENGTH_MAX)]
    return []


def refuse_note(note: str) -> list[Refusal]:
    """A note is a few sentences."""
    if len(note) <= NOTE_LENGTH_MAX:
        return []
    return [Refusal("things.note_too_long", NOTE_TOO_LONG, "note", length=len(note), most=NOTE_LENGTH_MAX)]


def refuse_no_amount(quantity: Measure | None) -> list[Refusal]:
    """What is received, moved or split off is more than nothing."""
    if quantity is not None and quantity.value > 0:
        return []
    return [Refusal("things.no_amount", NO_AMOUNT, "quantity")]


def refuse_count(name: str, counted: Measure | None, known_unit: str) -> list[Refusal]:
    """A count is nothing or more, in the unit of the thing."""
    if counted is None:
        return [Refusal("things.no_amount", NO_AMOUNT, "quantity")]
    if counted.value < 0:
        return [Refusal("things.below_nothing", BELOW_NOTHING, "quantity", name=name)]
    return refuse_other_unit(name, counted, known_unit)


def refuse_other_unit(name: str, given: Measure, known_unit: str) -> list[Refusal]:
    """A thing is counted in one unit."""
    if not known_unit or given.unit == known_unit:
        return []
    return [Refusal("things.other_unit", OTHER_UNIT, "quantity", name=name, known=known_unit, given=given.unit)]


def refuse_adjustment(name: str, difference: Measure | None, known_unit: str, reason: str) -> list[Refusal]:
    """What is set right without a count changes something, and somebody said why."""
    refusals: list[Refusal] = []
    if difference is None or not difference.value:
        refusals.append(Refusal("things.no_change", NO_CHANGE, "quantity", name=name))
    else:
        refusals += refuse_other_unit(name, difference, known_unit)
    if not reason.strip():
        refusals.append(Refusal("things.no_reason", NO_REASON, "note", name=name))
    return [*refusals, *refuse_note(reason)]


def refuse_part(name: str, part: Measure | None, there: Measure | None) -> list[Refusal]:
    """What is split off was there before."""
    refusals = refuse_no_amount(part)
    if refusals or part is None:
        return refusals
    if there is None:
        return [Refusal("things.not_counted", NOT_COUNTED, "quantity", name=name)]
    if part.unit != there.unit:
        return refuse_other_unit(name, part, there.unit)
    if part.value > there.value:
        return [
            Refusal("things.more_than_there_is", MORE_THAN_THERE_IS, "quantity", name=name, there=there, given=part)
        ]
    return []


def refuse_new_kind(name: str, *, may_add: bool) -> list[Refusal]:
    """Who may not add to the catalogue chooses a kind that is there."""
    return [] if may_add else [Refusal("things.new_kind", NEW_KIND, "resourceConformsTo", name=name)]


def refuse_no_place(place: object) -> list[Refusal]:
    """What is moved goes somewhere."""
    return [] if place else [Refusal("things.no_place", NO_PLACE, "toLocation")]


def refuse_together(count: int) -> list[Refusal]:
    """Some things go together, and not too many."""
    if not count:
        return [Refusal("things.nothing_chosen", NOTHING_CHOSEN)]
    if count > TOGETHER_MAX:
        return [Refusal("things.too_many", TOO_MANY, most=TOGETHER_MAX, count=count)]
    return []


def difference(counted: Measure, there: Measure | None) -> Measure:
    """Return by how much a count is more than what was known; negative where it is less."""
    known = Decimal(0) if there is None else there.value
    return Measure(EXACT.subtract(counted.value, known), counted.unit)
