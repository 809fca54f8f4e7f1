"""A browser for tests in which everything is allowed, whatever the house asks for at its door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.kit.actor import looking_as, operator

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class AsOperator:
    """Last in the chain, lets every request come from the operator."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the view."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to the operator."""
        request.actor = operator("tests")  # type: ignore[attr-defined]
        with looking_as(request.actor):  # type: ignore[attr-defined]
            return self.get_response(request)
