"""How the values of a table look to the database: exactly as the same event recorded by itself leaves them there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from oce.apps.events.ledger_rows import PostgresqlRows, SqliteRows
from oce.apps.events.models import EconomicEvent

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
# Away from the ends of the calendar, where a moment exists in one zone and not in another.
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES)  # noqa: DTZ001 (the zone is drawn)


@given(MOMENTS)
@example(datetime(2026, 3, 1, 0, 0, 0, 1, tzinfo=UTC))
@example(datetime(999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
def test_a_moment_is_written_as_the_model_writes_it(moment):
    if connection.vendor == "sqlite":
        field = EconomicEvent._meta.get_field("occurred_at")
        assert SqliteRows(NOW).moment_text(moment) == field.get_db_prep_value(moment, connection)
    assert datetime.fromisoformat(PostgresqlRows(NOW).moment_text(moment)) == moment
