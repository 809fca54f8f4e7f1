"""Whatever a record says, its document says, and reading the document says it again, to the last digit."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oce.kit.jsonld.descriptions import Ref, descriptions
from oce.kit.jsonld.documents import as_text, written
from oce.kit.jsonld.expansion import expanded
from oce.kit.jsonld.reading import read
from oce.kit.jsonld.texts import Source, read_text
from oce.kit.properties import property_of
from oce.kit.records import record_model
from oce.vf.measures import Measure

pytestmark = pytest.mark.django_db
patient = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)

numbers = st.decimals(min_value=-(10**19), max_value=10**19, places=18)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=200)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=st.one_of(st.just(UTC), zones))


def read_again(kind, name, value):
    """Return what reading a document gives for a property that was written as `value`."""
    model = record_model(kind)
    each = property_of(model, name)
    document = {"@id": "https://x.example/1", "@type": model.vf_class, each.term: written(each, value)}
    source = Source("doc.json", as_text(document).encode())
    told = read(descriptions(expanded(source, read_text(source))), zone=UTC, skip_unknown=False).told
    found = told["https://x.example/1"]
    return {**found.values, **found.given}[name]


@patient
@given(numbers)
def test_numbers(value: Decimal):
    assert read_again("spatial-thing", "lat", value) == value


@patient
@given(numbers, st.sampled_from(["kilogram", "one", "hour", "litre", "metre"]))
def test_measures(value: Decimal, unit: str):
    assert read_again("economic-event", "resource_quantity", Measure(value, unit)) == Measure(value, unit)


@patient
@given(texts)
def test_texts(value: str):
    assert read_again("agreement", "note", value) == value


@patient
@given(st.lists(texts, min_size=1, max_size=5))
def test_lists_of_texts(value: list[str]):
    assert read_again("process", "classified_as", value) == value


@patient
@given(moments)
def test_moments(value):
    assert read_again("economic-event", "has_point_in_time", value) == value


@patient
@given(st.uuids())
def test_references(uid):
    agent = record_model("agent")(uid=uid)
    assert read_again("economic-event", "provider", agent) == Ref(agent.address)
