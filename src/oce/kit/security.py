"""What a browser may load on our pages, and which pages are open to strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = TypeVar("View", bound=Callable[..., object])

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


def open_to_strangers(view: View) -> View:
    """Mark a view that answers people who have not signed in; every other one is closed to them."""
    view.open_to_strangers = True  # type: ignore[attr-defined]
    return view
