"""Moments as documents write them.

Documents write times in many ways; whatever can be read in one way only is read, and what
comes out always has a zone (D3). A date without a time is its first moment.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from oce.vf.refusals import Refusal, Refused, gettext_noop

UNREADABLE = gettext_noop("“{given}” is not a time. Write it like 2026-02-24T08:30:00+01:00, or only the date.")

_WRITTEN = re.compile(
    r"""\s*(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})
    (?:(?:[Tt]|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9})\d*)?)?)?
    \s*(?P<zone>[Zz]|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?\s*""",
    re.VERBOSE,
)


def moment(given: str | date, zone: tzinfo = UTC, *, field: str | None = None) -> datetime:
    """Return the moment that `given` names, in its own zone or else in `zone`.

    Args:
        given: text, or what a YAML reader made of it: a date or a datetime.
        zone: what a time without a zone is in.
        field: the property it was given for, named in the refusal.

    Raises:
        Refused: `moments.unreadable`.
    """
    if isinstance(given, datetime):
        return given if given.tzinfo else given.replace(tzinfo=zone)
    if isinstance(given, date):
        return datetime.combine(given, time(), zone)
    found = _WRITTEN.fullmatch(given)
    try:
        if found is not None:
            return _of(found, zone)
    except ValueError:
        # The pattern fits and the calendar does not: the 30th of February, 25 o'clock.
        pass
    raise Refused(Refusal("moments.unreadable", UNREADABLE, field, given=given))


def _of(found: re.Match[str], zone: tzinfo) -> datetime:
    day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    hour, is_next_day = int(found["hour"] or 0), False
    if hour == 24 and not int(found["minute"]) and not int(found["second"] or 0):
        hour, is_next_day = 0, True
    microsecond = int((found["fraction"] or "").ljust(6, "0")[:6])
    clock = time(hour, int(found["minute"] or 0), int(found["second"] or 0), microsecond)
    read = datetime.combine(day, clock, _zone(found["zone"], zone))
    return read + timedelta(days=1) if is_next_day else read


def _zone(written: str | None, default: tzinfo) -> tzinfo:
    if written is None:
        return default
    if written.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = written[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if written[0] == "-" else offset)
