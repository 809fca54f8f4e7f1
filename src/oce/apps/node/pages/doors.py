"""The door of the console: its pages are for those who look after the whole house, and are never kept by a browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from oce.kit.actor import Power, refuse_powerless
from oce.kit.pages.requests import Asked
from oce.vf.refusals import refuse_if

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def for_administrators(view: Callable[Concatenate[Asked, P], R]) -> Callable[Concatenate[Asked, P], R]:
    """Let a view answer those who look after the house, and refuse all others."""

    @wraps(view)
    def guarded(request: Asked, /, *args: P.args, **kwargs: P.kwargs) -> R:
        refuse_if(refuse_powerless(request.actor, Power.ADMINISTER))
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded
