"""One search over everything: by class, the likeliest first, only what the reader may see."""

from __future__ import annotations

import pytest

from oce.kit.actor import STRANGER
from oce.kit.records import record_model
from oce.kit.search import LOOKED_AT_MAX, SHOWN_MAX, found, sought_classes, the_one
from oce.kit.testing import factories
from oce.kit.testing.notation import refused

pytestmark = pytest.mark.django_db


def names(all_found):
    return {each.model.vf_class: [str(record) for record in each.records] for each in all_found}


def test_what_is_found_is_told_by_class(actor):
    factories.agreement("Jam for work")
    factories.organization("Jam Makers")
    factories.kind("Strawberry jam")
    factories.person("Ana")
    assert names(found(actor, "jam")) == {
        "Agent": ["Jam Makers"],
        "ResourceSpecification": ["Strawberry jam"],
        "Agreement": ["Jam for work"],
    }


def test_what_is_called_so_comes_first_then_what_begins_so_then_the_newest(actor):
    for name in ("Our jam", "Jam", "Jamboree", "Plum jam"):
        factories.kind(name)
    assert names(found(actor, "jam")) == {"ResourceSpecification": ["Jam", "Jamboree", "Plum jam", "Our jam"]}


def test_a_code_that_one_thing_carries_leads_to_it(actor):
    lot = record_model("batch-lot-record").objects.create(batch_lot_code="L-7")
    record_model("batch-lot-record").objects.create(batch_lot_code="L-70")
    only = found(actor, "L-70")
    assert the_one(only).batch_lot_code == "L-70"
    assert the_one(found(actor, "l-7")) is None
    assert lot in found(actor, "l-7")[0].records


@pytest.mark.parametrize("reference", ["uid", "address", "revision_id"])
def test_an_identifier_or_an_address_leads_to_its_record(actor, reference):
    made = factories.agreement("Jam for work")
    assert the_one(found(actor, f" {getattr(made, reference)} ")) == made


def test_an_identifier_of_nothing_finds_nothing(actor):
    assert found(actor, "0190a000-0000-7000-8000-000000000000") == []


def test_nobody_finds_what_they_may_not_see():
    made = factories.agreement("Jam for work")
    assert found(STRANGER, "jam") == []
    assert found(STRANGER, str(made.uid)) == []


def test_more_than_is_shown_is_said(actor):
    for number in range(SHOWN_MAX + 1):
        factories.kind(f"Jam {number}")
    (group,) = found(actor, "jam")
    assert (len(group.records), group.has_more) == (SHOWN_MAX, True)


def test_of_a_word_that_very_many_hold_the_newest_are_looked_at(actor):
    kinds = record_model("resource-specification")
    kinds.objects.create(name="Jam")
    kinds.objects.bulk_create(kinds(name=f"Jam {number}") for number in range(LOOKED_AT_MAX))
    assert names(found(actor, "jam", 1)) == {"ResourceSpecification": [f"Jam {LOOKED_AT_MAX - 1}"]}


@pytest.mark.parametrize("text", ["", "  ", "—", "%", "'"])
def test_without_words_nothing_is_looked_for(actor, text, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert found(actor, text) == []


def test_a_book_is_no_question(actor):
    with refused("search.too_long"):
        found(actor, "x" * 10_000)


def test_each_class_is_one_question(actor, django_assert_num_queries):
    for number in range(20):
        factories.kind(f"Jam {number}")
        factories.person(f"Jam {number}")
    with django_assert_num_queries(len(sought_classes())):
        found(actor, "jam")
