"""One record of any class for tests, made from its declaration through the house's own command.

Where that does not suffice, because no command makes records of the class or its rules want other values, the app that
owns the class says how in its `tests/samples.py`: `SAMPLES = {EconomicEvent: make_an_event}`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from oce.kit.actor import operator
from oce.kit.app import installed
from oce.kit.commands import creator
from oce.kit.properties import VISIBILITY, Kind, RecordProperty, properties_of
from oce.kit.records import Record
from oce.kit.sharing import Visibility
from oce.vf.measures import Measure
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T", bound=Record)

# Small enough for a latitude.
NUMBER_MAX = 80
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)

_numbers = count(1)


def sample(model: type[T]) -> T:
    """Return a new record of a class with all its properties filled in, and new records where it refers to others.

    Raises:
        LookupError: no command makes records of the class, and no app says how to make one.
    """
    record: T = _sample(model, ())
    return record


def _sample(model: type[Record], above: tuple[type[Record], ...]) -> Any:
    own = _own_samples().get(model)
    if own is not None:
        return own()
    command = creator(model)
    hint = f"Say in `tests/samples.py` of its app how to make one: SAMPLES = {{{model.__name__}: make_one}}."
    if command is None:
        message = f"No command makes a {model.__name__}. {hint}"
        raise LookupError(message)
    try:
        return command.function(operator("tests"), _filled(model, (*above, model)))
    except Refused as refused:
        refused.add_note(f"The sample of {model.__name__} was refused. {hint}")
        raise


def _own_samples() -> dict[type[Record], Callable[[], Record]]:
    """Return what the apps say of how to make records, by class."""
    found: dict[type[Record], Callable[[], Record]] = {}
    for app in installed():
        if find_spec(f"{app.name}.tests") and find_spec(f"{app.name}.tests.samples"):
            found |= import_module(f"{app.name}.tests.samples").SAMPLES
    return found


def _filled(model: type[Record], above: tuple[type[Record], ...]) -> dict[str, Any]:
    """Return values for all properties of a new record; of references in a circle only those it cannot be without."""
    return {
        each.name: _value(each, above)
        for each in properties_of(model)
        if each.is_settable and (each.is_required or each.target not in above)
    }


def _value(each: RecordProperty, above: tuple[type[Record], ...]) -> Any:
    if each.target is not None:
        record = _sample(each.target, above)
        return [record] if each.is_many else record
    number = next(_numbers)
    if each.name == VISIBILITY:  # neither what everybody expects, nor open to strangers
        return Visibility.GROUP.value
    if each.kind is Kind.CHOICE:
        return each.choices[-1][0]
    if each.holds_addresses:
        address = f"https://example.org/{each.term}/{number}"
        return [address] if each.is_many else address
    return _PLAIN[each.kind](each, number)


def _text(each: RecordProperty, number: int) -> str:
    return f"{each.name}-{number}"[: each.length_max]


_PLAIN: dict[Kind, Callable[[RecordProperty, int], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.TEXTS: lambda each, number: [_text(each, number), _text(each, number + 1)],
    Kind.TRUTH: lambda _each, _number: True,
    Kind.NUMBER: lambda _each, number: Decimal(number % NUMBER_MAX) + Decimal("0.25"),
    Kind.COUNT: lambda _each, number: number,
    Kind.MOMENT: lambda _each, number: BEGINNING + timedelta(days=number),
    Kind.MEASURE: lambda _each, number: Measure(Decimal(number), "kilogram"),
    Kind.UNIT: lambda _each, _number: "kilogram",
    Kind.ACTION: lambda _each, _number: "raise",
}
