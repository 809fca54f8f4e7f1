"""Words: kinds, tags and roles by class, those that look alike, and two of them made one, with a look at it before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oce.apps.node import merging, queries
from oce.apps.node.commands import merge_words, unmerge_words
from oce.apps.node.models import REVERSIBLE_DAYS, Merge
from oce.apps.node.pages.doors import for_administrators
from oce.kit.pages import undoing
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.navigation import list_url
from oce.kit.pages.requests import Asked
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from oce.kit.synonyms import Word

WORDS = "/node/words"
WORDS_SHOWN = 100
MERGES_SHOWN = 20
SOUGHT_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True)
class Effect:
    """What a merge does at one place: how many records, of which class, by which property, and whether they are moved."""

    number: str
    kind: str
    column: str
    is_moved: bool


@for_administrators
@require_safe
def vocabulary(request: Asked) -> HttpResponse:
    """Show the classes of words with those that look alike, and the latest merges."""
    shown = {
        "vocabularies": [(queries.vocabulary(model), list_url(model), model.kind()) for model in merging.word_models()],
        "merges": queries.merges(MERGES_SHOWN),
        "days": REVERSIBLE_DAYS,
    }
    return render(request, "node/words.html", shown)


@for_administrators
@require_safe
def words(request: Asked, kind: str) -> HttpResponse:
    """Show the words of a class, to choose two that are to become one."""
    model = _model(kind)
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:SOUGHT_LENGTH_MAX]
    found = list(queries.words(model, sought, WORDS_SHOWN + 1))
    shown = {
        "model": model,
        "kind": kind,
        "words": found[:WORDS_SHOWN],
        "is_cut": len(found) > WORDS_SHOWN,
        "shown_max": WORDS_SHOWN,
        "sought": sought,
        "merged": request.GET.get("merged", ""),
        "kept": request.GET.get("kept", ""),
    }
    return render(request, "node/words_of.html", shown)


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Asked, kind: str) -> HttpResponse:
    """Show everything that a merge would change, or do it."""
    model = _model(kind)
    asked = request.POST if request.method == "POST" else request.GET
    try:
        merged, kept = (queries.word(asked.get(name, ""), name, kind) for name in ("merged", "kept"))
    except Refused as refused:
        return _without(request, kind, refused)
    if request.method == "POST":
        try:
            done = merge_words(request.actor, merged, kept)
        except Refused as refused:
            return _looked_at(request, model, (merged, kept), sentences(refused.refusals), status_of(refused.refusals))
        undoing.offer(
            request,
            _("{merged} is another word for {kept} now.").format(merged=done.merged_name, kept=done.kept_name),
            undo=f"/node/merges/{done.uid}/undo",
        )
        return HttpResponseRedirect(WORDS)
    return _looked_at(request, model, (merged, kept), sentences(queries.refuse_merging(merged, kept)))


@for_administrators
@require_POST
def undo(request: Asked, uid: UUID) -> HttpResponse:
    """Take a merge back."""
    done = get_object_or_404(Merge, uid=uid)
    unmerge_words(request.actor, done)
    taken_back = _("{merged} and {kept} are two words again.")
    undoing.offer(request, taken_back.format(merged=done.merged_name, kept=done.kept_name))
    return HttpResponseRedirect(WORDS)


def _model(kind: str) -> type[Word]:
    found = next((model for model in merging.word_models() if model.kind() == kind), None)
    if found is None:
        raise Http404
    return found


def _looked_at(
    request: Asked, model: type[Word], pair: tuple[Word, Word], faults: list[str], status: int = 200
) -> HttpResponse:
    merged, kept = pair
    effects = list(_effects(merged)) if not faults else []
    shown = {
        "model": model,
        "kind": model.kind(),
        "merged": merged,
        "kept": kept,
        "moved": [each for each in effects if each.is_moved],
        "told": [each for each in effects if not each.is_moved],
        "differences": queries.differences(merged, kept) if type(merged) is type(kept) else [],
        "faults": faults,
        "days": REVERSIBLE_DAYS,
    }
    return render(request, "node/merge.html", shown, status=status)


def _without(request: Asked, kind: str, refused: Refused) -> HttpResponse:
    """Show the words again, where one of the two was not chosen or is not there any more."""
    model = _model(kind)
    shown = {
        "model": model,
        "kind": kind,
        "words": list(queries.words(model, "", WORDS_SHOWN)),
        "is_cut": False,
        "shown_max": WORDS_SHOWN,
        "sought": "",
        "merged": request.GET.get("merged", ""),
        "kept": request.GET.get("kept", ""),
        "faults": [_("Choose two words: one that goes, and one that stays.")],
    }
    return render(request, "node/words_of.html", shown, status=status_of(refused.refusals))


def _effects(merged: Word) -> Iterator[Effect]:
    for each in merging.affected_by(merged):
        number = f"{merging.COUNTED_MAX:,}+" if each.is_cut else f"{each.count:,}"
        options = each.place.model._meta  # noqa: SLF001 (Django's documented model API)
        count = min(each.count, merging.COUNTED_MAX)
        kind = str(options.verbose_name if count == 1 else options.verbose_name_plural)
        column = next(str(field.verbose_name) for field in options.concrete_fields if field.name == each.place.column)
        yield Effect(number, kind, column, each.place.is_moved)
