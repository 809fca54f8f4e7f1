"""The journal as a page: who did what when, newest first, each line with links to what it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oce.kit.addresses import path_in_house
from oce.kit.journal import JournalLine
from oce.kit.records import read_uid, record_model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from oce.kit.actor import Actor

LINKS_MAX = 3


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Show one page of the journal; `before` is the number of the line to go on from."""
    found = told_to(request.actor)  # type: ignore[attr-defined]
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(id__lt=int(before))
    lines = list(found[: settings.OCE_PAGE_SIZE + 1])
    shown = lines[: settings.OCE_PAGE_SIZE]
    older = shown[-1].pk if len(lines) > len(shown) else None
    return render(request, "kit/journal.html", {"lines": with_links(shown), "older": older})


def told_to(actor: Actor) -> QuerySet[JournalLine]:
    """Return the lines that an actor may read, newest first: all for who looks after the house, their own for others.

    A line names what a wish was about, whoever may see that since.
    """
    lines = JournalLine.objects.order_by("-id")
    if actor.sees_everything:
        return lines
    return lines.none() if actor.agent is None else lines.filter(agent=actor.agent)


def with_links(lines: Iterable[JournalLine]) -> list[tuple[JournalLine, list[SafeString]]]:
    """Return each line with links to the first things it was about, as far as they have a page in this house."""
    return [(line, list(_links(line.subjects))) for line in lines]


def _links(subjects: list[str]) -> Iterable[SafeString]:
    local = [path for address in subjects if (path := path_in_house(address)) is not None and read_uid(address)]
    for path in local[:LINKS_MAX]:
        yield format_html('<a href="{}">{}</a>', path, _kind_of(path))
    if len(subjects) > LINKS_MAX:
        yield format_html("<span>{}</span>", _("and {count} more").format(count=len(subjects) - LINKS_MAX))


def _kind_of(path: str) -> str:
    model = record_model(path.split("/")[1])
    return str(model._meta.verbose_name) if model else path  # noqa: SLF001 (Django's documented model API)
