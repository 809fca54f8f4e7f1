"""The journal as a page: who did what when, newest first, each line with links to what it was about; searched, and as CSV."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oce.kit.addresses import path_in_house
from oce.kit.commands import commands
from oce.kit.formulas import guarded
from oce.kit.journal_search import Sought, found, told_to
from oce.kit.pages.answers import sentences
from oce.kit.records import read_uid, record_model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from oce.kit.journal import JournalLine

LINKS_MAX = 3
# So many lines are taken along in one table; older ones by an earlier last day.
TAKEN_MAX = 50_000
SAID_LENGTH_MAX = 2_000


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Show one page of the journal; `before` is the number of the line to go on from."""
    sought = Sought(**{name: _said(request, name) for name in ("who", "what", "since", "until", "record")})
    lines_told = found(told_to(request.actor), sought)  # type: ignore[attr-defined]
    if request.GET.get("format") == "csv" and not sought.refusals():
        return _as_table(lines_told[:TAKEN_MAX])
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        lines_told = lines_told.filter(id__lt=int(before))
    lines = list(lines_told[: settings.OCE_PAGE_SIZE + 1])
    shown = lines[: settings.OCE_PAGE_SIZE]
    older = shown[-1].pk if len(lines) > len(shown) else None
    faults = sentences(sought.refusals())
    context = {
        "lines": with_links(shown),
        "older_link": _link(request, before=older) if older else "",
        "table_link": _link(request, before=None, format="csv"),
        "sought": sought,
        "faults": faults,
        "commands": sorted((words_for(name), name) for name in commands()),
    }
    return render(request, "kit/journal.html", context, status=422 if faults else 200)


def with_links(lines: Iterable[JournalLine]) -> list[tuple[JournalLine, list[SafeString]]]:
    """Return each line with links to the first things it was about, as far as they have a page in this house."""
    return [(line, list(_links(line.subjects))) for line in lines]


def words_for(command: str) -> str:
    """Return what a command is called where one is chosen: its sentence, with gaps for the words of each line."""
    said = _(commands()[command].says)
    return capfirst(said.format_map(_Gaps()))


class _Gaps(dict[str, str]):
    """Stands for the words of a sentence that is not told of anything yet."""

    def __missing__(self, _key: str) -> str:
        return "…"


def _as_table(lines: Iterable[JournalLine]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="journal.csv"'
    writer = csv.writer(cast("IO[str]", response), lineterminator="\r\n")
    writer.writerow([_("when"), _("who"), _("command"), _("what was done"), _("records")])
    for line in lines:
        cells = (line.actor, line.command, line.sentence, " ".join(line.subjects))
        writer.writerow([line.at.isoformat(), *map(guarded, cells)])
    return response


def _said(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:SAID_LENGTH_MAX]


def _link(request: HttpRequest, **changes: str | int | None) -> str:
    asked = request.GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = str(value)
    return f"?{asked.urlencode()}"


def _links(subjects: list[str]) -> Iterable[SafeString]:
    local = [path for address in subjects if (path := path_in_house(address)) is not None and read_uid(address)]
    for path in local[:LINKS_MAX]:
        yield format_html('<a href="{}">{}</a>', path, _kind_of(path))
    if len(subjects) > LINKS_MAX:
        yield format_html("<span>{}</span>", _("and {count} more").format(count=len(subjects) - LINKS_MAX))


def _kind_of(path: str) -> str:
    model = record_model(path.split("/")[1])
    return str(model._meta.verbose_name) if model else path  # noqa: SLF001 (Django's documented model API)
