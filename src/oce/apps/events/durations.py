"""How long something took, as people type and read it: `1.5`, `1:30`, `90 min`, `1 h 30 min`.

Whole minutes are kept as hours wherever that is exact: 90 minutes are 1.5 hours, and 80 minutes stay minutes.
"""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from oce.kit.numerals import decimal_in, in_digits
from oce.vf.decimals import EXACT
from oce.vf.measures import Measure

HOUR, MINUTE = "hour", "minute-Time"
MINUTES_IN = {HOUR: Decimal(60), MINUTE: Decimal(1)}
_CLOCK = re.compile(r"(?P<hours>\d{1,4}):(?P<minutes>[0-5]\d)", re.ASCII)
_BOTH = re.compile(r"(?P<hours>\d{1,4})\s*h[a-z]*\.?\s*(?P<minutes>\d{1,2})(?:\s*m[a-z]*\.?)?", re.ASCII)
_ONE = re.compile(r"(?P<number>[^a-zA-Z]+?)\s*(?P<unit>h|m)[a-z]*\.?", re.ASCII | re.IGNORECASE)


def duration_in(text: str) -> Measure | None:
    """Return how long was typed; a number alone is hours. None for what is no duration."""
    text = text.strip()
    found = _CLOCK.fullmatch(text) or _BOTH.fullmatch(text)
    if found is not None:
        return of_minutes(Decimal(found["hours"]) * 60 + Decimal(found["minutes"]))
    one = _ONE.fullmatch(text)
    number = decimal_in(one["number"] if one else text)
    if number is None:
        return None
    if one is not None and one["unit"].lower() == "m":
        return of_minutes(number)
    return Measure(number, HOUR)


def of_minutes(minutes: Decimal) -> Measure:
    """Return so many minutes: as hours where that is exact, else as minutes."""
    is_exact = minutes == minutes.to_integral_value() and minutes % 3 == 0
    return Measure(minutes / 60, HOUR) if is_exact else Measure(minutes, MINUTE)


def minutes_of(measure: Measure | None) -> Decimal:
    """Return how many minutes a measure of hours or minutes is; none for what is measured otherwise."""
    factor = MINUTES_IN.get(measure.unit) if measure is not None else None
    return Decimal(0) if measure is None or factor is None else EXACT.multiply(measure.value, factor)


def typed(minutes: Decimal) -> str:
    """Return the minutes as somebody would type them: `1.5`, or `1:20` where hours are not exact; nothing for none."""
    if not minutes:
        return ""
    measure = of_minutes(minutes)
    if measure.unit == HOUR:
        return in_digits(measure.value, is_grouped=False)
    if minutes != minutes.to_integral_value():
        return f"{in_digits(minutes, is_grouped=False)} min"
    return f"{int(minutes) // 60}:{int(minutes) % 60:02d}"


def in_words(minutes: Decimal) -> str:
    """Return the minutes as people read them: `1.5 h`, or `1 h 20 min` where hours are not exact."""
    measure = of_minutes(minutes)
    if measure.unit == HOUR:
        return _("{hours} h").format(hours=in_digits(measure.value))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=in_digits(rest))
    return _("{hours} h {minutes} min").format(hours=in_digits(hours), minutes=in_digits(rest))
