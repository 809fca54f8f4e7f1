"""Tags that draw: icons and pictures. Every template has them without loading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html

from oce.kit.pages import icons
from oce.kit.pages.pictures import Picture, with_others
from oce.kit.pages.values import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.utils.safestring import SafeString

    from oce.kit.records import Record

register = template.Library()


@register.simple_tag
def icon(name: str, words: str = "") -> SafeString:
    """Return an icon: `{% icon "plus" %}`, or with words where nothing beside it says what it means."""
    return icons.icon(name, str(words))


@register.inclusion_tag("kit/picture.html")
def picture(drawn: Picture) -> dict[str, Any]:
    """Return a picture with its table and ways to take it along."""
    return {"picture": with_others(drawn)}


@register.simple_tag
def avatar(record: Record, portraits: Mapping[UUID, str] | None, size: str = "") -> SafeString:
    """Return the picture of somebody beside their name, or the first letter where there is none: round for people.

    `portraits` is what `oce.kit.pages.portraits` found; `size` may be `large`.
    """
    words = f"avatar {size}" if size else "avatar"
    if record.vf_type != "Person":
        words += " is-group"
    address = (portraits or {}).get(record.uid)
    shape = '<img src="{}" alt="" width="40" height="40" loading="lazy">'
    inside = format_html(shape, address) if address else name_of(record)[:1]
    return format_html('<span class="{}" aria-hidden="true">{}</span>', words, inside)


@register.simple_tag
def drawing(name: str) -> SafeString:
    """Return a small drawing for a place where nothing is yet: `{% drawing "shelf" %}`."""
    return render_to_string(f"kit/drawings/{name}.html")
