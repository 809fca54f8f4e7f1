"""How a measure stands in a record: two columns, one value; and which units the house knows."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from oce.kit.numerals import in_digits
from oce.kit.quantities import QuantityField
from oce.vf.measures import Measure
from oce.vf.refusals import Refused
from oce.vf.units import unit as standard_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from oce.vf.units import Unit

    # Django's fields take type arguments in its stubs only.
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField

UNIT_LENGTH_MAX = 64
# What is counted in pieces is written without a unit.
PIECES = "one"
# No name or address of a unit is longer; looking for the nearest name of a whole book would take for ever.
TEXT_LENGTH_MAX = 200

# Units are asked for with every quantity and change once a year: an answer is kept so long, in case another process
# of the house changed a unit, and so many at most, in case somebody asks for nonsense.
KEPT_SECONDS = 5
KEPT_MAX = 2_000

_sources: list[Callable[[str], Unit | None]] = []
_kept: dict[str, tuple[float, Unit]] = {}
_own: dict[str, tuple[float, list[str]]] = {}


def add_unit_source(source: Callable[[str], Unit | None]) -> None:
    """Let an app answer for units of its own; `source` returns None for a text it does not know."""
    if source not in _sources:
        _sources.append(source)


def known_unit(text: str) -> Unit:
    """Return the unit meant by an identifier, symbol, label or OM2 address, own units first.

    Raises:
        Refused: `units.unknown`, naming the nearest identifier if any is near.
    """
    text = text[:TEXT_LENGTH_MAX]
    kept_until, unit = _kept.get(text, (0.0, None))
    if unit is None or kept_until < monotonic():
        unit = _own_unit(text) or _own_words(standard_unit(text), text)
        if len(_kept) >= KEPT_MAX:
            _kept.clear()
        _kept[text] = (monotonic() + KEPT_SECONDS, unit)
    return unit


def unit_in_words(identifier: str) -> str:
    """Return how people write the unit, `kg`: nothing for pieces, the identifier where the unit is unknown by now."""
    if identifier == PIECES:
        return ""
    try:
        unit = known_unit(identifier)
    except Refused:
        return identifier
    return unit.symbol or (gettext(unit.label) if unit.label else identifier)


def in_words(measure: Measure, pieces: str = "") -> str:
    """Return the measure as people write it, to the last digit: `3.5 kg`, or `20` for twenty pieces.

    Args:
        measure: how much.
        pieces: what the pieces or coins are called, where nothing beside says it: `13.5 Euro`.
    """
    return f"{in_digits(measure.value)} {unit_in_words(measure.unit) or pieces}".rstrip()


def own_units(read: Callable[[], list[str]]) -> list[str]:
    """Return the identifiers that `read` gives of the house's own units, read again after a while: every form suggests them."""
    kept_until, units = _own.get("units", (0.0, []))
    if kept_until < monotonic():
        units = read()
        _own["units"] = (monotonic() + KEPT_SECONDS, units)
    return units


def forget_units() -> None:
    """Let the next question for a unit be asked of the apps again."""
    _kept.clear()
    _own.clear()


def _own_unit(text: str) -> Unit | None:
    return next((found for source in _sources if (found := source(text)) is not None), None)


def _own_words(standard: Unit, asked: str) -> Unit:
    """Return the unit as the house calls it, where it was asked for by another of its standard names."""
    return standard if asked == standard.identifier else _own_unit(standard.identifier) or standard


class UnitField(_CharField):
    """The identifier of a unit, such as `kilogram`; empty for none."""

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        """Bound the length, and allow none unless told otherwise."""
        options.setdefault("max_length", UNIT_LENGTH_MAX)
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(verbose_name, **options)


def _measure_of(value: str, unit: str) -> property:
    """Return the property that joins two columns to one value; a property, so that records are made with it."""

    def read(record: models.Model) -> Measure | None:
        number = getattr(record, value)
        return None if number is None else Measure(number, getattr(record, unit))

    def write(record: models.Model, measure: Measure | None) -> None:
        setattr(record, value, None if measure is None else measure.value)
        setattr(record, unit, "" if measure is None else measure.unit)

    return property(read, write)


class MeasureField:
    """A number of something in a record, `3.5 kilogram`, kept as the columns `<name>_value` and `<name>_unit`.

    Give the constraint `whole_measure(name, table)` beside it, so that no value stands without its unit.
    """

    def __init__(self, verbose_name: Any) -> None:
        """Keep the label that forms show."""
        self.verbose_name = verbose_name

    if TYPE_CHECKING:
        # What stands in a record is a property, made below; it holds a Measure, or None.
        def __get__(self, record: object, model: type | None = None) -> Any: ...
        def __set__(self, record: object, value: Measure | None) -> None: ...

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        """Add the two columns to `model`, and a property that joins them."""
        QuantityField(self.verbose_name, null=True, blank=True).contribute_to_class(model, f"{name}_value")
        UnitField().contribute_to_class(model, f"{name}_unit")
        model.measures = (*getattr(model, "measures", ()), name)  # type: ignore[attr-defined]
        setattr(model, name, _measure_of(f"{name}_value", f"{name}_unit"))


def whole_measure(name: str, table: str) -> models.CheckConstraint:
    """Return the constraint that a value has a unit, and that no unit stands alone."""
    value, unit = f"{name}_value", f"{name}_unit"
    whole = Q(**{f"{value}__isnull": True, unit: ""}) | (Q(**{f"{value}__isnull": False}) & ~Q(**{unit: ""}))
    return models.CheckConstraint(condition=whole, name=f"{table}_{name}_has_a_unit")
