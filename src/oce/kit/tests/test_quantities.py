"""Quantities in the database equal Python's decimals: added, compared, ordered and summed, on any database."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, Max, Min, Sum
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from oce.kit.quantities import Added, QuantityField, Total, decoded, encoded
from oce.kit.records import record_model

LARGEST = Decimal("99999999999999999999.999999999999999999")
numbers = st.one_of(
    # Made from texts, since hypothesis' own decimals are rounded to the 28 digits of Python's default context.
    st.integers(min_value=1 - 10**38, max_value=10**38 - 1).map(lambda number: Decimal(f"{number}E-18")),
    st.integers(min_value=-(10**6), max_value=10**6).map(lambda number: Decimal(f"{number}E-3")),
    st.integers(min_value=1 - 10**20, max_value=10**20 - 1).map(Decimal),
    st.sampled_from(
        [Decimal(0), Decimal("-0"), Decimal("1E+19"), Decimal("1.50"), Decimal("1E-18"), LARGEST, LARGEST.copy_negate()]
    ),
)
in_database = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def places(db):
    """Rows that have exact quantities without meaning anything by them."""
    return record_model("spatial-thing")


def stored(places, values):
    places.objects.all().delete()
    places.objects.bulk_create(places(lat=value, long=value, alt=value) for value in values)
    return places.objects


def exactly(values) -> Decimal:
    with localcontext(Context(prec=100)):
        return sum(values, Decimal(0))


@given(numbers)
@example(LARGEST.copy_negate())
def test_encoding_loses_nothing(value):
    assert decoded(encoded(value)) == value


@given(numbers, numbers)
def test_encoded_texts_have_the_order_of_numbers(one, two):
    assert (encoded(one).encode() < encoded(two).encode()) == (one < two)
    assert (encoded(one) == encoded(two)) == (one == two)


@in_database
@given(st.lists(numbers, min_size=1, max_size=8))
def test_the_database_sums_and_orders_like_decimals(places, values):
    rows = stored(places, values)
    found = rows.aggregate(total=Total("alt"), least=Min("alt"), most=Max("alt"))
    assert found == {"total": exactly(values), "least": min(values), "most": max(values)}
    assert list(rows.order_by("alt").values_list("alt", flat=True)) == sorted(values)


@in_database
@given(st.lists(numbers, min_size=1, max_size=6), numbers)
def test_the_database_compares_like_decimals(places, values, bound):
    rows = stored(places, values)
    for lookup, is_so in {
        "lt": lambda value: value < bound,
        "lte": lambda value: value <= bound,
        "gt": lambda value: value > bound,
        "gte": lambda value: value >= bound,
        "exact": lambda value: value == bound,
    }.items():
        found = rows.filter(**{f"alt__{lookup}": bound}).values_list("alt", flat=True)
        assert sorted(found) == sorted(filter(is_so, values))
    assert rows.filter(alt__in=values).count() == len(values)
    assert rows.filter(alt__range=(bound, LARGEST)).count() == sum(value >= bound for value in values)


@in_database
@given(numbers, numbers, numbers)
def test_the_database_adds_columns_like_decimals(places, one, two, three):
    rows = stored(places, [one])
    rows.update(long=two, lat=two)
    added = rows.annotate(sum=Added("alt", F("long"), three)).get().sum
    assert added == exactly([one, two, three])


def test_nothing_is_summed_to_nothing(places):
    assert stored(places, []).aggregate(total=Total("alt")) == {"total": None}
    places.objects.create(name="without altitude")
    assert places.objects.aggregate(total=Total("alt")) == {"total": None}
    assert places.objects.annotate(sum=Added("alt", Decimal(1))).get().sum is None


def test_a_sum_by_group_is_exact(places):
    stored(places, [])
    for name in ("a", "b"):
        places.objects.bulk_create(places(name=name, alt=Decimal("0.1")) for _ in range(10))
    totals = places.objects.values("name").annotate(total=Total("alt")).order_by("name")
    assert [row["total"] for row in totals] == [Decimal(1), Decimal(1)]


def test_an_inexact_sum_is_noticed_on_sqlite(places):
    from django.db import connection

    rows = stored(places, [Decimal("0.1"), Decimal("0.2")])
    if connection.vendor != "sqlite":
        assert rows.aggregate(sum=Sum("alt"))["sum"] == Decimal("0.3")
        return
    with pytest.raises(TypeError, match="inexactly"):
        rows.aggregate(sum=Sum("alt"))


@pytest.mark.parametrize("value", [0.1, "zero", "NaN", "Infinity", "1e20", "0.0000000000000000001", "1e999999", True])
def test_what_is_not_an_exact_number_is_refused(value):
    with pytest.raises(ValidationError):
        QuantityField().to_python(value)


@pytest.mark.parametrize(("value", "expected"), [("", None), (None, None), ("3.50", "3.5"), (7, "7"), ("1e3", "1000")])
def test_texts_and_integers_are_read(value, expected):
    assert QuantityField().to_python(value) == (None if expected is None else Decimal(expected))


def test_a_quantity_is_serialized_in_plain_digits(places):
    field = places._meta.get_field("alt")
    assert field.value_to_string(places(alt=Decimal("1E+3"))) == "1000"
    assert field.value_to_string(places()) == ""
