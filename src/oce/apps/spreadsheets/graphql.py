"""Files in GraphQL: documents and tables as text, taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import strawberry

from oce.apps.events.graphql.wishes import WarningType
from oce.apps.spreadsheets.commands import import_document, import_table
from oce.apps.spreadsheets.reports import ImportReport
from oce.apps.spreadsheets.tables.understanding import TableOptions
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.schema import ROOTS
from oce.kit.jsonld.texts import Source


@strawberry.type(name="ImportReport", description="What came of an import.")
class ImportReportType:
    """The fields are read from the report of the command."""


replace_fields(
    ImportReportType.__strawberry_definition__,  # type: ignore[attr-defined]
    [
        read_field("summary", str, attrgetter("summary"), "What was written and what was known already, in one line."),
        read_field("isRepeat", bool, attrgetter("is_repeat"), "Whether the same was imported before."),
        read_field("remarks", many(WarningType), attrgetter("remarks"), "What was taken in although it looks odd."),
    ],
)


@strawberry.input(name="TableColumnParams", description="What a column of a table holds.")
class ColumnInput:
    """A column that the headings do not explain."""

    heading: str = strawberry.field(description="The heading of the column.")
    property: str = strawberry.field(description="The property it holds; empty to leave the column out.")


def _import_document(_root: None, info: Any, name: str, content: str, skip_unknown: bool | None = None) -> ImportReport:  # noqa: FBT001 (named by the schema)
    return import_document(info.context.actor, Source(name, content.encode()), skip_unknown=bool(skip_unknown))


def _import_table(
    _root: None,
    info: Any,
    name: str,
    content: str,
    of: str | None = None,
    columns: Sequence[ColumnInput] | None = None,
    decimals: str | None = None,
) -> ImportReport:
    matches = {column.heading: column.property for column in columns or ()}
    options = TableOptions(of=of, matches=matches, decimals=decimals)
    return import_table(info.context.actor, Source(name, content.encode()), options)


def _file(content: str) -> list[Any]:
    return [
        argument("name", str, "What to call it; its ending says how it is read."),
        argument("content", str, content),
    ]


# Neither takes an idempotency key: the same file is taken in once, whoever sends it and however often.
for field in (
    asked_field(
        "importDocument",
        optional(ImportReportType),
        _import_document,
        "Take in a document, whole or not at all, and only once.",
        [
            *_file("The text of the document, JSON-LD or YAML."),
            argument(
                "skipUnknown",
                optional(bool),
                "Whether to leave out what is not built or not known, instead of refusing.",
                "skip_unknown",
            ),
        ],
    ),
    asked_field(
        "importTable",
        optional(ImportReportType),
        _import_table,
        "Take in a table of records, whole or not at all, and only once.",
        [
            *_file("The text of the table, with commas, semicolons or tabs between its cells."),
            argument("of", optional(str), "The class of its rows, where the headings do not show it."),
            argument("columns", optional(many(ColumnInput)), "What columns hold whose headings do not say it."),
            argument("decimals", optional(str), "The sign before decimals, where the numbers do not show it."),
        ],
    ),
):
    add_field(ROOTS["Mutation"], field)
