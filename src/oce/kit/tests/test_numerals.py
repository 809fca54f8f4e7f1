"""Numbers are read as people write them, and written as the reader's language does, to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from oce.kit.numerals import Decimals, Shown, decimal_in, in_digits, plain, shown_by


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12", Shown.NOTHING),
        ("-12", Shown.NOTHING),
        ("1 234", Shown.NOTHING),
        ("12,5", Shown.COMMA),
        ("12.5", Shown.POINT),
        ("0.125", Shown.POINT),
        ("0,125", Shown.COMMA),
        ("1234.567", Shown.POINT),
        ("1.234", Shown.EITHER),
        ("-1,234", Shown.EITHER),
        ("1.234,56", Shown.COMMA),
        ("1,234.56", Shown.POINT),
        ("1.234.567", Shown.COMMA),
        ("1,234,567", Shown.POINT),
        (".5", Shown.POINT),
        ("12.34.5", Shown.NO_NUMBER),
        ("twelve", Shown.NO_NUMBER),
        ("1e5", Shown.NO_NUMBER),
    ],
)
def test_a_number_shows_how_its_column_is_written(text, shown):
    assert shown_by(text) is shown


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [
        ("1.234,56", Decimals.COMMA, "1234.56"),
        ("1.234", Decimals.COMMA, "1234"),
        ("1.234", Decimals.POINT, "1.234"),
        ("1,234", Decimals.POINT, "1234"),
        ("1 234,5", Decimals.COMMA, "1234.5"),
        ("1'234.5", Decimals.POINT, "1234.5"),
        ("-12,5", Decimals.COMMA, "-12.5"),
        ("12.5", Decimals.COMMA, "12.5"),
        ("12", Decimals.COMMA, "12"),
        ("1,2,3", Decimals.COMMA, "1,2,3"),
        ("x", Decimals.COMMA, "x"),
    ],
)
def test_numbers_become_plain(text, decimals, expected):
    assert plain(text, decimals) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_a_number_written_by_a_german_spreadsheet_is_read_back(value):
    written = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    assert shown_by(written) is Shown.COMMA
    assert plain(written, Decimals.COMMA) == f"{value:.2f}"


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("en", "1234567.125", "1,234,567.125"),
        ("en", "0.000000000000000001", "0.000000000000000001"),
        ("en", "12345678901234567890.123456789012345678", "12,345,678,901,234,567,890.123456789012345678"),
        ("es", "1234567.125", "1\u00a0234\u00a0567,125"),
        ("de", "-1234.50", "-1.234,5"),
        ("de", "0E+3", "0"),
    ],
)
def test_a_number_is_written_as_the_language_does(language, number, written):
    with translation.override(language):
        assert in_digits(Decimal(number)) == written
        assert decimal_in(written) == Decimal(number)


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "12,5", "12.5"),
        ("es", "12.5", "12.5"),
        ("es", "1,234", "1.234"),
        ("en", "1.234", "1.234"),
        ("en", "\N{MINUS SIGN}3", "-3"),
        ("en", "1e3", "1000"),
        ("es", "1.234", None),
        ("en", "1,234", None),
        ("en", "NaN", None),
        ("en", "Infinity", None),
        ("en", "twelve", None),
        ("en", "", None),
    ],
)
def test_what_can_be_read_in_one_way_is_read_in_any_language(language, text, number):
    with translation.override(language):
        assert decimal_in(text) == (None if number is None else Decimal(number))
