"""How a refusal becomes an answer: a page for people, a small document for programs, with the status that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from oce.kit.faults import BUSY_SECONDS, refused_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from oce.vf.refusals import Refusal

STATUS = {
    "kit.busy": 503,
    "kit.not_allowed": 403,
    "kit.unknown_record": 404,
    "jsonld.not_acceptable": 406,
    "kit.changed_meanwhile": 409,
    "kit.still_used": 409,
    "kit.key_reused": 409,
    "pages.saved_already": 409,
}
NOT_ACCEPTABLE_AS_IT_IS = 422


def status_of(refusals: Iterable[Refusal]) -> int:
    """Return the one status that says most: that of the only fault, else that the wish cannot be granted as it is."""
    found = {STATUS.get(refusal.code, NOT_ACCEPTABLE_AS_IT_IS) for refusal in refusals}
    return found.pop() if len(found) == 1 else NOT_ACCEPTABLE_AS_IT_IS


def sentences(refusals: Iterable[Refusal]) -> list[str]:
    """Return the refusals in the reader's language, each once."""
    return list(dict.fromkeys(refusal.translated(gettext) for refusal in refusals))


def wants_page(request: HttpRequest) -> bool:
    """Return whether a person with a browser is asking: somebody who can read a page, and sent no program's key."""
    return "Authorization" not in request.headers and request.accepts("text/html")


def refused(request: HttpRequest, refusals: Iterable[Refusal], status: int | None = None) -> HttpResponse:
    """Return the refusals as a page, or as JSON for programs."""
    refusals = tuple(refusals)
    status = status or status_of(refusals)
    response = _told(request, refusals, status)
    if status == STATUS["kit.busy"]:
        response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response


def _told(request: HttpRequest, refusals: Iterable[Refusal], status: int) -> HttpResponse:
    if wants_page(request):
        return render(request, "kit/refused.html", {"sentences": sentences(refusals), "status": status}, status=status)
    errors = [{"code": each.code, "field": each.field, "message": each.translated(gettext)} for each in refusals]
    return JsonResponse({"errors": errors}, status=status)


class RefusalsAsAnswers:
    """Turns a refusal that no view caught into its answer, so that no view needs a word about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer a refusal, or a fault that stands for one; any other fault goes on."""
        found = refused_by(fault)
        return None if found is None else refused(request, found.refusals)
