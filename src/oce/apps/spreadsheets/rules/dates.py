"""Dates as people write them, day first, turned into the order of the standard."""

from __future__ import annotations

import re

_DAY_FIRST = re.compile(
    r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[,T\s]+(\d{1,2}:\d{2}(?::\d{2})?))?\s*(Z|[+-]\d{2}:?\d{2})?\s*"
)
_MONTHS = 12
# What only dates that begin with the day look like; tells whether a column needs to be looked at.
BEGINS = r"^\s*[0-9]{1,2}[./-]"


def standard(text: str) -> str:
    """Return `31.12.2026 8:30` as `2026-12-31T08:30`; any other text as it is."""
    found = _DAY_FIRST.fullmatch(text)
    if found is None or int(found[3]) > _MONTHS:
        return text
    day, _, month, year, clock, zone = found.groups()
    date = f"{year}-{int(month):02}-{int(day):02}"
    if clock is None:
        return date + (f"T00:00{zone}" if zone else "")
    return f"{date}T{clock.zfill(5) if clock.count(':') == 1 else clock.zfill(8)}{zone or ''}"
