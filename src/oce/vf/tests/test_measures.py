"""Quantities are exact, know their unit, and refuse what they cannot keep."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from oce.vf.decimals import DIGITS_BEFORE_POINT_MAX, LIMIT, PLACES_MAX, exact, plain
from oce.vf.measures import Measure, conversion, measure
from oce.vf.refusals import Refused

numbers = st.decimals(min_value=-(10**19), max_value=10**19, places=18)


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [each.code for each in caught.value.refusals]


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("3.5 kg", "3.5", "kilogram"),
        ("3.5kg", "3.5", "kilogram"),
        (" -2 hour ", "-2", "hour"),
        ("1e3 g", "1000", "gram"),
        (".5 l", "0.5", "litre"),
        ("10 one", "10", "one"),
        ("10 each", "10", "one"),
        ("90 min", "90", "minute-Time"),
        ("2 m²", "2", "squareMetre"),
        ("3 kWh", "3", "kilowattHour"),
        ("1 om2:kilogram", "1", "kilogram"),
    ],
)
def test_a_measure_is_read_as_people_write_it(written: str, value: str, unit: str) -> None:
    assert measure(written) == Measure(Decimal(value), unit)


@pytest.mark.parametrize("written", ["", "kg", "3", "three kg", "1/2 kg", "--1 kg"])
def test_what_is_no_quantity_is_refused(written: str) -> None:
    assert refused(lambda: measure(written)) == ["measures.unreadable"]


def test_a_quantity_is_refused_at_the_field_it_was_written_for() -> None:
    with pytest.raises(Refused) as found:
        measure("NaN hour", "effortQuantity")
    assert [refusal.field for refusal in found.value.refusals] == ["effortQuantity"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (0.5, "measures.not_exact"),
        (float("nan"), "measures.not_exact"),
        (Decimal("NaN"), "measures.not_a_number"),
        (Decimal("-Infinity"), "measures.not_a_number"),
        ("ten", "measures.not_a_number"),
        (True, "measures.not_a_number"),
        (None, "measures.not_a_number"),
        (LIMIT, "measures.out_of_bounds"),
        (-LIMIT, "measures.out_of_bounds"),
        ("1e-19", "measures.out_of_bounds"),
        ("1e999999", "measures.out_of_bounds"),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused(given: object, code: str) -> None:
    assert refused(lambda: exact(given)) == [code]  # type: ignore[arg-type]
    assert refused(lambda: Measure(given, "one")) == [code]  # type: ignore[arg-type]


def test_the_largest_and_the_finest_number_are_kept() -> None:
    largest = Decimal("9" * DIGITS_BEFORE_POINT_MAX + "." + "9" * PLACES_MAX)
    assert Measure(largest, "one").value == largest
    assert Measure(Decimal("1e-18"), "one").value == Decimal("1e-18")
    assert Measure(Decimal("1." + "0" * 40), "one").value == 1, "zeros at the end are no digits"


@given(numbers, numbers)
def test_sums_and_differences_are_exact(one: Decimal, two: Decimal) -> None:
    total = Measure(one, "kilogram") + Measure(two, "kilogram")
    assert Fraction(total.value) == Fraction(one) + Fraction(two)
    assert total - Measure(two, "kilogram") == Measure(one, "kilogram")
    assert -Measure(one, "kilogram") + Measure(one, "kilogram") == Measure(Decimal(0), "kilogram")


@given(numbers, numbers)
def test_nothing_depends_on_the_caller_s_decimal_context(one: Decimal, two: Decimal) -> None:
    with localcontext() as context:
        context.prec = 3
        total = Measure(one, "kilogram") + Measure(two, "kilogram")
    assert Fraction(total.value) == Fraction(one) + Fraction(two)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=9), st.integers(-(10**9), 10**9))
def test_multiples_are_exact(one: Decimal, times: int) -> None:
    assert Fraction((Measure(one, "one") * times).value) == Fraction(one) * times
    assert times * Measure(one, "one") == Measure(one, "one") * times


def test_a_product_with_too_many_digits_is_refused() -> None:
    fine = Measure(Decimal("1." + "1" * 18), "one")
    assert refused(lambda: fine * Decimal("0.1")) == ["measures.out_of_bounds"]
    assert refused(lambda: fine * Decimal("1" * 20 + "." + "1" * 18) * Decimal("1" * 19)) == ["measures.out_of_bounds"]
    assert refused(lambda: fine * 0.5) == ["measures.not_exact"]  # type: ignore[operator]


def test_a_sum_beyond_the_bounds_is_refused() -> None:
    half = Measure(LIMIT / 2, "one")
    assert refused(lambda: half + half) == ["measures.out_of_bounds"]


@pytest.mark.parametrize(
    "operation",
    [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge],
    ids=lambda op: op.__name__,
)
def test_different_units_do_not_meet(operation: Callable[[Measure, Measure], object]) -> None:
    assert refused(lambda: operation(measure("1 kg"), measure("1000 g"))) == ["measures.unit_differs"]


def test_measures_compare_in_their_unit() -> None:
    assert measure("1 kg") < measure("2 kg") <= measure("2.0 kg") < measure("3 kg")
    assert measure("3 kg") > measure("2 kg") >= measure("2 kg")
    assert measure("1 kg") == measure("1.000 kg")
    assert hash(measure("1 kg")) == hash(measure("1.000 kg"))
    assert measure("1 kg") != measure("1000 g"), "equality asks nothing, it does not convert"
    assert measure("1 kg")
    assert not measure("0 kg")
    assert abs(measure("-2 kg")) == measure("2 kg")


@pytest.mark.parametrize(
    ("given", "unit", "converted"),
    [
        ("3.5 kg", "gram", "3500 gram"),
        ("1 g", "kilogram", "0.001 kilogram"),
        ("90 min", "hour", "1.5 hour"),
        ("1 h", "minute-Time", "60 minute-Time"),
        ("250 l", "cubicMetre", "0.25 cubicMetre"),
        ("1 m3", "litre", "1000 litre"),
        ("1 day", "hour", "24 hour"),
        ("2 week", "day", "14 day"),
        ("3 t", "kilogram", "3000 kilogram"),
        ("1.5 km", "metre", "1500 metre"),
        ("1 ha", "squareMetre", "10000 squareMetre"),
        ("1 kWh", "megajoule", "3.6 megajoule"),
        ("1 lb", "kilogram", "0.45359237 kilogram"),
        ("1 inch-International", "centimetre", "2.54 centimetre"),
        ("2 dozen", "one", "24 one"),
        ("5 %", "one", "0.05 one"),
        ("1 mebibyte", "byte", "1048576 byte"),
        ("-3 kg", "gram", "-3000 gram"),
    ],
)
def test_conversion_is_exact(given: str, unit: str, converted: str) -> None:
    assert str(measure(given).to(unit)) == converted
    assert measure(given).to(unit).to(measure(given).unit) == measure(given)


def test_unlike_dimensions_are_refused() -> None:
    assert refused(lambda: measure("1 kg").to("hour")) == ["measures.unlike_dimensions"]
    assert refused(lambda: measure("1 bit").to("one")) == ["measures.unlike_dimensions"]


def test_what_has_no_exact_factor_is_refused() -> None:
    assert refused(lambda: measure("20 °C").to("kelvin")) == ["units.no_factor"]
    assert refused(lambda: measure("3 bottle").to("litre")) == ["units.no_factor"]


def test_endless_digits_are_refused_unless_rounding_is_wished() -> None:
    assert refused(lambda: measure("10 min").to("hour")) == ["measures.inexact"]
    assert measure("10 min").to("hour", places=4) == Measure(Decimal("0.1667"), "hour")


@pytest.mark.parametrize(
    ("seconds", "places", "minutes"),
    [("3", 1, "0"), ("9", 1, "0.2"), ("-3", 1, "0"), ("-9", 1, "-0.2"), ("4", 1, "0.1")],
)
def test_halves_are_rounded_to_even(seconds: str, places: int, minutes: str) -> None:
    assert Measure(Decimal(seconds), "second-Time").to("minute-Time", places=places).value == Decimal(minutes)


@given(
    numbers, st.sampled_from(["gram", "tonne", "milligram", "poundAvoirdupois", "ounceAvoirdupois"]), st.integers(0, 18)
)
def test_a_rounded_conversion_is_off_by_half_a_place_at_most(value: Decimal, unit: str, places: int) -> None:
    assume(abs(value) < 10**15)
    rounded = Measure(value, "kilogram").to(unit, places=places)
    back = Fraction(rounded.value) * Fraction(Measure(Decimal(1), unit).to("kilogram").value)
    step = Fraction(Measure(Decimal(1), unit).to("kilogram").value) / 10**places
    assert abs(back - Fraction(value)) <= step / 2


def test_a_conversion_that_cannot_be_had_is_none() -> None:
    assert conversion(measure("1 kg"), "gram") == measure("1000 g")
    assert conversion(measure("1 kg"), "hour") is None
    assert conversion(measure("10 min"), "hour") is None
    assert conversion(Measure(Decimal(1), "basket"), "litre") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+2", "100"), ("0.500", "0.5"), ("-0", "0"), ("-0.00", "0"), ("100", "100"), ("1e-18", "0." + "0" * 17 + "1")],
)
def test_a_number_is_shown_in_digits(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text
