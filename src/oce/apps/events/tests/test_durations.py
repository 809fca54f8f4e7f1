"""How long something took, as people type and read it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.events import durations
from oce.vf.measures import Measure


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1.5", "90"),
        ("1,5", "90"),
        ("1:30", "90"),
        ("1:20", "80"),
        ("90 min", "90"),
        ("90m", "90"),
        ("2 h", "120"),
        ("2 hours", "120"),
        ("1 h 30 min", "90"),
        ("1h20", "80"),
        (" 0.25 ", "15"),
    ],
)
def test_a_time_is_read_as_people_write_it(text, minutes) -> None:
    assert durations.minutes_of(durations.duration_in(text)) == Decimal(minutes)


@pytest.mark.parametrize("text", ["", "soon", "1:70", "1.2.3", "h", "two hours"])
def test_what_is_no_time_is_none(text) -> None:
    assert durations.duration_in(text) is None


def test_whole_minutes_are_hours_where_that_is_exact() -> None:
    assert durations.of_minutes(Decimal(90)) == Measure(Decimal("1.5"), "hour")
    assert durations.of_minutes(Decimal(80)) == Measure(Decimal(80), "minute-Time")


@pytest.mark.parametrize(
    ("minutes", "typed", "words"),
    [("0", "", "0 h"), ("90", "1.5", "1.5 h"), ("80", "1:20", "1 h 20 min"), ("20", "0:20", "20 min")],
)
def test_minutes_are_shown_as_they_would_be_typed(minutes, typed, words) -> None:
    assert (durations.typed(Decimal(minutes)), durations.in_words(Decimal(minutes))) == (typed, words)
    assert durations.minutes_of(durations.duration_in(typed)) == Decimal(minutes)


def test_what_is_not_measured_in_time_has_no_minutes() -> None:
    assert durations.minutes_of(Measure(Decimal(3), "kilogram")) == durations.minutes_of(None) == 0
