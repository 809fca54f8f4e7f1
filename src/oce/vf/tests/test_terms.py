"""The words of the standard are all there, and fit together."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from oce.vf import terms
from oce.vf.actions import ACTIONS
from oce.vf.terms import CLASSES, ENUMERATIONS, INDIVIDUALS, PROPERTIES


def test_the_whole_vocabulary_is_there() -> None:
    assert (len(CLASSES), len(PROPERTIES), len(ENUMERATIONS)) == (26, 111, 11)
    assert {name for name, each in INDIVIDUALS.items() if "Action" in each.types} == set(ACTIONS)


def test_properties_and_classes_agree() -> None:
    for name, property_ in PROPERTIES.items():
        for owner in property_.domain:
            assert name in CLASSES[owner].properties, (owner, name)
    for name, each in CLASSES.items():
        for property_name in each.properties:
            assert any(terms.is_a(name, owner) for owner in PROPERTIES[property_name].domain), (name, property_name)


def test_inverses_are_mutual() -> None:
    pairs = {frozenset((name, each.inverse)) for name, each in PROPERTIES.items() if each.inverse}
    assert len(pairs) == 15
    assert all(PROPERTIES[PROPERTIES[name].inverse or ""].inverse == name for pair in pairs for name in pair)


def test_objects_point_at_classes_and_texts_do_not() -> None:
    outside = {"geosparql:Geometry"}
    known = set(CLASSES) | set(ENUMERATIONS) | outside
    assert all(set(each.range) <= known for each in PROPERTIES.values() if each.is_object)
    assert not any(set(each.range) & set(CLASSES) for each in PROPERTIES.values() if not each.is_object)


@pytest.mark.parametrize("name", ["state", "classifiedAs", "resourceClassifiedAs", "processClassifiedAs"])
def test_state_and_classifications_are_text(name: str) -> None:
    assert not PROPERTIES[name].is_object, "D7"


def test_a_person_inherits_what_an_agent_has() -> None:
    assert "primaryLocation" in CLASSES["Person"].properties
    assert terms.is_a("Person", "Agent")
    assert not terms.is_a("Agent", "Person")


def test_intents_may_be_independent_demand() -> None:
    assert "Intent" in PROPERTIES["independentDemandOf"].domain, "D11"


def test_only_action_and_label_are_required() -> None:
    assert {name for name, each in PROPERTIES.items() if each.is_required} == {"action", "label"}


def test_every_word_has_a_gloss() -> None:
    for words in (CLASSES, PROPERTIES, ENUMERATIONS, INDIVIDUALS):
        assert all(each.gloss for each in words.values())


@pytest.mark.parametrize(
    "name", ["resourceQuantity", "resource_quantity", "vf:resourceQuantity", terms.iri("resourceQuantity")]
)
def test_a_gloss_is_found_however_the_word_is_written(name: str) -> None:
    assert terms.gloss(name) == PROPERTIES["resourceQuantity"].gloss


def test_a_word_of_no_standard_has_no_gloss() -> None:
    with pytest.raises(KeyError):
        terms.gloss("budget")


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_python_spelling_can_be_undone(name: str) -> None:
    assert terms.camel(terms.snake(name)) == name


@pytest.mark.parametrize(
    ("name", "spelled"),
    [("EconomicEvent", "economic-event"), ("Agent", "agent"), ("BatchLotRecord", "batch-lot-record")],
)
def test_addresses_spell_classes_with_hyphens(name: str, spelled: str) -> None:
    assert terms.kebab(name) == spelled


def test_the_namespace_is_written_with_https_and_read_with_http_too() -> None:
    assert terms.iri("produce") == "https://w3id.org/valueflows/ont/vf#produce"
    assert terms.canonical_iri("http://w3id.org/valueflows/ont/vf#produce") == terms.iri("produce")
    assert terms.canonical_iri("https://example.org/x") == "https://example.org/x"


def test_the_context_knows_every_word() -> None:
    context = json.loads(files("oce.vf").joinpath("data/context.jsonld").read_text("utf-8"))["@context"]
    assert {*CLASSES, *PROPERTIES, *INDIVIDUALS} <= set(context)
    assert context["@vocab"] == terms.VF
