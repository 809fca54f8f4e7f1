"""Quantities that know their unit, in exact decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, Inexact
from fractions import Fraction

from oce.vf import units
from oce.vf.decimals import EXACT, PLACES_MAX, exact, out_of_bounds, plain
from oce.vf.refusals import Refusal, Refused, gettext_noop

UNIT_DIFFERS = gettext_noop(
    "{one} and {two} are in different units. Turn one of them into the unit of the other first."
)
INEXACT = gettext_noop(
    "{given} in {unit} has no end after the decimal point. "
    "Keep it in {own_unit}, or say to how many places it may be rounded."
)
UNREADABLE = gettext_noop("“{given}” is not a quantity. Write a number and a unit, like “3.5 kg” or “2 hour”.")

_WRITTEN = re.compile(
    r"\s*(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(?P<unit>[^\s\d.,/*+-].*)?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of something: `3.5 kilogram`. The unit is an OM2 identifier; `one` counts pieces."""

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        """Refuse a number that could not be stored exactly."""
        object.__setattr__(self, "value", exact(self.value, field="hasNumericalValue"))

    def __add__(self, other: Measure) -> Measure:
        """Return the sum; both are in the same unit."""
        return Measure(EXACT.add(self.value, self._like(other)), self.unit)

    def __sub__(self, other: Measure) -> Measure:
        """Return the difference; both are in the same unit."""
        return Measure(EXACT.subtract(self.value, self._like(other)), self.unit)

    def __neg__(self) -> Measure:
        """Return as much the other way."""
        return Measure(EXACT.minus(self.value), self.unit)

    def __abs__(self) -> Measure:
        """Return how much, whatever the sign."""
        return Measure(EXACT.abs(self.value), self.unit)

    def __mul__(self, times: Decimal | int) -> Measure:
        """Return `times` as much."""
        try:
            return Measure(EXACT.multiply(self.value, exact(times)), self.unit)
        except Inexact:
            raise Refused(out_of_bounds(self.value, "hasNumericalValue")) from None

    __rmul__ = __mul__

    def __lt__(self, other: Measure) -> bool:
        """Whether it is less than another of the same unit."""
        return self.value < self._like(other)

    def __le__(self, other: Measure) -> bool:
        """Whether it is at most another of the same unit."""
        return self.value <= self._like(other)

    def __gt__(self, other: Measure) -> bool:
        """Whether it is more than another of the same unit."""
        return self.value > self._like(other)

    def __ge__(self, other: Measure) -> bool:
        """Whether it is at least another of the same unit."""
        return self.value >= self._like(other)

    def __bool__(self) -> bool:
        """Whether there is any of it."""
        return bool(self.value)

    def __str__(self) -> str:
        """Return `3.5 kilogram`."""
        return f"{plain(self.value)} {self.unit}"

    def to(self, unit: str, *, places: int | None = None) -> Measure:
        """Return the same quantity in another unit, exactly.

        Args:
            unit: identifier of the other unit.
            places: round half to even after so many places instead of refusing endless digits.

        Raises:
            Refused: `measures.unlike_dimensions`, `units.no_factor` or `measures.inexact`.
        """
        if unit == self.unit:
            return self
        converted = Fraction(self.value) * units.ratio(self.unit, unit)
        rounded = _decimal(converted, PLACES_MAX if places is None else places)
        if places is None and Fraction(rounded) != converted:
            raise Refused(
                Refusal("measures.inexact", INEXACT, "hasUnit", given=str(self), unit=unit, own_unit=self.unit)
            )
        return Measure(rounded, unit)

    def _like(self, other: Measure) -> Decimal:
        if self.unit != other.unit:
            raise Refused(Refusal("measures.unit_differs", UNIT_DIFFERS, "hasUnit", one=str(self), two=str(other)))
        return other.value


def measure(written: str, field: str = "resourceQuantity") -> Measure:
    """Return the measure that somebody wrote for a field: `3.5 kg`, `2 hour`, `10 one`.

    Raises:
        Refused: `measures.unreadable`, or what the number or the unit is refused for.
    """
    found = _WRITTEN.fullmatch(written)
    if found is None or not found["unit"]:
        raise Refused(Refusal("measures.unreadable", UNREADABLE, field, given=written))
    return Measure(exact(found["number"]), units.unit(found["unit"]).identifier)


def conversion(quantity: Measure, unit: str) -> Measure | None:
    """Return the quantity in another unit, or None where it cannot be had exactly."""
    try:
        return quantity.to(unit)
    except Refused:
        return None


def _decimal(value: Fraction, places: int) -> Decimal:
    """Return the nearest decimal with so many places, half to even."""
    scaled = value * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    if twice > scaled.denominator or (twice == scaled.denominator and whole % 2):
        whole += 1
    sign, digits = (1, -whole) if whole < 0 else (0, whole)
    return Decimal((sign, tuple(map(int, str(digits))), -places))
