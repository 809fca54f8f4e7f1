"""Exact decimal arithmetic: its bounds, and the context in which nothing is ever rounded.

Python's default context silently rounds to 28 digits. `EXACT` has room for every sum of
permitted numbers and raises where a digit would be lost.
"""

from __future__ import annotations

from decimal import Context, Decimal, DivisionByZero, FloatOperation, Inexact, InvalidOperation, Overflow

from oce.vf.refusals import Refusal, Refused, gettext_noop

PLACES_MAX = 18
DIGITS_BEFORE_POINT_MAX = 20
LIMIT = Decimal(10) ** DIGITS_BEFORE_POINT_MAX
_TRAPS = [DivisionByZero, FloatOperation, Inexact, InvalidOperation, Overflow]
EXACT = Context(prec=60, traps=_TRAPS)
BOUNDED = Context(prec=60, Emax=DIGITS_BEFORE_POINT_MAX - 1, traps=_TRAPS)
"""As `EXACT`, and raises Overflow as soon as a result has too many digits before the point."""

NOT_A_NUMBER = gettext_noop("“{given}” is not a number. Write digits with a decimal point, like 3.5.")
NOT_EXACT = gettext_noop("{given} is a binary fraction and not exact. Give the number as text or as a decimal.")
OUT_OF_BOUNDS = gettext_noop(
    "{given} cannot be kept exactly: at most {digits} digits before the point and {places} after it. "
    "Choose a larger or a smaller unit."
)


def exact(given: Decimal | int | str, *, field: str | None = None) -> Decimal:
    """Return `given` as a decimal that can be stored without losing a digit.

    Raises:
        Refused: `measures.not_a_number`, `measures.not_exact` or `measures.out_of_bounds`.
    """
    if type(given) is not Decimal:
        given = _read(given, field)
    if not given.is_finite():
        raise Refused(Refusal("measures.not_a_number", NOT_A_NUMBER, field, given=str(given)))
    exponent = given.as_tuple().exponent
    # Digits that are all zero lose nothing: 1.50000 with 30 zeros is 1.5.
    if isinstance(exponent, int) and exponent < -PLACES_MAX:
        given = _without_trailing_zeros(given)
        exponent = given.as_tuple().exponent
    if not -LIMIT < given < LIMIT or (isinstance(exponent, int) and exponent < -PLACES_MAX):
        raise Refused(out_of_bounds(given, field))
    return given


def out_of_bounds(value: Decimal, field: str | None = None) -> Refusal:
    """Return the refusal of a number that is too large or too fine to be stored."""
    return Refusal(
        "measures.out_of_bounds",
        OUT_OF_BOUNDS,
        field,
        given=str(value),
        digits=DIGITS_BEFORE_POINT_MAX,
        places=PLACES_MAX,
    )


def plain(value: Decimal) -> str:
    """Return `value` in digits without exponent and without needless zeros: `100`, `0.5`."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _read(given: object, field: str | None) -> Decimal:
    if isinstance(given, Decimal):
        return Decimal(given)
    if isinstance(given, float):
        raise Refused(Refusal("measures.not_exact", NOT_EXACT, field, given=repr(given)))
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise Refused(Refusal("measures.not_a_number", NOT_A_NUMBER, field, given=str(given)))
    try:
        return Decimal(given.strip() if isinstance(given, str) else given)
    except InvalidOperation:
        raise Refused(Refusal("measures.not_a_number", NOT_A_NUMBER, field, given=given)) from None


def _without_trailing_zeros(value: Decimal) -> Decimal:
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int), "only finite numbers arrive here"  # noqa: S101
    kept = list(digits)
    while len(kept) > 1 and kept[-1] == 0 and exponent < 0:
        kept.pop()
        exponent += 1
    return Decimal((sign, tuple(kept), 0 if kept == [0] else exponent))
