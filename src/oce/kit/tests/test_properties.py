"""What a record consists of is read from its model."""

from __future__ import annotations

import pytest

from oce.kit.properties import Kind, columns_of, properties_of, property_of
from oce.kit.records import record_model, record_models


@pytest.mark.parametrize(
    ("word", "name", "kind"),
    [
        ("agent", "name", Kind.TEXT),
        ("agent", "note", Kind.LONG_TEXT),
        ("agent", "image", Kind.URI),
        ("agent", "agent_class", Kind.CHOICE),
        ("agent", "classified_as", Kind.TEXTS),
        ("agent", "primary_location", Kind.REFERENCE),
        ("spatial-thing", "lat", Kind.NUMBER),
        ("resource-specification", "medium_of_exchange", Kind.TRUTH),
        ("resource-specification", "default_unit_of_effort", Kind.UNIT),
        ("process", "has_end", Kind.MOMENT),
        ("economic-event", "resource_quantity", Kind.MEASURE),
        ("economic-event", "action", Kind.ACTION),
        ("economic-resource", "contained_in", Kind.REFERENCES),
    ],
)
def test_a_column_is_a_property_of_a_kind(word, name, kind):
    assert property_of(record_model(word), name).kind is kind


def test_what_is_hidden_is_no_property():
    assert property_of(record_model("process"), "pending_combines") is None
    assert property_of(record_model("economic-event"), "resource_quantity_unit") is None
    assert property_of(record_model("agent"), "uid") is None


def test_a_list_may_show_a_hidden_column():
    when, *rest = columns_of(record_model("economic-event"))
    assert (when.name, when.term, when.kind) == ("occurred_at", "occurredAt", Kind.MOMENT)
    assert all(each in properties_of(record_model("economic-event")) for each in rest)
    assert property_of(record_model("economic-event"), "occurred_at") is None


def test_a_reference_knows_what_it_points_at():
    found = property_of(record_model("process"), "in_scope_of")
    assert found.target is record_model("agent")
    assert (found.term, found.is_required, found.is_many) == ("inScopeOf", False, False)


def test_derived_properties_are_not_set_and_fixed_ones_not_changed():
    created = property_of(record_model("agreement"), "created")
    agent_class = property_of(record_model("agent"), "agent_class")
    assert (created.is_settable, created.is_changeable) == (False, False)
    assert (agent_class.is_settable, agent_class.is_changeable, agent_class.is_required) == (True, False, True)


def test_every_property_has_a_label_and_a_sentence():
    for model in record_models():
        for each in properties_of(model):
            assert str(each.label), f"{model.__name__}.{each.name} has no label."
            assert each.gloss, f"{model.__name__}.{each.name} has no gloss."
