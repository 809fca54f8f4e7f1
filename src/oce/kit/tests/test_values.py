"""What somebody wished is read into what the columns hold, or refused at its field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.kit import values
from oce.kit.records import record_model
from oce.kit.testing.factories import kind, organization, person, stage
from oce.kit.testing.notation import moment, quantity
from oce.vf.measures import Measure

pytestmark = pytest.mark.django_db


def read(word: str, given, *, is_new: bool = False):
    plain, refusals = values.read_values(record_model(word), given, is_new=is_new)
    return plain, [(each.code, each.field) for each in refusals]


@pytest.mark.parametrize(
    ("word", "name", "given", "expected"),
    [
        ("agent", "name", "  Ana ", "Ana"),
        ("agent", "note", None, ""),
        ("agent", "image", "https://example.org/ana.png", "https://example.org/ana.png"),
        ("agent", "classified_as", ["baker", "miller"], ["baker", "miller"]),
        ("agent", "classified_as", None, []),
        ("agent", "primary_location", None, None),
        ("spatial-thing", "lat", "1.5", Decimal("1.5")),
        ("spatial-thing", "lat", "", None),
        ("resource-specification", "default_unit_of_resource", "kg", "kilogram"),
        ("resource-specification", "default_unit_of_resource", "", ""),
        ("resource-specification", "substitutable", None, None),
        ("resource-specification", "medium_of_exchange", None, False),
        ("process", "finished", True, True),
        ("process", "has_end", moment("2026-01-01"), moment("2026-01-01")),
        ("economic-event", "resource_quantity", quantity("3 kg"), Measure(Decimal(3), "kilogram")),
        ("economic-event", "resource_quantity", None, None),
    ],
)
def test_values_are_read(word, name, given, expected):
    assert read(word, {name: given}) == ({name: expected}, [])


@pytest.mark.parametrize(
    ("word", "name", "given", "code"),
    [
        ("agent", "name", 7, "kit.wrong_kind"),
        ("agent", "name", "A\x00", "kit.wrong_kind"),
        ("agent", "name", "A\ud800", "kit.wrong_kind"),
        ("agent", "primary_location", "no\udcffwhere", "kit.unknown_record"),
        ("agent", "primary_location", "no\x00where", "kit.unknown_record"),
        ("agent", "name", "A" * 201, "kit.too_long"),
        ("agent", "note", "A" * 20_001, "kit.too_long"),
        ("agent", "image", "javascript:alert(1)", "kit.no_address"),
        ("agent", "image", "no address", "kit.no_address"),
        ("agent", "classified_as", "baker", "kit.wrong_kind"),
        ("agent", "classified_as", [3], "kit.wrong_kind"),
        ("agent", "classified_as", ["tag"] * 1001, "kit.too_many"),
        ("agent", "primary_location", "nowhere", "kit.unknown_record"),
        ("spatial-thing", "lat", 1.5, "measures.not_exact"),
        ("spatial-thing", "lat", "north", "measures.not_a_number"),
        ("spatial-thing", "lat", "1e30", "measures.out_of_bounds"),
        ("resource-specification", "default_unit_of_resource", "kilgram", "units.unknown"),
        ("resource-specification", "default_unit_of_resource", ["kg"], "kit.wrong_kind"),
        ("resource-specification", "medium_of_exchange", "yes", "kit.wrong_kind"),
        ("process", "has_end", moment("2026-01-01").replace(tzinfo=None), "kit.wrong_kind"),
        ("process", "has_end", "2026-01-01", "kit.wrong_kind"),
        ("economic-event", "resource_quantity", "3 kg", "kit.wrong_kind"),
        ("agent", "height", "2 m", "kit.not_settable"),
        ("agent", "revision", 7, "kit.not_settable"),
        ("process", "pending_combines", 7, "kit.not_settable"),
        ("agreement", "created", moment("2026-01-01"), "kit.not_settable"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(word, name, given, code):
    plain, refusals = read(word, {name: given})
    assert name not in plain
    assert [found for found, _ in refusals] == [code]
    assert refusals[0][1]


def test_references_are_looked_up_by_class_at_once(django_assert_num_queries):
    bakery, baking = organization(), stage()
    given = {"in_scope_of": str(bakery.uid), "based_on": baking.address, "planned_within": None}
    with django_assert_num_queries(2):
        plain, refusals = read("process", given)
    assert (plain, refusals) == ({"in_scope_of": bakery, "based_on": baking, "planned_within": None}, [])


def test_a_record_of_another_class_is_refused():
    assert read("process", {"in_scope_of": kind()})[1] == [("kit.unknown_record", "inScopeOf")]
    assert read("process", {"in_scope_of": str(stage().uid)})[1] == [("kit.unknown_record", "inScopeOf")]


def test_what_is_required_is_missed_when_it_is_left_out_or_empty():
    assert read("agent", {}, is_new=True)[1] == [("kit.missing", "agentClass"), ("kit.missing", "name")]
    assert read("agent", {"name": " ", "agent_class": "Person"}, is_new=True)[1] == [("kit.missing", "name")]
    assert read("agent", {"name": None})[1] == [("kit.missing", "name")]
    assert read("agent", {"note": "x"})[1] == []


def test_what_was_refused_is_not_missed_as_well():
    assert read("agent", {"name": 7, "agent_class": "Person"}, is_new=True)[1] == [("kit.wrong_kind", "name")]


def test_all_faults_are_told_at_once():
    found = read("agent", {"name": 7, "classified_as": "x", "height": 1, "primary_location": "y"})[1]
    assert sorted(code for code, _ in found) == [
        "kit.not_settable",
        "kit.unknown_record",
        "kit.wrong_kind",
        "kit.wrong_kind",
    ]


def test_a_fixed_property_is_set_once():
    ana = person()
    assert ana.agent_class == "Person"
    assert read("agent", {"agent_class": "Agent"})[1] == [("kit.not_settable", "agent_class")]
