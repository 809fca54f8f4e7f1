"""Who is asking: a person who has signed in, a program with a token of theirs, the operator of the house, or a stranger.

The operator is whoever holds the key of the house: it is made once and kept in the home folder, opens the house before anybody
has an account, and serves programs that send it in the header `Authorization: Bearer`; links carry codes that work once. Neither
key nor token is ever logged, and guessing is slowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import logout
from django.utils.crypto import constant_time_compare, salted_hmac

from oce.kit.actor import STRANGER, Actor, operator
from oce.kit.pages.answers import refused
from oce.kit.pages.requests import address_of
from oce.site import persons
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
    gettext_noop(
        "This is not the key of this house, nor a token of anybody. Send the one in the file “operator-key” of its home"
        " folder, or a token that is still valid."
    ),
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
    """Sign the visitor in: the session holds a mark made from the key, so a new key signs everybody out.

    It gets another name, so that whoever gave the visitor a session beforehand is not signed in with them.
    """
    request.session.cycle_key()
    request.session[MARK] = _mark()


def forget(request: HttpRequest) -> None:
    """Sign the visitor out."""
    logout(request)


def _mark() -> str:
    return salted_hmac("oce.site.keys", operator_key()).hexdigest()


def _by_session(request: HttpRequest) -> bool:
    return constant_time_compare(request.session.get(MARK, ""), _mark())


def bearer(request: HttpRequest) -> str | None:
    """Return the key a program sent, right or wrong, or None."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks, by what the request carries: a key or a token, or the cookie of a session."""
    key = bearer(request)
    if key is not None:
        return operator() if is_operator_key(key) else persons.actor_of_token(key) or STRANGER
    person = persons.actor_of_session(request)
    return operator() if person is STRANGER and _by_session(request) else person


class ActorMiddleware:
    """Sets `request.actor`; a program with a wrong key or token is refused at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, then let the view answer."""
        if bearer(request) is not None and attempts.is_tired_of(address_of(request)):
            return unauthorised(request, [_TIRED])
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        if bearer(request) is not None:
            if request.actor is STRANGER:  # type: ignore[attr-defined]
                attempts.count(address_of(request))
                return unauthorised(request, [_WRONG])
            # A program sends its key itself; no browser does that on behalf of another page.
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001 (Django's own switch)
        return self.get_response(request)


def unauthorised(request: HttpRequest, refusals: list[Refusal]) -> HttpResponse:
    """Return the answer to a program without the right key."""
    response = refused(request, refusals, 429 if _TIRED in refusals else 401)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response
