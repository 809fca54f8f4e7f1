"""Months, quarters and years are read from the address, told in words, and follow each other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from django.utils import timezone

from oce.kit import clock
from oce.kit.pages import periods


@pytest.mark.parametrize(
    ("text", "first", "last", "label", "previous", "following"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "November 2026", "2026-10", "2026-12"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024", "2024-01", "2024-03"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "December 2026", "2026-11", "2027-01"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "Quarter 1 of 2026", "2025-Q4", "2026-Q2"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026", "2025", "2027"),
    ],
)
def test_a_period_is_named_and_bounded(text, first, last, label, previous, following):
    period = periods.read(text)
    assert (period.first, period.last, period.label) == (first, last, label)
    assert (period.text, period.previous.text, period.next.text) == (text, previous, following)


def test_all_time_has_no_bounds_and_no_neighbours():
    period = periods.read("all")
    assert (period.first, period.last, period.begin, period.end, period.previous, period.next) == (None,) * 6
    assert (period.text, period.label) == ("all", "All time")


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-Q5", "1026", "3000-01", "november", "2026-11-03", "２０２６", "x" * 9000]
)
def test_what_names_no_period_is_none(text):
    assert periods.read(text) is None


@pytest.mark.parametrize("text", ["1900-01", "1900", "2999-12", "2999-Q4"])
def test_the_outermost_periods_have_neighbours_that_can_be_told(text):
    period = periods.read(text)
    assert period.previous.label
    assert period.next.label


def test_the_moments_follow_the_readers_clock():
    with timezone.override(ZoneInfo("Pacific/Auckland")):
        assert periods.read("2026-11").begin.astimezone(UTC) == datetime(2026, 10, 31, 11, tzinfo=UTC)
        assert periods.read("2026-11").end.astimezone(UTC) == datetime(2026, 11, 30, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "cookie", "text"),
    [
        ("/?period=2025-Q2", "2024", "2025-Q2"),
        ("/", "2024", "2024"),
        ("/?period=nonsense", "2024", "2024"),
        ("/", "nonsense", "2026-11"),
    ],
)
def test_the_address_goes_before_what_was_chosen_last_and_that_before_the_month_it_is(address, cookie, text):
    request = RequestFactory().get(address, headers={"cookie": f"period={cookie}"})
    with clock.standing_at(datetime(2026, 11, 23, tzinfo=UTC)):
        assert periods.of_request(request).text == text


def test_the_month_quarter_and_year_around_the_chosen_one_are_offered():
    assert [each.text for each in periods.offered(periods.read("2025-Q2"))] == ["2025-04", "2025-Q2", "2025", "all"]
