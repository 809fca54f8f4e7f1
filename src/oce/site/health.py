"""Whether the house is well, for whoever watches it: `/health`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oce.kit.health import state_of_the_house
from oce.kit.security import open_to_strangers

if TYPE_CHECKING:
    from django.http import HttpRequest


@open_to_strangers
@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database is there with the tables of this version and the worker gives signs of life, else 503."""
    state = state_of_the_house()
    return JsonResponse(state, status=200 if state["is_well"] else 503)
