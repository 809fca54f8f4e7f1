"""Exact quantities in the database: 38 digits, 18 of them after the point, on SQLite as on PostgreSQL.

SQLite keeps Django's own decimals as doubles, so sums and comparisons in SQL would lose digits past the fifteenth.
Here a quantity is `numeric(38, 18)` on PostgreSQL and, on SQLite, a short text whose byte order is the order of the
numbers (see `encoded`). Comparing, ordering, indexing, `Min` and `Max` are then plain SQL on both; `Total` sums
exactly on both.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.signals import connection_created
from django.db.models import Aggregate, Func, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oce.vf.decimals import DIGITS_BEFORE_POINT_MAX, EXACT, PLACES_MAX, exact, plain
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    import sqlite3

    from django.db.backends.base.base import BaseDatabaseWrapper

    # Django's fields take type arguments in its stubs only.
    _Field = models.Field[Decimal | None, Decimal | None]
else:
    _Field = models.Field

DIGITS_MAX = DIGITS_BEFORE_POINT_MAX + PLACES_MAX

_NINES = str.maketrans("0123456789", "9876543210")


def encoded(value: Decimal) -> str:
    """Return a text whose byte order is the order of numbers: a letter for the length, then the digits.

    The letter counts the digits before the point (`a` for one, `b` for two ...), so longer numbers sort later: 12.5 is
    `b12.5`. Below zero the letter counts downwards in capitals, each digit is replaced by its complement to nine, and a
    closing `~` makes the longer fraction sort first: -12.5 is `Y87.4~`.
    """
    text = plain(value)
    if text[0] == "-":
        whole = text[1:].partition(".")[0]
        return chr(91 - len(whole)) + text[1:].translate(_NINES) + "~"
    return chr(96 + len(text.partition(".")[0])) + text


# A ledger says the same few amounts again and again; reading one anew costs several times what remembering it does.
@lru_cache(maxsize=100_000)
def decoded(text: str) -> Decimal:
    """Return the number that `encoded` wrote."""
    if text[0] >= "a":
        return Decimal(text[1:])
    # Not `-Decimal(...)`, which would round to 28 digits.
    return Decimal("-" + text[1:-1].translate(_NINES))


class ExactTotal:
    """SQLite's exact sum over encoded quantities: null for no rows, as SQL has it."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.total: Decimal | None = None

    def step(self, text: str | None) -> None:
        """Add one encoded quantity."""
        if text is not None:
            self.total = decoded(text) if self.total is None else EXACT.add(self.total, decoded(text))

    def finalize(self) -> str | None:
        """Return the encoded sum."""
        return None if self.total is None else encoded(self.total)


def exactly_added(*texts: str | None) -> str | None:
    """Return the encoded sum of encoded quantities; null where one is null, as SQL has it."""
    numbers = [decoded(text) for text in texts if text is not None]
    return encoded(reduce(EXACT.add, numbers)) if len(numbers) == len(texts) else None


def teach_sqlite(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Give a new SQLite connection the exact sums `oce_total` (of rows) and `oce_added` (of columns)."""
    if connection.vendor == "sqlite":
        raw: sqlite3.Connection = connection.connection
        raw.create_aggregate("oce_total", 1, cast("Any", ExactTotal))
        raw.create_function("oce_added", -1, exactly_added, deterministic=True)


connection_created.connect(teach_sqlite, dispatch_uid="oce.kit.quantities")


class QuantityField(_Field):
    """An exact number of at most 38 digits, 18 of them after the point."""

    description = _("An exact number of at most 38 digits, 18 of them after the point")
    empty_strings_allowed = False

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return `numeric(38, 18)`, or text on SQLite."""
        return "text" if connection.vendor == "sqlite" else f"numeric({DIGITS_MAX}, {PLACES_MAX})"

    def get_internal_type(self) -> str:
        """Return the field's own name, so that no backend mistakes it for a float-backed decimal."""
        return "QuantityField"

    def to_python(self, value: Any) -> Decimal | None:
        """Return the exact number of a decimal, an integer or a text; refuse a float and what does not fit."""
        if value is None or value == "":
            return None
        try:
            return exact(value)
        except Refused as refused:
            faults = [refusal.translated(gettext) for refusal in refused.refusals]
            raise ValidationError(faults, code="inexact") from refused

    def get_prep_value(self, value: Any) -> Decimal | None:
        """Return the exact number to store or to compare with."""
        return self.to_python(super().get_prep_value(value))

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 (Django's signature)
    ) -> Any:
        """Return what the database driver takes: a Decimal, or on SQLite its encoded text."""
        number = value if prepared and isinstance(value, Decimal) else self.get_prep_value(value)
        if number is None or connection.vendor != "sqlite":
            return number
        return encoded(number)

    def from_db_value(self, value: Any, _expression: object, connection: BaseDatabaseWrapper) -> Decimal | None:
        """Return the exact number; a float here means that some SQL computed outside of `Total`."""
        if value is None:
            return None
        if connection.vendor == "sqlite":
            if not isinstance(value, str):
                message = f"SQLite computed {value!r} from quantities inexactly; sum them with kit.quantities.Total."
                raise TypeError(message)
            return decoded(value)
        number: Decimal = value
        return Decimal(plain(number))

    def value_to_string(self, obj: models.Model) -> str:
        """Return the digits, for serializers."""
        value = self.value_from_object(obj)
        return "" if value is None else plain(value)


class Total(Aggregate):
    """The exact sum of a quantity; null over no rows."""

    name = "Total"
    function = "SUM"
    output_field = QuantityField()

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        """Sum through the exact aggregate that every SQLite connection is taught."""
        return self.as_sql(compiler, connection, function="oce_total", **extra)


class Added(Func):
    """The exact sum of several quantities of one row; null where one of them is null."""

    arity = None
    arg_joiner = " + "
    template = "(%(expressions)s)"
    output_field = QuantityField()

    def __init__(self, *terms: Any, **extra: Any) -> None:
        """Take names of fields, expressions or Decimals."""
        numbers = (Value(each, output_field=QuantityField()) if isinstance(each, Decimal) else each for each in terms)
        super().__init__(*numbers, **extra)

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        """Add through the exact function that every SQLite connection is taught."""
        return self.as_sql(
            compiler,
            connection,
            template="%(function)s(%(expressions)s)",
            function="oce_added",
            arg_joiner=", ",
            **extra,
        )
