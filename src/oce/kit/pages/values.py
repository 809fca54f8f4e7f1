"""How the value of a property looks on a page: always escaped, always exact."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oce.kit.action_labels import action_label
from oce.kit.actor import is_seen_by, onlooker
from oce.kit.measures import in_words, unit_in_words
from oce.kit.numerals import in_digits
from oce.kit.pages.navigation import record_url
from oce.kit.properties import Kind, RecordProperty, properties_of
from oce.kit.records import UNSHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from oce.kit.records import Record
    from oce.vf.measures import Measure

NOTHING = mark_safe('<span class="nothing" aria-hidden="true">–</span>')


def moment_text(moment: datetime) -> str:
    """Return the moment in the zone of whoever looks: `23 Nov 2026, 14:17`."""
    return date_format(localtime(moment), pgettext("format of a moment", "j M Y, H:i"))


def shown_moment(moment: datetime) -> SafeString:
    """Return the moment as an element that programs can read to the microsecond."""
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), moment_text(moment))


def linked(record: Record, text: str | None = None) -> SafeString:
    """Return a link to the record's page, with the shape of its class; of what may not be seen, that it is not shared."""
    if not is_seen_by(onlooker(), record):
        return format_html('<span class="unshared">{}</span>', _(UNSHARED))
    return format_html('<a class="to {}" href="{}">{}</a>', record.kind(), record_url(record), text or name_of(record))


def name_of(record: Record) -> str:
    """Return what to call a record: its own words, or the end of its address where it has none yet."""
    return record.in_full().strip() or _("without a name ({ending})").format(ending=str(record.uid)[-6:])


def shown(record: Record, each: RecordProperty) -> SafeString:
    """Return one property of a record as it stands on a page."""
    return shown_value(each, held(record, each))


def held(record: Record, each: RecordProperty) -> Any:
    """Return the value of a property; of a list of references, the records."""
    value = getattr(record, each.name)
    return list(value.all()) if each.kind is Kind.REFERENCES else value


def is_empty(value: object) -> bool:
    """Return whether there is nothing to show; zero and no are something."""
    return value is None or (isinstance(value, str | list) and not value)


def shown_value(each: RecordProperty, value: Any) -> SafeString:
    """Return a value of the property's kind as it stands on a page."""
    if is_empty(value):
        return NOTHING
    return _SHOWN.get(each.kind, _text)(each, value)


def filled(record: Record) -> Iterator[tuple[RecordProperty, SafeString]]:
    """Yield the properties of a record that have a value, with the value as it stands on a page."""
    for each in properties_of(type(record)):
        value = held(record, each)
        if not is_empty(value):
            yield each, shown_value(each, value)


def _text(_each: RecordProperty, value: Any) -> SafeString:
    return format_html("{}", value)


def _long(_each: RecordProperty, value: str) -> SafeString:
    if _is_web_address(value):
        return _address(_each, value)
    return SafeString(linebreaks(value, autoescape=True))


def _is_web_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and not any(letter.isspace() for letter in text)


def _address(_each: RecordProperty, value: str) -> SafeString:
    if not _is_web_address(value):
        return format_html("{}", value)
    return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', value, value)


def _truth(_each: RecordProperty, value: bool) -> SafeString:  # noqa: FBT001 (the value itself)
    return format_html("{}", _("yes") if value else _("no"))


def _number(_each: RecordProperty, value: Decimal) -> SafeString:
    return format_html('<span class="number">{}</span>', in_digits(value))


def _measure(_each: RecordProperty, value: Measure) -> SafeString:
    sign = "below-zero " if value.value < 0 else ""
    return format_html('<span class="{}number">{}</span>', sign, in_words(value))


def _choice(each: RecordProperty, value: str) -> SafeString:
    return format_html("{}", dict(each.choices).get(value, value))


def _action(_each: RecordProperty, value: str) -> SafeString:
    return format_html('<span class="action">{}</span>', action_label(value))


def _texts(each: RecordProperty, value: list[str]) -> SafeString:
    return format_html_join(" ", '<span class="tag">{}</span>', ((_address(each, str(one)),) for one in value))


def _references(_each: RecordProperty, value: list[Record]) -> SafeString:
    return format_html_join(", ", "{}", ((linked(one),) for one in value))


_SHOWN: dict[Kind, Callable[[RecordProperty, Any], SafeString]] = {
    Kind.LONG_TEXT: _long,
    Kind.URI: _address,
    Kind.TRUTH: _truth,
    Kind.NUMBER: _number,
    Kind.MOMENT: lambda _each, value: shown_moment(value),
    Kind.MEASURE: _measure,
    Kind.UNIT: lambda _each, value: format_html("{}", unit_in_words(value) or _("pieces")),
    Kind.CHOICE: _choice,
    Kind.ACTION: _action,
    Kind.TEXTS: _texts,
    Kind.REFERENCE: lambda _each, value: linked(value),
    Kind.REFERENCES: _references,
}
