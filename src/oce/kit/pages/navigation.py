"""The way around the house: one section per app, with its records and whatever else the app's `pages.menu` names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from oce.kit.actor import STRANGER, Power
from oce.kit.app import installed, plug
from oce.kit.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.utils.functional import Promise

    from oce.kit.app import OceApp


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go: its name, its address, and whether it stands in the bar at the foot of a phone as well."""

    label: str | Promise
    url: str
    is_main: bool = False


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
    """Yield the sections of the menu in the order of the apps; apps that offer no place have none."""
    for app in installed():
        entries = tuple(_entries(app))
        if entries:
            yield Section(app.title, entries)


def _entries(app: OceApp) -> Iterator[Entry]:
    pages = plug(app, "pages")
    yield from getattr(pages, "menu", ())
    for model in app.get_models():
        if issubclass(model, Record):
            yield Entry(capfirst(str(model._meta.verbose_name_plural)), list_url(model))  # noqa: SLF001 (Django's documented model API)


def house_entries() -> tuple[Entry, ...]:
    """Return the places that belong to no app."""
    return (Entry(_("Start"), "/", is_main=True),)


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what every page shows around its content: the menu with the place where one is, and who is asking."""
    actor = getattr(request, "actor", STRANGER)
    if not actor.may(Power.READ):
        return {"actor": actor, "sections": (), "house": (), "here": request.path}
    return {"actor": actor, "sections": tuple(sections()), "house": house_entries(), "here": request.path}
