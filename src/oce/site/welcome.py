"""The pages that belong to no app: the start, and what this house is made of."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from django.db import connection
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oce.kit.actor import Actor, seen_by
from oce.kit.app import PLUGS, OceApp, installed, plugs
from oce.kit.commands import commands
from oce.kit.journal_search import told_to
from oce.kit.pages.journal import with_links
from oce.kit.pages.navigation import list_url
from oce.kit.pages.records import new_url
from oce.kit.pages.requests import Asked
from oce.kit.records import Record, record_models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.utils.functional import Promise

COUNTED_MAX = 10_000
LINES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of one class there are."""

    model: type[Record]
    number: int

    @property
    def text(self) -> str:
        """The number, counted no further than its bound."""
        return f"{COUNTED_MAX:,}+" if self.number > COUNTED_MAX else f"{self.number:,}"

    @property
    def url(self) -> str:
        """The list of all."""
        return list_url(self.model)


@dataclass(frozen=True, slots=True)
class Shown:
    """One app as the page about the house shows it."""

    title: str | Promise
    summary: str | Promise
    label: str
    needs: tuple[str, ...]
    plugs: tuple[str, ...]
    records: tuple[str, ...]
    commands: tuple[str, ...]


@require_safe
def start(request: Asked) -> HttpResponse:
    """Show today, as an app's `pages.today` tells it; without one, how many there are of what, and what was done last."""
    for _app, pages in plugs("pages"):
        answer = pages.today(request) if hasattr(pages, "today") else None
        if answer is not None:
            return cast("HttpResponse", answer)
    counts = list(counts_of(request.actor))[::-1]
    firsts = [(new_url(each.model), each.model) for each in reversed(counts) if new_url(each.model)]
    lines = with_links(told_to(request.actor)[:LINES_SHOWN])
    shown = {"counts": counts, "is_new": not any(each.number for each in counts), "firsts": firsts, "lines": lines}
    return render(request, "start.html", shown)


@require_safe
def house(request: Asked) -> HttpResponse:
    """Show the apps this house is made of, with their plugs, records and commands."""
    return render(request, "apps.html", {"apps": [_shown(app) for app in installed()]})


def counts_of(actor: Actor) -> Iterator[Count]:
    """Yield how many records of each class the actor may see, by one statement for all classes."""
    models = list(record_models())
    if not models:
        return
    parts: list[str] = []
    values: list[Any] = []
    for model in models:
        sql, own = seen_by(actor, model.every()).order_by().values_list("pk")[: COUNTED_MAX + 1].query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS found)")  # noqa: S608 (our own compiled query)
        values.extend(own)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        numbers = cursor.fetchone()
    yield from (Count(model, number) for model, number in zip(models, numbers, strict=True))


def _shown(app: OceApp) -> Shown:
    return Shown(
        title=app.title,
        summary=app.summary,
        label=app.label,
        needs=app.needs,
        plugs=tuple(name for name in PLUGS if find_spec(f"{app.name}.{name}")),
        records=tuple(model.vf_class for model in app.get_models() if issubclass(model, Record)),
        commands=tuple(name for name in commands() if name.startswith(f"{app.label}.")),
    )
