"""The page of help: the keys that work everywhere, and our words beside those of the standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oce.kit.action_labels import action_label
from oce.kit.pages.navigation import LOG, entries_for, sections_for
from oce.kit.records import record_models
from oce.vf.actions import ACTIONS
from oce.vf.terms import CLASSES, gloss

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from oce.kit.pages.requests import Asked


@dataclass(frozen=True, slots=True)
class Word:
    """Our word for something, the standard's, and what is meant."""

    ours: str
    standard: str
    gloss: str


@require_safe
def show(request: Asked) -> HttpResponse:
    """Show the keys and the words."""
    words = sorted((*_of_records(), *_of_actions()), key=lambda word: word.ours.casefold())
    return render(request, "kit/help.html", {"words": words, "shortcuts": list(_shortcuts(request))})


def _shortcuts(request: Asked) -> Iterator[tuple[list[str], str]]:
    """Yield the keys to press one after the other, and what they do."""
    yield ["/"], _("Search")
    yield ["?"], _("This page")
    entries = list(entries_for(request.actor))
    yield from ((["l"], str(entry.label)) for entry in entries if entry.section == LOG)
    places = [(section.key, section.title) for section in sections_for(request.actor, request.path)]
    for key, label in (*places, *((entry.key, entry.label) for entry in entries)):
        if key:
            yield key.split(), _("Go to: {place}").format(place=label)
    yield ["Esc"], _("Close what is open")


def _of_records() -> Iterator[Word]:
    for model in record_models():
        if model.vf_class in CLASSES:
            yield Word(capfirst(str(model._meta.verbose_name)), model.vf_class, _(gloss(model.vf_class)))  # noqa: SLF001


def _of_actions() -> Iterator[Word]:
    for name, action in ACTIONS.items():
        yield Word(capfirst(action_label(name)), name, _(action.gloss))
