"""The icons of the house: outlines of one set (Lucide), drawn into the page so that they take its colours."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

FOLDER = "vendor/lucide-static"
# These point the way one reads, and turn round where one reads from the right.
TURNING = frozenset(
    {"arrow-left", "arrow-right", "arrow-up-right", "chevron-left", "chevron-right", "list-tree", "log-in", "log-out"}
    | {"move-right", "undo-2", "rotate-ccw", "external-link", "share-2"}
)
_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class UnknownIconError(LookupError):
    """An icon is named that is not among the listed files of the set."""


@cache
def shapes(name: str) -> SafeString:
    """Return the shapes of an icon as SVG, without its frame."""
    path = finders.find(f"{FOLDER}/{name}.svg")
    found = _SHAPES.search(Path(path).read_text(encoding="utf-8")) if path else None
    if found is None:
        raise UnknownIconError(f"There is no icon {name}: list icons/{name}.svg of lucide-static in pyproject.toml.")
    return mark_safe(" ".join(found[1].split()))  # noqa: S308 (a file of ours, named by a template of ours)


@cache
def icon(name: str, words: str = "") -> SafeString:
    """Return an icon: hidden from those who listen, or named by `words` where it stands alone."""
    named = format_html('role="img" aria-label="{}"', words) if words else mark_safe('aria-hidden="true"')
    turns = " turns" if name in TURNING else ""
    return format_html('<svg class="icon{}" viewBox="0 0 24 24" {}>{}</svg>', turns, named, shapes(name))
