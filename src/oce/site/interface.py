"""The GraphQL interface of this house at its address, and the page on which people explore it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from oce.kit.actor import STRANGER, Power
from oce.kit.graphql.view import graphql_view
from oce.kit.security import HEADER, POLICY, open_to_strangers
from oce.site.schema import engine

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def explorer(request: HttpRequest) -> HttpResponse:
    """Return the page to explore the interface; strangers see the schema, and are refused the rest."""
    actor = getattr(request, "actor", STRANGER)
    response = render(request, "kit/graphiql.html", {"may_read": actor.may(Power.READ)})
    # The style sheet of GraphiQL carries its fonts in itself.
    response.headers[HEADER] = POLICY.replace("font-src 'self'", "font-src 'self' data:")
    return response


graphql = open_to_strangers(graphql_view(engine, explorer))
