"""Classes and columns of tables in words for the screen, with the standard's terms for those who want to know."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from oce.kit.jsonld.classes import DocumentClass, document_classes
from oce.kit.properties import property_of
from oce.kit.records import Record

# How columns of a measure are called beside the name of the property: its number, and its unit.
_VALUE, _UNIT = "_value", "_unit"


@dataclass(frozen=True, slots=True)
class Said:
    """Something with a name in the standard: that name, and the words that people read."""

    term: str
    words: str


def classes_in_words() -> list[Said]:
    """Return the classes that rows of a table may be, by their words."""
    found = (Said(name, class_in_words(name)) for name in document_classes())
    return sorted(found, key=lambda each: each.words.casefold())


def class_in_words(name: str) -> str:
    """Return what one record of a class is called: `entry` for EconomicEvent, `person` for Person."""
    of = document_classes()[name]
    implied = _implied_choice(of)
    return implied or str(of.model._meta.verbose_name)  # noqa: SLF001 (Django's documented model API)


def column_in_words(model: type[Record], name: str) -> str:
    """Return what a column of a table is called: the label of its property, and of a measure which part of it."""
    each = property_of(model, name)
    if each is not None:
        return capfirst(str(each.label))
    for ending, said in ((_VALUE, _("{label}: number")), (_UNIT, _("{label}: unit"))):
        measure = property_of(model, name.removesuffix(ending)) if name.endswith(ending) else None
        if measure is not None:
            return said.format(label=capfirst(str(measure.label)))
    return name.replace("_", " ")


def _implied_choice(of: DocumentClass) -> str:
    """Return the words of the choice that the name of a class stands for, where it stands for one."""
    for name, value in of.implied.items():
        each = property_of(of.model, name)
        words = dict(each.choices).get(value) if each is not None and isinstance(value, str) else None
        if words is not None:
            return str(words)
    return ""
