"""Who is asking: in this step whoever holds the key of the house is its operator, and everybody else a stranger.

The key is made once and kept in the home folder. It signs a person in who types it (a signed cookie remembers it), and a program
that sends it in the header `Authorization: Bearer`; links carry codes that work once. It is never logged, and guessing is slowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.crypto import constant_time_compare, salted_hmac

from oce.kit.actor import STRANGER, Actor, operator
from oce.kit.pages.answers import refused
from oce.kit.pages.requests import address_of
from oce.site.attempts import attempts
from oce.site.codes import new_code
from oce.site.settings import kept_secret
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

MARK = "operator"
_WRONG = Refusal(
    "site.wrong_key",
    gettext_noop("This is not the key of this house. Send the one in the file “operator-key” of its home folder."),
)
_TIRED = Refusal(
    "site.too_many_wrong_keys",
    gettext_noop("Too many wrong keys came from your address. Wait a minute, then send the right one."),
)


def operator_key() -> str:
    """Return the key of the house, made at the first call."""
    return kept_secret("operator-key")


def entry_link(house: str) -> str:
    """Return an address at `house` that signs one visitor in, once and soon; it is shown at the operator's terminal only."""
    return f"{house}/enter/{new_code()}"


def is_operator_key(text: str) -> bool:
    """Return whether `text` is the key, in a time that does not tell how much of it was right."""
    return constant_time_compare(text.strip(), operator_key())


def remember(request: HttpRequest) -> None:
    """Sign the visitor in: the session holds a mark made from the key, so a new key signs everybody out."""
    request.session[MARK] = _mark()


def forget(request: HttpRequest) -> None:
    """Sign the visitor out."""
    request.session.flush()


def _mark() -> str:
    return salted_hmac("oce.site.keys", operator_key()).hexdigest()


def _by_session(request: HttpRequest) -> bool:
    return constant_time_compare(request.session.get(MARK, ""), _mark())


def bearer(request: HttpRequest) -> str | None:
    """Return the key a program sent, right or wrong, or None."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def actor_of(request: HttpRequest) -> Actor:
    """Return the operator where the request carries the key, else a stranger."""
    key = bearer(request)
    if key is not None:
        return operator() if is_operator_key(key) else STRANGER
    return operator() if _by_session(request) else STRANGER


class ActorMiddleware:
    """Sets `request.actor`; a program with a wrong key is refused at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, then let the view answer."""
        if bearer(request) is not None:
            refusals = self._refuse_key(request)
            if refusals:
                return unauthorised(request, refusals)
            # A program sends its key itself; no browser does that on behalf of another page.
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001 (Django's own switch)
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _refuse_key(self, request: HttpRequest) -> list[Refusal]:
        address = address_of(request)
        if attempts.is_tired_of(address):
            return [_TIRED]
        if is_operator_key(bearer(request) or ""):
            return []
        attempts.count(address)
        return [_WRONG]


def unauthorised(request: HttpRequest, refusals: list[Refusal]) -> HttpResponse:
    """Return the answer to a program without the right key."""
    response = refused(request, refusals, 429 if _TIRED in refusals else 401)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response
