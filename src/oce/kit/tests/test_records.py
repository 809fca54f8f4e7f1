"""Records have one address from birth and are found by it."""

from __future__ import annotations

import pytest

from oce.kit import records
from oce.kit.addresses import house_address
from oce.kit.identifiers import new_uid
from oce.kit.records import found_by_reference, read_uid, record_model, record_models
from oce.kit.testing.factories import agreement, person

pytestmark = pytest.mark.django_db


def test_identifiers_sort_by_their_birth():
    made = [new_uid() for _ in range(1000)]
    assert made == sorted(made)
    assert made[0].version == 7


def test_a_record_born_here_has_an_address_of_this_house():
    made = agreement()
    assert made.address == f"{house_address()}/agreement/{made.uid}"
    assert made.revision_id == f"{made.uid}:1"


def test_a_record_born_elsewhere_keeps_its_address():
    model = record_model("agreement")
    made = model.objects.create(name="theirs", iri="https://elsewhere.example/a/1")
    assert made.address == "https://elsewhere.example/a/1"
    found = found_by_reference(model, ["https://elsewhere.example/a/1", str(made.uid), "https://elsewhere.example/a/2"])
    assert found == {"https://elsewhere.example/a/1": made, str(made.uid): made}


def test_a_record_without_a_name_is_called_by_how_its_identifier_ends():
    model = record_model("agreement")
    made = model.objects.create()
    assert str(made) == f"agreement {made.uid.hex[-6:]}"
    assert str(model(note="Bread for hours\nof work")) == "Bread for hours"


@pytest.mark.parametrize(
    ("iri", "called"),
    [
        ("https://farm.example/lots/lot%207", "lot 7 (farm.example)"),
        ("https://farm.example/graph#e1", "e1 (farm.example)"),
        ("https://farm.example/", "https://farm.example/"),
        ("urn:isbn:1", "urn:isbn:1"),
    ],
)
def test_a_record_of_another_house_without_a_name_is_called_by_its_place_there(iri, called):
    assert str(record_model("agreement")(iri=iri)) == called


def test_a_record_is_found_by_whatever_means_it():
    made = agreement()
    references = [str(made.uid), made.address, made.revision_id, f" {made.address} ", made.uid.hex]
    assert found_by_reference(record_model("agreement"), references) == dict.fromkeys(references, made)


def test_a_record_of_another_class_is_not_found():
    assert found_by_reference(record_model("agreement"), [str(person().uid)]) == {}


@pytest.mark.parametrize("text", ["", "nonsense", "https://elsewhere.example/agreement/1", "urn:uuid:x"])
def test_what_is_no_identifier_is_none(text):
    assert read_uid(text) is None


def test_many_references_cost_two_queries_a_portion(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(records, "PORTION", 2)
    made = [str(agreement(str(number)).uid) for number in range(3)]
    with django_assert_num_queries(3):
        found = found_by_reference(record_model("agreement"), [*made, "https://elsewhere.example/1"])
    assert list(found) == made


def test_kinds_name_the_record_classes():
    kinds = [model.kind() for model in record_models()]
    assert len(kinds) == len(set(kinds))
    assert record_model("economic-event").vf_class == "EconomicEvent"
    assert record_model("unheard-of") is None
