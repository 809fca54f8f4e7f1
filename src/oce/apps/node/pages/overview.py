"""The first page of the console: what to look at, and the ways to everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from oce.apps.members.accounts import Account
from oce.apps.node import state
from oce.apps.node.pages.backing_up import BACKUPS
from oce.apps.node.pages.doors import for_administrators
from oce.apps.node.pages.people import PEOPLE
from oce.apps.node.pages.saying import SETTINGS
from oce.apps.node.pages.wellbeing import HEALTH, worries_in_words
from oce.apps.node.pages.wording import WORDS
from oce.kit.app import installed
from oce.kit.journal_search import told_to
from oce.kit.pages.journal import with_links
from oce.kit.pages.requests import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

OVERVIEW = "/node/"
LINES_SHOWN = 6


class Way(NamedTuple):
    """One way from the first page: where to, with an icon, a heading and how it is there."""

    url: str
    icon: str
    title: str
    said: str
    is_worry: bool = False


@for_administrators
@require_safe
def overview(request: Asked) -> HttpResponse:
    """Show what wants looking after first, then all parts of the console, each with how it is there."""
    found = state.wellbeing()
    shown = {
        "worries": worries_in_words(found),
        "ways": list(_ways(found)),
        "lines": with_links(told_to(request.actor)[:LINES_SHOWN]),
    }
    return render(request, "node/overview.html", shown)


def _ways(found: state.Wellbeing) -> Iterator[Way]:
    people = Account.objects.filter(is_active=True).count()
    apps = {app.label for app in installed()}
    yield Way(
        PEOPLE,
        "user-round-cog",
        _("People and roles"),
        ngettext("{count} person has an account", "{count} people have an account", people).format(count=people),
    )
    yield Way(WORDS, "tags", _("Words"), _("Kinds, tags and roles: find what is written twice, and make it one"))
    yield Way(
        HEALTH,
        "heart-pulse",
        _("Health"),
        _("All is well") if found.house["is_well"] else _("Something is wrong"),
        not found.house["is_well"],
    )
    last = found.last_backup
    yield Way(BACKUPS, "archive", _("Backups"), _told(last.done if last else None), last is None)
    yield Way("/journal/", "scroll-text", _("Journal"), _("Who did what, when: to be searched and taken along"))
    if "spreadsheets" in apps:
        yield Way("/spreadsheets/import", "upload", _("Take files in"), _("Tables and documents, with a look before"))
    yield Way(
        "/apps",
        "puzzle",
        _("Apps of this house"),
        ngettext("{count} app runs", "{count} apps run", len(apps)).format(count=len(apps)),
    )
    yield Way(SETTINGS, "settings", _("Settings"), _("Its name, its address, who sees what"))


def _told(last: object) -> str:
    if last is None:
        return _("There is none yet")
    day = date_format(localtime(last), "DATE_FORMAT")  # type: ignore[arg-type]
    return _("The last one is of {day}").format(day=day)
