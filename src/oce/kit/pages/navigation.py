"""The way around the house: a few sections, each with the places that the apps' `pages.menu` name and the lists of records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oce.kit.actor import STRANGER, Actor, Power
from oce.kit.app import installed, plug, plugs
from oce.kit.pages import periods, preferences, undoing
from oce.kit.pages.waiting import waiting_for
from oce.kit.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest
    from django.utils.functional import Promise

    from oce.kit.app import OceApp

# Where an app's places stand when it does not say.
ELSEWHERE = "node"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go.

    `section` is the name of one of the sections below (empty: that of the app, `pages.section`); `needs` the power without
    which it is not shown; `is_main` puts it first in its section, where a press on the section leads; `key` is pressed, as
    "g w", to go there.
    """

    label: str | Promise
    url: str
    section: str = ""
    icon: str = ""
    needs: Power | None = None
    is_main: bool = False
    key: str = ""
    is_here: bool = False
    is_record_list: bool = False

    def holds(self, path: str) -> bool:
        """Return whether `path` is at or below this place."""
        place = self.url.partition("?")[0]
        return path == place or (place != "/" and path.startswith(place.rstrip("/") + "/"))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the house with its places: `entries` those one needs, `lists` all else that is written down in it."""

    name: str
    title: str | Promise
    icon: str
    key: str = ""
    entries: tuple[Entry, ...] = ()
    lists: tuple[Entry, ...] = ()
    is_here: bool = False

    @property
    def url(self) -> str:
        """Where a press on the section leads."""
        return (*self.entries, *self.lists)[0].url

    @property
    def has_places(self) -> bool:
        """Whether it has more than the one place that a press on it leads to."""
        return len(self.entries) + len(self.lists) > 1

    @property
    def is_in_lists(self) -> bool:
        """Whether one is in a list of its records, which are folded away otherwise."""
        return any(entry.is_here for entry in self.lists)


SECTIONS = (
    Section("today", _("Today"), "sun", "g t"),
    Section("work", _("Work"), "hammer"),
    Section("plans", _("Plans"), "calendar-range"),
    Section("things", _("Things"), "boxes", "g i"),
    Section("exchange", _("Exchange"), "handshake"),
    Section("income", _("Income"), "coins"),
    Section("network", _("Network"), "network", "g n"),
    Section("node", _("This house"), "server"),
)
# The section of the one act that can be done from everywhere; it is a button and not a place in the menu.
LOG = "log"
# The section of places that concern oneself; they stand in the menu behind one's name.
ACCOUNT = "account"
# What stands left and right of the button in the bar at the foot of a phone; the last place of the bar is the whole menu.
BAR = ("today", "things"), ("network",)


def list_url(model: type[Record]) -> str:
    """Return the address of the list of all records of this class."""
    return f"/{model.kind()}/"


def record_url(record: Record) -> str:
    """Return the address of the record's page in this house, also for records that were born elsewhere."""
    return f"/{record.kind()}/{record.uid}"


def entries_for(actor: Actor) -> Iterator[Entry]:
    """Yield every place the actor may go to, of the house and of all apps, what happens daily first."""
    order = list(installed())
    order.reverse()
    for entry in (*_of_house(), *(entry for app in order for entry in _of_app(app))):
        if entry.needs is None or actor.may(entry.needs):
            yield entry


def _of_house() -> tuple[Entry, ...]:
    return (
        Entry(_("Today"), "/", "today", "sun", is_main=True),
        Entry(_("Journal"), "/journal/", "node", "scroll-text"),
        Entry(_("Apps of this house"), "/apps", "node", "puzzle"),
    )


def _of_app(app: OceApp) -> Iterator[Entry]:
    pages = plug(app, "pages")
    section = getattr(pages, "section", "") or OF_APPS.get(app.label, ELSEWHERE)
    own: tuple[Entry, ...] = tuple(getattr(pages, "menu", ()))
    yield from (entry if entry.section else replace(entry, section=section) for entry in own)
    named = {entry.url for entry in own}
    for model in app.get_models():
        if issubclass(model, Record) and list_url(model) not in named:
            words = capfirst(str(model._meta.verbose_name_plural))  # noqa: SLF001 (Django's documented model API)
            yield Entry(words, list_url(model), section, "list", is_record_list=True)


# The sections of our own apps that have no pages of their own to say it in.
OF_APPS = {
    "agents": "network",
    "members": "network",
    "knowledge": "things",
    "resources": "things",
    "trace": "things",
    "agreements": "exchange",
    "claims": "exchange",
    "commitments": "plans",
    "processes": "work",
    "events": "work",
}


def sections_for(actor: Actor, path: str) -> tuple[Section, ...]:
    """Return the sections that have places for the actor, each knowing whether `path` lies in it."""
    entries = list(entries_for(actor))
    here = max((entry for entry in entries if entry.holds(path)), key=lambda entry: len(entry.url), default=None)
    placed = [replace(entry, is_here=entry is here) for entry in entries]
    return tuple(_filled(section, placed) for section in SECTIONS if any(e.section == section.name for e in placed))


def _filled(section: Section, entries: Iterable[Entry]) -> Section:
    own = sorted((entry for entry in entries if entry.section == section.name), key=lambda entry: not entry.is_main)
    return replace(
        section,
        entries=tuple(entry for entry in own if not entry.is_record_list),
        lists=tuple(entry for entry in own if entry.is_record_list),
        is_here=any(entry.is_here for entry in own),
    )


def name_of_house() -> str:
    """Return what the network is called, as an app's `pages.house_name` says it; without one, the name of the program."""
    for _app, pages in plugs("pages"):
        told = getattr(pages, "house_name", None)
        if told is not None:
            return str(told())
    return gettext("Open Cooperative Ecosystem")


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what every page shows around its content: the menu, where one is in it, who asks and how they like it.

    A page is often put together from several templates: what stands around it is asked for once.
    """
    around: dict[str, Any] | None = getattr(request, "_around", None)
    if around is None:
        around = request._around = _around(request)  # type: ignore[attr-defined]  # noqa: SLF001 (a name of our own)
    return around


def _around(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", STRANGER)
    around = {
        "actor": actor,
        "house_name": SimpleLazyObject(name_of_house),
        "undoings": undoing.taken(request),
        **preferences.context(request),
    }
    if not actor.may(Power.READ):
        return around
    entries = list(entries_for(actor))
    sections = sections_for(actor, request.path)
    waiting = list(waiting_for(request))
    named = {section.name: section for section in sections}
    before, after = ([named[name] for name in names if name in named] for names in BAR)
    return {
        **around,
        "sections": sections,
        "section": next((section for section in sections if section.is_here), None),
        "log": next((entry for entry in entries if entry.section == LOG), None),
        "account": [entry for entry in entries if entry.section == ACCOUNT],
        "bar_before": before,
        "bar_after": after,
        "waiting": waiting,
        "waiting_count": sum(each.count for each in waiting),
        "periods": periods.offered(request.period),  # type: ignore[attr-defined]
    }
