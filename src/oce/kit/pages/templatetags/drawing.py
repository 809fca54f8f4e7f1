"""Tags that draw: icons and pictures. Every template has them without loading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string

from oce.kit.pages import icons
from oce.kit.pages.pictures import Picture, with_others

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

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
def drawing(name: str) -> SafeString:
    """Return a small drawing for a place where nothing is yet: `{% drawing "shelf" %}`."""
    return render_to_string(f"kit/drawings/{name}.html")
