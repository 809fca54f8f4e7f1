"""The one GraphQL schema of this house, joined from its apps."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from oce.kit.app import plugs
from oce.kit.graphql.execution import Engine
from oce.kit.graphql.schema import joined

if TYPE_CHECKING:
    import strawberry


def schema(*, compatible: bool | None = None) -> strawberry.Schema:
    """Return the schema of the running apps, with the names of older clients unless the settings switch them off."""
    modules = [module for _app, module in plugs("graphql")]
    return joined(modules, compatible=settings.OCE_GRAPHQL_COMPATIBLE if compatible is None else compatible)


@cache
def engine() -> Engine:
    """Return what answers GraphQL requests, made at the first call."""
    return Engine(schema())


def sdl() -> str:
    """Return the schema as text, as it stands in `docs/reference/schema.graphql`."""
    return schema().as_str() + "\n"
