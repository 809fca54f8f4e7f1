"""How cells are understood: headings, dates."""

from __future__ import annotations

import pytest

from oce.apps.spreadsheets.rules import dates, headings

EVENT = ("id", "action", "provider", "receiver", "resource_quantity_value", "resource_quantity_unit", "note")


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
