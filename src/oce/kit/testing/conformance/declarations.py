"""The battery's questions to the tables of an app: words of the vocabulary, names, sentences in any language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise

from oce.kit.properties import RecordProperty, properties_of
from oce.kit.records import Record
from oce.vf import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oce.kit.app import OceApp

# How Django names an index whose author did not.
NAMED_BY_DJANGO = re.compile(r".*_[0-9a-f]{4,8}_idx")


def records_of(app: OceApp) -> list[type[Record]]:
    """Return the record classes of an app."""
    return [model for model in app.get_models() if issubclass(model, Record)]


def test_every_table_says_what_a_row_is_called(app_under_test: OceApp) -> None:
    """Each model has a `__str__` of its own, and words for one and several that can be translated."""
    for model in app_under_test.get_models():
        assert model.__str__ is not models.Model.__str__, f"{model.__name__} needs a __str__."
        for said in (model._meta.verbose_name, model._meta.verbose_name_plural):  # noqa: SLF001 (Django's documented model API)
            assert isinstance(said, Promise), f"Write {said!r} of {model.__name__} as gettext_lazy(…)."


def test_every_constraint_and_index_has_a_name_that_tells_it(app_under_test: OceApp) -> None:
    """What the database refuses, it names; no name is made by a machine."""
    for model in app_under_test.get_models():
        options = model._meta  # noqa: SLF001 (Django's documented model API)
        assert not options.unique_together, f"Write unique_together of {model.__name__} as UniqueConstraint."
        nameless = [index.name for index in options.indexes if NAMED_BY_DJANGO.fullmatch(index.name or "")]
        assert nameless == [], f"Give the indexes of {model.__name__} names."


def test_every_property_is_of_the_vocabulary_or_explained(app_under_test: OceApp) -> None:
    """A word that the vocabulary does not have is listed as ours, and its help text says what it means."""
    faults = [
        fault for each in records_of(app_under_test) for one in properties_of(each) for fault in _faults(each, one)
    ]
    assert faults == []


def test_every_label_can_be_translated(app_under_test: OceApp) -> None:
    """No label, explanation or choice that people see is a bare string."""
    bare = [text for model in app_under_test.get_models() for text in _bare_texts(model)]
    assert bare == [], "Write these as gettext_lazy(…)."


def _faults(model: type[Record], each: RecordProperty) -> Iterator[str]:
    name = f"{model.__name__}.{each.name}"
    if not each.is_ours and each.term not in terms.PROPERTIES:
        yield f"{name}: {each.term} is no word of the vocabulary. Use its word, or list it in `ours`."
    if not each.gloss:
        yield f"{name} is ours: give it a help_text that says what it means."


def _bare_texts(model: type[models.Model]) -> Iterator[str]:
    name = model.__name__
    if issubclass(model, Record):
        yield from (f"{name}.{each.name}: {each.label}" for each in properties_of(model) if _is_bare(each.label))
    for field in model._meta.get_fields():  # noqa: SLF001 (Django's documented model API)
        if isinstance(field, models.Field):
            if _is_bare(field.help_text):
                yield f"{name}.{field.name}: {field.help_text}"
            yield from (f"{name}.{field.name}: {label}" for _, label in field.flatchoices if _is_bare(label))


def _is_bare(text: object) -> bool:
    return isinstance(text, str) and not isinstance(text, Promise) and any(map(str.isalpha, text))
