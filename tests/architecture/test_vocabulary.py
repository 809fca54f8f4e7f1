"""The tables are derived from the vocabulary: names, targets and numbers of their properties are its own."""

from __future__ import annotations

import pytest

from oce.kit.properties import Kind, properties_of
from oce.kit.records import record_models
from oce.vf import terms

RECORDS = list(record_models())
OF_THE_VOCABULARY = [model for model in RECORDS if model.vf_class in terms.CLASSES]
BUILT = {model.vf_class for model in OF_THE_VOCABULARY}
STORED = {each.term for model in RECORDS for each in properties_of(model)}
RELATIONS = {Kind.REFERENCE, Kind.REFERENCES}

every_record = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.vf_class)
every_class = pytest.mark.parametrize("model", OF_THE_VOCABULARY, ids=lambda model: model.vf_class)


def words_of(model):
    """Return the properties that the vocabulary gives to a record's class, and to those kept in the same table."""
    classes = [each for each in terms.CLASSES.values() if terms.is_a(each.name, model.vf_class)]
    return {name for each in classes for name in each.properties}


def fits(target, classes):
    """Say whether a table holds records of one of the classes: the table of agents holds persons."""
    return any(terms.is_a(target, each) or terms.is_a(each, target) for each in classes)


def is_built(word):
    """Say whether everything that a word needs exists: data always, a reference when a class it points at is built."""
    return not word.is_object or any(fits(target, word.range) for target in BUILT)


@every_class
def test_a_property_belongs_to_the_class_that_the_vocabulary_gives_it_to(model):
    strange = [each.name for each in properties_of(model) if not each.is_ours and each.term not in words_of(model)]
    assert strange == []


@every_class
def test_what_is_listed_as_ours_is_not_in_the_vocabulary(model):
    assert [each.name for each in properties_of(model) if each.is_ours and each.term in words_of(model)] == []


@every_record
def test_what_is_listed_as_ours_is_there(model):
    assert set(model.ours) <= {each.name for each in properties_of(model)}


@every_record
def test_a_reference_points_at_a_class_in_the_range_of_its_property(model):
    for each in properties_of(model):
        if each.kind in RELATIONS and not each.is_ours:
            assert each.target is not None
            assert fits(each.target.vf_class, terms.PROPERTIES[each.term].range), each.name


@every_record
def test_a_property_holds_as_many_values_as_the_vocabulary_says(model):
    words = {each.name: terms.PROPERTIES[each.term].is_many for each in properties_of(model) if not each.is_ours}
    assert {each.name: each.is_many for each in properties_of(model) if not each.is_ours} == words


@every_class
def test_no_property_whose_classes_are_built_is_missing(model):
    absent = words_of(model) - {each.term for each in properties_of(model)}
    built = [terms.PROPERTIES[name] for name in absent if is_built(terms.PROPERTIES[name])]
    assert [word.name for word in built if word.inverse not in STORED] == [], "Neither it nor its inverse is stored."
