"""What is typed becomes a value exactly, or is refused with a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from oce.kit.pages.inputs import Typed, read_moment, typed_from, typed_in, value_of
from oce.kit.properties import Kind, RecordProperty
from oce.kit.testing.notation import refused
from oce.vf.measures import Measure


def prop(kind: Kind, *, empty: object = None) -> RecordProperty:
    return RecordProperty(name="it", term="it", kind=kind, label="it", gloss="", empty=empty)


def typed(kind: Kind, sent: str) -> Typed:
    return typed_in(prop(kind), "it", QueryDict(sent))


@pytest.mark.parametrize(
    ("kind", "sent", "value"),
    [
        (Kind.TEXT, "it=+a+b+", "a b"),
        (Kind.TEXT, "it=a%00b", "ab"),
        (Kind.TEXT, "it=", None),
        (Kind.TEXT, "", None),
        (Kind.LONG_TEXT, "it=a%0D%0Ab", "a\nb"),
        (Kind.NUMBER, "it=12.50", Decimal("12.50")),
        (Kind.NUMBER, "it=%E2%88%921", Decimal(-1)),
        (Kind.NUMBER, "it=0.1234567890123456789012345678", Decimal("0.1234567890123456789012345678")),
        (Kind.COUNT, "it=3.0", 3),
        (Kind.MEASURE, "it=3.5&it.unit=kg", Measure(Decimal("3.5"), "kg")),
        (Kind.MEASURE, "it=&it.unit=kg", None),
        (Kind.TRUTH, "it=yes", True),
        (Kind.TRUTH, "it=no", False),
        (Kind.TRUTH, "it=", None),
        (Kind.TEXTS, "it=a%0D%0A%0D%0A+b+", ["a", "b"]),
        (Kind.REFERENCES, "it=x&it=y&it=", ["x", "y"]),
        (Kind.REFERENCE, "it=x", "x"),
    ],
)
def test_what_is_typed_is_read_exactly(kind, sent, value) -> None:
    assert value_of(prop(kind), typed(kind, sent)) == value


def test_an_unticked_box_is_a_no() -> None:
    each = prop(Kind.TRUTH, empty=False)
    assert value_of(each, typed_in(each, "it", QueryDict(""))) is False


@pytest.mark.parametrize(
    ("kind", "sent", "code"),
    [
        (Kind.NUMBER, "it=1,250", "pages.not_a_number"),
        (Kind.NUMBER, "it=NaN", "pages.not_a_number"),
        (Kind.NUMBER, "it=Infinity", "pages.not_a_number"),
        (Kind.COUNT, "it=1.5", "pages.not_whole"),
        (Kind.COUNT, "it=1e30", "pages.not_whole"),
        (Kind.MEASURE, "it=x&it.unit=kg", "pages.not_a_number"),
        (Kind.MEASURE, "it=1", "pages.no_unit"),
        (Kind.MOMENT, "it=yesterday", "pages.not_a_moment"),
        (Kind.MOMENT, "it=9999-99-99T00:00", "pages.not_a_moment"),
        (Kind.MOMENT, "it=0001-01-01T00:00", "pages.not_a_moment"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_property(kind, sent, code) -> None:
    with timezone.override(ZoneInfo("Asia/Tokyo")), refused(code):
        value_of(prop(kind), typed(kind, sent))


def test_a_moment_is_of_the_clock_of_the_viewer_unless_it_says_its_own() -> None:
    with timezone.override(ZoneInfo("Europe/Madrid")):
        assert read_moment(prop(Kind.MOMENT), "2026-07-01T12:00").astimezone(UTC).hour == 10
        assert read_moment(prop(Kind.MOMENT), "2026-07-01T12:00-05:00").astimezone(UTC).hour == 17


def test_an_hour_that_the_clock_jumps_over_is_refused() -> None:
    with timezone.override(ZoneInfo("Europe/Madrid")), refused("pages.not_a_moment"):
        read_moment(prop(Kind.MOMENT), "2026-03-29T02:30")


# Hypothesis takes its bounds without a zone and adds it to what it draws.
EARLIEST, LATEST = datetime(1971, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001


@given(st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)))
def test_a_moment_shown_in_a_form_is_read_back_as_it_was(moment) -> None:
    with timezone.override(ZoneInfo("Asia/Kolkata")):
        shown = typed_from(prop(Kind.MOMENT), moment)
        assert read_moment(prop(Kind.MOMENT), shown.text) == moment


@given(st.decimals(allow_nan=False, allow_infinity=False, places=18, min_value=-(10**18), max_value=10**18))
def test_a_number_shown_in_a_form_is_read_back_as_it_was(number) -> None:
    shown = typed_from(prop(Kind.NUMBER), number)
    assert value_of(prop(Kind.NUMBER), shown) == number
