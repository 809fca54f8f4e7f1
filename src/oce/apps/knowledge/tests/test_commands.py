"""Wishes to the catalogue: what they change and what they refuse."""

from __future__ import annotations

import pytest

from oce.apps.knowledge import commands
from oce.apps.knowledge.models import Classification, ResourceSpecification, Unit
from oce.kit.measures import known_unit
from oce.kit.testing.factories import kind, process, stage, unit
from oce.kit.testing.notation import refused

pytestmark = pytest.mark.django_db


def test_a_kind_of_resource_keeps_its_units_by_their_identifiers(actor):
    flour = commands.make_resource_specification(
        actor,
        {"name": "flour", "default_unit_of_resource": "kg", "default_unit_of_effort": "om2:hour", "image_list": []},
    )
    assert (flour.default_unit_of_resource, flour.default_unit_of_effort) == ("kilogram", "hour")
    assert (flour.medium_of_exchange, flour.substitutable) == (False, None)


def test_an_unknown_unit_is_refused_and_nothing_is_written(actor):
    with refused("units.unknown"):
        commands.make_resource_specification(actor, {"name": "flour", "default_unit_of_resource": "kilgram"})
    assert not ResourceSpecification.objects.exists()


def test_what_is_left_out_stays_and_none_erases(actor):
    flour = kind("flour", substitutable=True, resource_classified_as=["food", "grain"], note="fine")
    flour = commands.change_resource_specification(actor, flour, flour.revision_id, {"substitutable": None})
    assert (flour.substitutable, flour.note, flour.resource_classified_as) == (None, "fine", ["food", "grain"])
    flour = commands.change_resource_specification(
        actor, flour, flour.revision_id, {"resource_classified_as": ["food"], "note": None}
    )
    assert (flour.note, flour.resource_classified_as) == ("", ["food"])
    commands.delete_resource_specification(actor, flour, flour.revision_id)
    assert not ResourceSpecification.objects.exists()


def test_a_picture_is_an_address_that_no_browser_runs(actor):
    with refused("kit.no_address"):
        commands.make_resource_specification(actor, {"name": "flour", "image": "javascript:alert(1)"})
    with refused("kit.no_address"):
        commands.make_resource_specification(actor, {"name": "flour", "image_list": ["flour.jpg"]})
    flour = kind("flour", image="https://example.org/flour.jpg", image_list=["ipfs://flour"])
    assert flour.image == "https://example.org/flour.jpg"


def test_a_kind_of_process_that_is_used_is_not_deleted(actor):
    baking = stage("baking")
    baking = commands.change_process_specification(actor, baking, baking.revision_id, {"note": "hot"})
    process("Saturday", based_on=baking)
    with refused("kit.still_used"):
        commands.delete_process_specification(actor, baking, baking.revision_id)


def test_an_unused_kind_of_process_is_deleted(actor):
    baking = commands.make_process_specification(actor, {"name": "baking"})
    commands.delete_process_specification(actor, baking, baking.revision_id)
    assert baking.__class__.objects.count() == 0


def test_a_unit_of_the_house_counts_things(actor):
    commands.make_unit(actor, {"identifier": "loaf", "label": "loaf of bread", "symbol": "lf"})
    assert known_unit("lf").identifier == "loaf"
    assert kind("bread", unit="loaf of bread").default_unit_of_resource == "loaf"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"identifier": "big loaf", "label": "big"}, "knowledge.unit_with_a_space"),
        ({"identifier": "loaf", "label": "loaf", "symbol": "kg"}, "knowledge.unit_word_taken"),
        ({"identifier": "loaf", "label": "loaf", "om_unit_identifier": "urn:loaf"}, "knowledge.unknown_standard_unit"),
        ({"identifier": "loaf", "label": ""}, "kit.missing"),
    ],
)
def test_a_misleading_unit_is_refused(actor, values, code):
    with refused(code):
        commands.make_unit(actor, values)
    assert not Unit.objects.exists()


def test_two_units_do_not_share_a_short_name(actor):
    unit("loaf")
    with refused("kit.taken"):
        commands.make_unit(actor, {"identifier": "loaf", "label": "another loaf"})


def test_the_house_hears_of_new_words_for_a_unit(actor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        kilo = commands.make_unit(actor, {"identifier": "kilogram", "label": "Kilo", "symbol": "kg"})
    assert known_unit("kg").label == "Kilo"
    with django_capture_on_commit_callbacks(execute=True):
        kilo = commands.change_unit(actor, kilo, kilo.revision_id, {"label": "Kilogramm"})
    assert known_unit("om2:kilogram").label == "Kilogramm"
    with django_capture_on_commit_callbacks(execute=True):
        commands.delete_unit(actor, kilo, kilo.revision_id)
    assert known_unit("kilogram").label == "kilogram"


def test_a_unit_keeps_its_short_name(actor):
    loaf = unit("loaf")
    with refused("kit.not_settable"):
        commands.change_unit(actor, loaf, loaf.revision_id, {"identifier": "bread"})


def test_a_unit_in_which_something_is_counted_is_not_deleted(actor):
    loaf = unit("loaf")
    bread = kind("bread", unit="loaf")
    with refused("knowledge.unit_used"):
        commands.delete_unit(actor, loaf, loaf.revision_id)
    commands.delete_resource_specification(actor, bread, bread.revision_id)
    commands.delete_unit(actor, loaf, loaf.revision_id)
    assert not Unit.objects.exists()


def test_tags_stand_under_each_other_without_circles(actor):
    food = commands.make_classification(actor, {"name": "Food", "term": "food"})
    bread = commands.make_classification(actor, {"name": "Bread", "term": "bread", "broader": food})
    with refused("knowledge.circle_of_tags"):
        commands.change_classification(actor, food, food.revision_id, {"broader": bread})
    with refused("knowledge.circle_of_tags"):
        commands.change_classification(actor, food, food.revision_id, {"broader": food})
    with refused("kit.still_used"):
        commands.delete_classification(actor, food, food.revision_id)
    bread = commands.change_classification(actor, bread, bread.revision_id, {"broader": None})
    commands.delete_classification(actor, food, food.revision_id)
    assert list(Classification.objects.all()) == [bread]


def test_two_tags_do_not_share_a_term(actor):
    commands.make_classification(actor, {"name": "Food", "term": "food"})
    bread = commands.make_classification(actor, {"name": "Bread", "term": "bread"})
    with refused("kit.taken"):
        commands.change_classification(actor, bread, bread.revision_id, {"term": "food"})
    bread = commands.change_classification(actor, bread, bread.revision_id, {"term": "bread", "note": "of all kinds"})
    assert bread.note == "of all kinds"
