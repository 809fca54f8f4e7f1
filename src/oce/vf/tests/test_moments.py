"""Times are read leniently and kept with their zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oce.vf.moments import moment
from oce.vf.refusals import Refused

BERLIN = ZoneInfo("Europe/Berlin")
CHICAGO = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019-04-18T8:00:00-5:00", datetime(2019, 4, 18, 8, tzinfo=CHICAGO)),
        ("2019-04-18T08:00:00-05:00", datetime(2019, 4, 18, 8, tzinfo=CHICAGO)),
        ("2019-04-18T08:00:00-0500", datetime(2019, 4, 18, 8, tzinfo=CHICAGO)),
        ("2019-04-18 8:00 -5", datetime(2019, 4, 18, 8, tzinfo=CHICAGO)),
        ("2019-04-18T08:00:00Z", datetime(2019, 4, 18, 8, tzinfo=UTC)),
        ("2019-04-18T08:00:00.125z", datetime(2019, 4, 18, 8, 0, 0, 125000, tzinfo=UTC)),
        ("2019-04-18T08:00:00+05:45", datetime(2019, 4, 18, 8, tzinfo=timezone(timedelta(hours=5, minutes=45)))),
        ("2019-04-18T24:00:00Z", datetime(2019, 4, 19, tzinfo=UTC)),
        ("2019-04-18T08:00", datetime(2019, 4, 18, 8, tzinfo=BERLIN)),
        ("2019-04-18", datetime(2019, 4, 18, tzinfo=BERLIN)),
        (date(2019, 4, 18), datetime(2019, 4, 18, tzinfo=BERLIN)),
        (datetime(2019, 4, 18, 8), datetime(2019, 4, 18, 8, tzinfo=BERLIN)),  # noqa: DTZ001 (that is the case)
        (datetime(2019, 4, 18, 8, tzinfo=UTC), datetime(2019, 4, 18, 8, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read(written: str | date, read: datetime) -> None:
    found = moment(written, BERLIN)
    assert found == read
    assert found.utcoffset() == read.utcoffset()


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "18.04.2019",
        "2019-02-30",
        "2019-04-18T25:00:00Z",
        "2019-04-18T08:61:00Z",
        "2019-04-18T08:00:00+99:00",
        "2019-04-18T08:00:00 CEST",
        "2019",
    ],
)
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(Refused) as caught:
        moment(written, field="hasPointInTime")
    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.field) == ("moments.unreadable", "hasPointInTime")
    assert written in refusal.message


@settings(max_examples=50)
@given(st.datetimes(timezones=st.timezones() | st.just(UTC), min_value=datetime(1900, 1, 1)))  # noqa: DTZ001 (hypothesis wants it so)
def test_what_is_written_in_iso_form_is_read_back(written: datetime) -> None:
    fixed = written.astimezone(
        timezone(timedelta(minutes=(written.utcoffset() or timedelta()) // timedelta(minutes=1)))
    )
    assert moment(fixed.isoformat()) == fixed
