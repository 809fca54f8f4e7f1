"""Who asked: a person at a browser, or a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.kit.jsonld.context import MEDIA_TYPE
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from django.http import HttpRequest

_PAGE = "text/html"
_DOCUMENTS = (MEDIA_TYPE, "application/json")
NOT_ACCEPTABLE = gettext_noop(
    "There is no {asked} of this. Accept one of {kinds}, or say in the address what you want: `?format=jsonld`."
)


def wants_document(request: HttpRequest) -> bool:
    """Return whether the request prefers a document to a page: by its `Accept` header, or by `?format=jsonld`."""
    asked = request.GET.get("format")
    if asked is not None:
        return asked in {"jsonld", "json"}
    return request.get_preferred_type([_PAGE, *_DOCUMENTS]) in _DOCUMENTS


def refuse_unacceptable(request: HttpRequest) -> list[Refusal]:
    """Who accepts neither a page nor a document is told so; what the address says of the format goes before."""
    kinds = [_PAGE, *_DOCUMENTS]
    if "format" in request.GET or request.get_preferred_type(kinds):
        return []
    asked = request.headers.get("Accept", "")[:200]
    return [Refusal("jsonld.not_acceptable", NOT_ACCEPTABLE, "Accept", asked=asked, kinds=", ".join(kinds))]


def media_type(request: HttpRequest) -> str:
    """Return the media type of the answer: plain JSON for those who know no other, linked data for all others."""
    preferred = request.get_preferred_type(list(_DOCUMENTS))
    return preferred or MEDIA_TYPE
