"""The index of words: found whatever the accents and capitals, kept without anybody keeping it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from oce.kit import words
from oce.kit.records import record_model, record_models
from oce.kit.testing.factories import agreement
from oce.kit.words import WORDS_MAX, holding, words_in

pytestmark = pytest.mark.django_db


def found(text, **options):
    model = record_model("agreement")
    return [each.name for each in model.every().filter(holding(model, text, **options))]


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("Bäckerei L-7", ["backerei", "l", "7"]),
        ("  jam_jar, 3kg! ", ["jam", "jar", "3kg"]),
        ("ПЛУГ", ["плуг"]),
        ("*\"' OR 1=1 --", ["or", "1", "1"]),
        ("—…", []),
        ("a " * 50, ["a"] * WORDS_MAX),
    ],
)
def test_words_are_letters_and_digits_without_accents(typed, sought):
    assert words_in(typed) == sought


@pytest.mark.parametrize(
    "text", ["backerei", "BÄCK", "bäckerei", "l-7", "7 L", "Bäckerei, Lot L-7", "mehl", "Säcke", "плуг", 'bäck* "l']
)
def test_a_record_is_found_by_the_beginnings_of_its_words(text):
    agreement("Bäckerei, Lot L-7: 12 Säcke Mehl (Плуг)")
    agreement("Garden")
    assert found(text) == ["Bäckerei, Lot L-7: 12 Säcke Mehl (Плуг)"]


@pytest.mark.parametrize("text", ["ackerei", "bäckerei garden", "77", "", "%", "_", "*", "'"])
def test_what_holds_not_all_of_the_words_is_not_found(text):
    agreement("Bäckerei L-7")
    agreement("Garden")
    assert found(text) == []


def test_the_index_follows_changes_and_deletions():
    made, other = agreement("Bread"), agreement("")
    made.name = "Wine"
    made.save()
    assert (found("bread"), found("wine")) == ([], ["Wine"])
    other.name = "Winter"
    other.save()
    made.delete()
    assert found("win") == ["Winter"]
    other.name = ""
    other.save()
    assert found("win") == []


def test_of_many_the_newest_are_enough():
    for number in range(5):
        agreement(f"Jam {number}")
    assert found("jam", newest=2) == ["Jam 3", "Jam 4"]


def test_every_class_that_is_searched_has_an_index_that_answers():
    searched = [model for model in record_models() if model.searched]
    assert len(searched) > 10
    for model in searched:
        assert list(model.every().filter(holding(model, "no such word anywhere"))) == []


def test_the_index_is_made_anew_of_what_is_there_when_it_is_lost_or_of_other_columns(monkeypatch):
    model = record_model("agreement")
    model.objects.create(name="Bread", note="for hours")
    connection.check_constraints()  # PostgreSQL indexes no table with checks to be made at the end
    monkeypatch.setattr(model, "searched", ("note",))
    words.keep_index(apps.get_app_config(model._meta.app_label))
    assert (found("bread"), found("hours")) == ([], ["Bread"])
    monkeypatch.undo()
    words.keep_index(apps.get_app_config(model._meta.app_label))
    assert (found("bread"), found("hours")) == (["Bread"], ["Bread"])


def test_an_index_that_is_up_to_date_is_left_alone(django_assert_max_num_queries):
    app = apps.get_app_config(record_model("agreement")._meta.app_label)
    with django_assert_max_num_queries(7):
        words.keep_index(app)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="On PostgreSQL a table keeps its index.")
def test_a_table_that_a_migration_rebuilt_gets_its_triggers_again():
    model = record_model("agreement")
    with connection.cursor() as cursor:
        for name in words._triggers(model):
            cursor.execute(f'DROP TRIGGER "{name}"')
    agreement("Bread")
    assert found("bread") == []
    words.keep_index(apps.get_app_config(model._meta.app_label))
    assert found("bread") == ["Bread"]
