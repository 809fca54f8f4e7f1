"""The published GraphQL schema is the one the house serves; a change of it is seen in review."""

from __future__ import annotations

from pathlib import Path

from graphql import build_schema

from oce.site.schema import schema, sdl

FILE = Path(__file__).parents[2] / "docs" / "reference" / "schema.graphql"


def test_the_schema_file_says_what_the_house_serves():
    assert FILE.read_text("utf-8").strip() == sdl().strip(), "The GraphQL schema has changed: run `make schema`."


def test_the_schema_file_is_read_by_other_tools():
    assert build_schema(FILE.read_text("utf-8")).query_type is not None


def test_without_older_names_the_schema_stands_too():
    text = schema(compatible=False).as_str()
    schema(compatible=True)
    assert "@deprecated" not in text
