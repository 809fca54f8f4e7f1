"""What a browser may load on our pages, and which pages are open to strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.conf import settings

from oce.kit.pages.answers import refused
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = TypeVar("View", bound=Callable[..., object])

# Up to so many times the largest file, an upload is put aside on disk, so that its refusal reaches the browser as a page.
BODY_FACTOR = 4
MEGABYTE = 1024 * 1024
TOO_LARGE = gettext_noop("This is far too large: at most {most} MB can be sent at once. Split it into several files.")
HEADER = "Content-Security-Policy"
# Everything comes from this house, nothing stands inline: a script in a note has no way to run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class ContentSecurityPolicy:
    """Sends the policy with every answer; a view that needs another one sets the header itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with the policy."""
        response = self.get_response(request)
        response.headers.setdefault(HEADER, POLICY)
        return response


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


def open_to_strangers(view: View) -> View:
    """Mark a view that answers people who have not signed in; every other one is closed to them."""
    view.open_to_strangers = True  # type: ignore[attr-defined]
    return view
