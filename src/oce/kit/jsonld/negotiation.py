"""Who asked: a person at a browser, or a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.kit.jsonld.context import MEDIA_TYPE

if TYPE_CHECKING:
    from django.http import HttpRequest

_PAGE = "text/html"
_DOCUMENTS = (MEDIA_TYPE, "application/json")


def wants_document(request: HttpRequest) -> bool:
    """Return whether the request prefers a document to a page: by its `Accept` header, or by `?format=jsonld`."""
    asked = request.GET.get("format")
    if asked is not None:
        return asked in {"jsonld", "json"}
    return request.get_preferred_type([_PAGE, *_DOCUMENTS]) in _DOCUMENTS


def media_type(request: HttpRequest) -> str:
    """Return the media type of the answer: plain JSON for those who know no other, linked data for all others."""
    preferred = request.get_preferred_type(list(_DOCUMENTS))
    return preferred or MEDIA_TYPE
