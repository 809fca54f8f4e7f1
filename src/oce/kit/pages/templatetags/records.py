"""Filters and tags for pages about records: `{% load records %}`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django import template
from django.utils.text import capfirst

from oce.kit.measures import in_words
from oce.kit.numerals import in_digits
from oce.kit.pages import values

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from oce.kit.properties import RecordProperty
    from oce.kit.records import Record
    from oce.vf.measures import Measure

register = template.Library()


@register.filter
def shown(record: Record, each: RecordProperty) -> SafeString:
    """Return one property of a record as it stands on a page."""
    return values.shown(record, each)


@register.filter
def linked(record: Record) -> SafeString:
    """Return a link to the record's page, by its name."""
    return values.linked(record)


@register.filter
def named(record: Record) -> str:
    """Return what to call a record."""
    return values.name_of(record)


@register.filter
def plural(model: type[Record]) -> str:
    """Return the word for several records of the class."""
    return capfirst(str(model._meta.verbose_name_plural))  # noqa: SLF001 (Django's documented model API)


@register.filter
def singular(model: type[Record]) -> str:
    """Return the word for one record of the class."""
    return str(model._meta.verbose_name)  # noqa: SLF001


@register.filter
def label(each: RecordProperty) -> str:
    """Return the words of a property for the head of a column or row."""
    return capfirst(str(each.label))


@register.filter
def moment(value: datetime) -> SafeString:
    """Return a moment by the viewer's clock."""
    return values.shown_moment(value)


@register.filter
def measure(value: Measure | None) -> str:
    """Return a measure to its last digit, with its unit."""
    return "" if value is None else in_words(value)


@register.filter
def digits(count: int) -> str:
    """Return how many there are as the reader's language writes it: `1,884`."""
    return in_digits(Decimal(count))


@register.filter
def first_words(record: Record, each: RecordProperty) -> str:
    """Return the text of the link in a first column of words: these, or what to call the record where it has none."""
    value: str = values.held(record, each)
    return value or values.name_of(record)
