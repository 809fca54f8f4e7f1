"""Numbers as people write them: with a point or a comma for the decimals, and signs between the thousands.

A column is written in one way. Which way, its values show: `1.234,56` and `12,5` have commas, `1,234.56` and `0.125`
points. `1.234` alone shows nothing, and nobody guesses: somebody is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import Enum

from django.utils.formats import get_format, number_format

from oce.vf import decimals as exact

_SPACES = "\u00a0\u202f\u2009 '’_"
_TIDY = str.maketrans("", "", _SPACES)
_PLAIN = re.compile(r"[+-]?\d+")
_ONE_SIGN = re.compile(r"[+-]?(\d*)([.,])(\d+)")
_GROUPED = {
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
}


class Decimals(Enum):
    """The sign before the decimals of a column."""

    POINT = "."
    COMMA = ","


class Shown(Enum):
    """What one number shows of how its column is written."""

    NOTHING = "nothing"
    EITHER = "either"
    POINT = "."
    COMMA = ","
    NO_NUMBER = "no number"


def in_digits(value: Decimal, *, is_grouped: bool = True) -> str:
    """Return the number to its last digit as the reader's language writes it: `1,250.5`, `1.250,5`; ungrouped for a field."""
    return str(number_format(Decimal(exact.plain(value)), use_l10n=True, force_grouping=is_grouped))


def decimal_in(text: str) -> Decimal | None:
    """Return the number that somebody typed; None for what is no number, or could be two in the reader's language.

    `12.5` and `12,5` mean one thing everywhere. `1,234` is 1.234 where decimals follow a comma; elsewhere it could be a
    thousand as well, and nobody guesses.
    """
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    own = Decimals(get_format("DECIMAL_SEPARATOR"))
    shown = shown_by(text)
    if shown is Shown.EITHER and own.value not in text:
        return None
    if shown is not Shown.NO_NUMBER:
        text = plain(text, own if shown in {Shown.EITHER, Shown.NOTHING} else Decimals(shown.value))
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def shown_by(text: str) -> Shown:
    """Return what the writing of one number shows."""
    tidy = text.translate(_TIDY)
    if _PLAIN.fullmatch(tidy):
        return Shown.NOTHING
    one = _ONE_SIGN.fullmatch(tidy)
    if one is not None:
        whole, sign, rest = one.groups()
        # Three digits after the only sign may be thousands, unless what stands before cannot begin a number.
        if len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
            return Shown.EITHER
        return Shown.COMMA if sign == "," else Shown.POINT
    for sign, pattern in _GROUPED.items():
        if pattern.fullmatch(tidy):
            return Shown.COMMA if sign == "," else Shown.POINT
    return Shown.NO_NUMBER


def decimals_of(texts: Iterable[str]) -> tuple[set[Decimals], bool]:
    """Return which signs the numbers of a column show, and whether some could be read in two ways."""
    shown = {shown_by(text) for text in texts}
    signs = {Decimals.POINT} if Shown.POINT in shown else set()
    if Shown.COMMA in shown:
        signs = signs | {Decimals.COMMA}
    return signs, Shown.EITHER in shown


def plain(text: str, decimals: Decimals) -> str:
    """Return the number with a point before its decimals and nothing between its thousands; else the text as it is."""
    if shown_by(text) is Shown.NO_NUMBER:
        return text
    tidy = text.translate(_TIDY)
    grouping = "," if decimals is Decimals.POINT else "."
    if grouping in tidy:
        whole, sign, rest = tidy.partition(decimals.value)
        if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(grouping)}\d{{3}})+", whole):
            return text
        return whole.replace(grouping, "") + ("." + rest if sign else "")
    return tidy.replace(decimals.value, ".") if tidy.count(decimals.value) <= 1 else text
