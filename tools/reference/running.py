"""docs/reference/schema.graphql and context.jsonld: what only the house put together can say."""

from __future__ import annotations

import json
import os
from functools import cache


def schema() -> str:
    """Return the GraphQL schema of the house with all its apps and default settings."""
    start()
    from oce.site.schema import sdl

    return sdl()


def context() -> str:
    """Return the JSON-LD context that the house serves."""
    start()
    from oce.kit.jsonld.context import full_context

    return json.dumps({"@context": full_context()}, indent=2, ensure_ascii=False) + "\n"


@cache
def start() -> None:
    """Put the house together as it is without any setting, and without leaving a trace in anybody's home."""
    for name in [name for name in os.environ if name.startswith("OCE_")]:
        del os.environ[name]
    os.environ["OCE_SECRET_KEY"] = "only for writing documents"  # noqa: S105 (it protects nothing)
    os.environ["DJANGO_SETTINGS_MODULE"] = "oce.site.settings"
    import django

    django.setup()
