"""Kinds of things by their tags, kinds of work, and the page of one kind."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oce.apps.knowledge import queries
from oce.apps.knowledge.models import Classification, ProcessSpecification, ResourceSpecification
from oce.kit.commands import creator
from oce.kit.measures import unit_in_words
from oce.kit.pages.records import new_url, shown_of
from oce.kit.pages.requests import Asked
from oce.kit.records import Record

SHOWN_MAX = 36
SOUGHT_LENGTH_MAX = 200


@require_safe
def kinds(request: Asked) -> HttpResponse:
    """Show the kinds of things, of one tag and those under it or of all, beside the tree of tags with their counts."""
    sought, tag = (request.GET.get(name, "").replace("\x00", "").strip()[:SOUGHT_LENGTH_MAX] for name in ("q", "tag"))
    found = queries.catalogue(request.actor, sought, tag)
    shown = {
        "sought": sought,
        "tag": tag,
        "chosen": found.chosen,
        "branches": found.branches,
        "others": found.others,
        "all_count": found.all_count,
        "count": len(found.keys),
        "kinds": [
            (each, unit_in_words(each.default_unit_of_resource) if each.default_unit_of_resource else "")
            for each in found.first(SHOWN_MAX)
        ],
        "shown_max": SHOWN_MAX,
        "is_cut": found.is_cut,
        "new_url": new_url(ResourceSpecification) if may_write(request, ResourceSpecification) else "",
        "tags_url": f"/{Classification.kind()}/",
        "place": "kinds",
    }
    return render(request, "knowledge/kinds.html", shown)


@require_safe
def work(request: Asked) -> HttpResponse:
    """Show the kinds of work, which are also the stages of what comes out of it."""
    found = queries.kinds_of_work(request.actor, SHOWN_MAX + 1)
    shown = {
        "kinds": found[:SHOWN_MAX],
        "is_cut": len(found) > SHOWN_MAX,
        "shown_max": SHOWN_MAX,
        "new_url": new_url(ProcessSpecification) if may_write(request, ProcessSpecification) else "",
        "place": "work",
    }
    return render(request, "knowledge/work.html", shown)


def kind(request: Asked, record: Record) -> HttpResponse:
    """Show one kind: what it is, how it is counted, and what apps know of where it is used."""
    assert isinstance(record, ResourceSpecification)  # noqa: S101 (plugged to this class alone)
    units = [
        words
        for unit in (record.default_unit_of_resource, record.default_unit_of_effort)
        if (words := unit_in_words(unit) if unit else "")
    ]
    return render(request, "knowledge/kind.html", {**shown_of(request, record), "units": units})


def may_write(request: Asked, model: type[Record]) -> bool:
    """Return whether the one who asks may write down a record of a class somewhere."""
    command = creator(model)
    return command is not None and request.actor.may(command.power)
