"""The address of the interface: programs send JSON and get JSON; people get a page to explore it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from oce.kit.actor import STRANGER
from oce.kit.faults import BUSY_SECONDS
from oce.kit.graphql.answers import refused_answer
from oce.kit.graphql.asking import Asking
from oce.kit.graphql.execution import Request
from oce.vf.refusals import Refusal, Refused, gettext_noop
from oce.vf.texts import is_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from oce.kit.graphql.execution import Engine

UNREADABLE = gettext_noop(
    "The request cannot be read: {fault}. Send a JSON object with `query` and, if needed, `variables`."
)
ONE_AT_A_TIME = gettext_noop("Requests are answered one at a time. Send one JSON object, not a list of them.")
TOO_BIG = gettext_noop("The request is larger than {most} bytes. Send less at once, or import a file.")
NOT_JSON = gettext_noop("The interface takes `Content-Type: application/json`; this request says {given}.")
WRONG_METHOD = gettext_noop("The interface answers GET and POST, not {method}.")
MEDIA_TYPE = "application/graphql-response+json"
_STATUS = {
    "graphql.too_big": 413,
    "graphql.not_json": 415,
    "graphql.wrong_method": 405,
    "graphql.not_by_get": 405,
    "kit.not_allowed": 401,
}


def graphql_view(
    engine: Callable[[], Engine], page: Callable[[HttpRequest], HttpResponse]
) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of the interface; `engine` is asked for when the first request comes, `page` is for people.

    It needs no token against forged requests: a foreign page cannot send JSON without asking first, and nobody answers.
    """

    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and "query" not in request.GET and request.accepts("text/html"):
            return page(request)
        try:
            asked = read_request(request)
        except Refused as refused:
            return _response(request, refused_answer(refused.refusals))
        asking = Asking(getattr(request, "actor", STRANGER), request.headers.get("Idempotency-Key"))
        return _response(request, engine().answer(asked, asking))

    return view


def read_request(request: HttpRequest) -> Request:
    """Return what a client asks.

    Raises:
        Refused: `graphql.wrong_method`, `graphql.not_json`, `graphql.too_big`, `graphql.unreadable` or
            `graphql.one_at_a_time`.
    """
    if request.method == "GET":
        return _request(
            {
                "query": request.GET.get("query"),
                "variables": _read_json(request.GET.get("variables") or "null"),
                "operationName": request.GET.get("operationName"),
            },
            may_write=False,
        )
    if request.method != "POST":
        raise Refused(Refusal("graphql.wrong_method", WRONG_METHOD, method=request.method))
    if request.content_type != "application/json":
        raise Refused(Refusal("graphql.not_json", NOT_JSON, given=request.content_type or "nothing"))
    return _request(_read_json(_body(request)), may_write=True)


def _body(request: HttpRequest) -> bytes:
    most = settings.OCE_GRAPHQL_BYTES_MAX
    too_big = Refused(Refusal("graphql.too_big", TOO_BIG, most=most))
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise too_big
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise too_big from error
    if len(body) > most:
        raise too_big
    return body


def _read_json(text: str | bytes) -> Any:
    """Return what the text says; numbers with a point are exact."""
    try:
        read = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        _check_characters(read)
    except (ValueError, RecursionError) as error:
        fault = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Refused(Refusal("graphql.unreadable", UNREADABLE, fault=fault)) from error
    return read


def _check_characters(read: Any) -> None:
    """Raise ValueError where a text holds what is no character: JSON can tell of some, and no database keeps them."""
    waiting = [read]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, str) and not is_text(each):
            message = f"{each[:40]!r} holds what is no character"
            raise ValueError(message)


def _no_number(text: str) -> float:
    message = f"{text} is no number"
    raise ValueError(message)


def _request(sent: Any, *, may_write: bool) -> Request:
    if isinstance(sent, list):
        raise Refused(Refusal("graphql.one_at_a_time", ONE_AT_A_TIME))
    query, variables, operation = (
        (sent.get("query"), sent.get("variables") or {}, sent.get("operationName"))
        if isinstance(sent, dict)
        else (None, {}, None)
    )
    if not isinstance(query, str) or not isinstance(variables, dict) or not isinstance(operation, str | None):
        raise Refused(Refusal("graphql.unreadable", UNREADABLE, fault="it has no `query`"))
    return Request(query, variables, operation or None, may_write)


def _response(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    """Return the answer: by the older convention always well, by the newer one with the status of what was not run.

    That the house was busy is told by the status either way, so that programs wait by themselves.
    """
    codes = [_code(error) for error in answer.get("errors", ())]
    is_busy = "kit.busy" in codes
    status = 503 if is_busy else 200
    if "data" not in answer and not is_busy:
        status = next((_STATUS[code] for code in codes if code in _STATUS), 400)
    wants = MEDIA_TYPE if MEDIA_TYPE in request.headers.get("Accept", "") else "application/json"
    response = JsonResponse(answer, status=status, content_type=wants)
    if is_busy:
        response.headers["Retry-After"] = str(BUSY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept, Cookie, Authorization"
    return response


def _code(error: dict[str, Any]) -> str:
    return str(error["extensions"]["code"])
