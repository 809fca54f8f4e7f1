"""The way around the house: one section per app, with its records and whatever else the app's `pages.menu` names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from oce.kit.actor import STRANGER, Power
from oce.kit.app import installed, plug
from oce.kit.pages import preferences
from oce.kit.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.utils.functional import Promise

    from oce.kit.app import OceApp


# More do not fit side by side under a thumb; the last place of the bar is the whole menu.
MAIN_MAX = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go: its name, its address, and whether it stands in the bar at the foot of a phone as well."""

    label: str | Promise
    url: str
    is_main: bool = False
    is_here: bool = False

    def at(self, path: str) -> Entry:
        """Return the same entry, knowing whether `path` is at or below it."""
        is_here = path == self.url or (self.url != "/" and path.startswith(self.url.rstrip("/") + "/"))
        return replace(self, is_here=is_here)


@dataclass(frozen=True, slots=True)
class Section:
    """The places of one app under its title."""

    title: str | Promise
    entries: tuple[Entry, ...] = field(default_factory=tuple)


def list_url(model: type[Record]) -> str:
    """Return the address of the list of all records of this class."""
    return f"/{model.kind()}/"


def record_url(record: Record) -> str:
    """Return the address of the record's page in this house, also for records that were born elsewhere."""
    return f"/{record.kind()}/{record.uid}"


def sections() -> Iterator[Section]:
    """Yield the sections of the menu, what happens daily first: apps with records, each before those it builds on."""
    order = list(installed())
    order.reverse()
    order.sort(key=_has_no_records)
    for app in order:
        entries = tuple(_entries(app))
        if entries:
            yield Section(app.title, entries)


def _has_no_records(app: OceApp) -> bool:
    return not any(issubclass(model, Record) for model in app.get_models())


def _entries(app: OceApp) -> Iterator[Entry]:
    own = tuple(getattr(plug(app, "pages"), "menu", ()))
    yield from own
    named = {entry.url for entry in own}
    for model in app.get_models():
        if issubclass(model, Record) and list_url(model) not in named:
            yield Entry(capfirst(str(model._meta.verbose_name_plural)), list_url(model))  # noqa: SLF001 (Django's documented model API)


def house_entries() -> tuple[Entry, ...]:
    """Return the places that belong to no app."""
    return (
        Entry(_("Start"), "/", is_main=True),
        Entry(_("Journal"), "/journal/"),
        Entry(_("Apps of this house"), "/apps"),
    )


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what every page shows around its content: the menu, where one is in it, who asks and how they like it."""
    actor = getattr(request, "actor", STRANGER)
    around = {"actor": actor, **preferences.context(request)}
    if not actor.may(Power.READ):
        return around
    house = tuple(entry.at(request.path) for entry in house_entries())
    of_apps = tuple(
        Section(section.title, tuple(entry.at(request.path) for entry in section.entries)) for section in sections()
    )
    main = [entry for entry in (*house, *(entry for section in of_apps for entry in section.entries)) if entry.is_main]
    return {**around, "house": house, "sections": of_apps, "main": main[:MAIN_MAX]}
