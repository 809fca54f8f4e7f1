"""How cells are understood: headings, numbers, dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oce.apps.spreadsheets.rules import dates, headings, numbers
from oce.apps.spreadsheets.rules.numbers import Decimals, Shown

EVENT = ("id", "action", "provider", "receiver", "resource_quantity_value", "resource_quantity_unit", "note")


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
    assert numbers.shown_by(text) is shown


@pytest.mark.parametrize(
    ("text", "decimals", "plain"),
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
def test_numbers_become_plain(text, decimals, plain):
    assert numbers.plain(text, decimals) == plain


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_a_number_written_by_a_german_spreadsheet_is_read_back(value):
    written = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    assert numbers.shown_by(written) is Shown.COMMA
    assert numbers.plain(written, Decimals.COMMA) == f"{value:.2f}"


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("31.12.2025", "2025-12-31"),
        ("1/2/2025", "2025-02-01"),
        ("31.12.2025 8:30", "2025-12-31T08:30"),
        ("31.12.2025 08:30:15", "2025-12-31T08:30:15"),
        ("31.12.2025 8:30 +02:00", "2025-12-31T08:30+02:00"),
        ("31-12-2025Z", "2025-12-31T00:00Z"),
        ("2025-12-31", "2025-12-31"),
        ("12/31/2025", "12/31/2025"),
        ("soon", "soon"),
    ],
)
def test_dates_that_begin_with_the_day_are_turned_round(text, standard):
    assert dates.standard(text) == standard


def test_headings_are_known_by_many_names():
    found = headings.match(["Action", "from", "To", "Qty.", "UoM", "Remark", "Colour"], EVENT, {}, "EconomicEvent")
    assert found.names == (
        "action",
        "provider",
        "receiver",
        "resource_quantity_value",
        "resource_quantity_unit",
        "note",
        None,
    )
    assert not found.refusals


def test_what_somebody_matched_comes_before_the_heading():
    found = headings.match(["From", "Seller"], EVENT, {"From": "", "Seller": "receiver"}, "EconomicEvent")
    assert found.names == (None, "receiver")


@pytest.mark.parametrize(
    ("given_headings", "chosen", "code"),
    [
        (["From", "Seller"], {}, "tables.matched_twice"),
        (["From"], {"Giver": "provider"}, "tables.no_such_column"),
        (["From"], {"From": "colour"}, "tables.no_such_property"),
    ],
)
def test_a_wrong_matching_is_refused(given_headings, chosen, code):
    found = headings.match(given_headings, EVENT, chosen, "EconomicEvent")
    assert [refusal.code for refusal in found.refusals] == [code]
