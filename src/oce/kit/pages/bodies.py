"""How much a browser may send at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from oce.kit.pages.answers import refused
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# Up to so many times the largest file, an upload is put aside on disk, so that its refusal reaches the browser as a page.
BODY_FACTOR = 4
MEGABYTE = 1024 * 1024
TOO_LARGE = gettext_noop("This is far too large: at most {most} MB can be sent at once. Split it into several files.")


class BoundedBody:
    """Refuses a body so large that it should not even be put aside; smaller ones too large get their sentence later."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer, or the refusal before a byte of the body is read."""
        size = request.META.get("CONTENT_LENGTH") or "0"
        most = BODY_FACTOR * settings.OCE_UPLOAD_BYTES_MAX
        if size.isdecimal() and int(size) > most:
            return refused(request, [Refusal("pages.too_large", TOO_LARGE, None, most=most // MEGABYTE)], 413)
        return self.get_response(request)
