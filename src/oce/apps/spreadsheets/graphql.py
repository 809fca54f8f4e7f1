"""Files in GraphQL: documents and tables as text or in base64, tried out, or taken in whole or not at all."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Sequence
from operator import attrgetter, itemgetter
from typing import Any

import strawberry

from oce.apps.events.graphql.wishes import WarningType
from oce.apps.spreadsheets.commands import import_document, import_table
from oce.apps.spreadsheets.manners import in_rehearsal
from oce.apps.spreadsheets.reports import ImportReport
from oce.apps.spreadsheets.wishes import TableOptions
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.schema import ROOTS
from oce.kit.jsonld.texts import Source
from oce.vf.refusals import Refusal, Refused, gettext_noop

NOT_BASE64 = gettext_noop(
    "The content of {name} is not in base64. Encode the bytes of the file, or send its text as it is."
)


@strawberry.type(name="TableColumn", description="A column of a table and how it was read.")
class ReadColumnType:
    """The fields are read from pairs of heading and property."""


replace_fields(
    ReadColumnType.__strawberry_definition__,  # type: ignore[attr-defined]
    [
        read_field("heading", str, itemgetter(0), "The heading of the column."),
        read_field(
            "property", optional(str), itemgetter(1), "The property it was read as; none where it was not read."
        ),
    ],
)


@strawberry.type(name="ImportReport", description="What came of an import.")
class ImportReportType:
    """The fields are read from the report of the command."""


replace_fields(
    ImportReportType.__strawberry_definition__,  # type: ignore[attr-defined]
    [
        read_field("summary", str, attrgetter("summary"), "What was written and what was known already, in one line."),
        read_field("columns", many(ReadColumnType), attrgetter("columns"), "What each column of a table was read as."),
        read_field("isRepeat", bool, attrgetter("is_repeat"), "Whether the same was imported before."),
        read_field("remarks", many(WarningType), attrgetter("remarks"), "What was taken in although it looks odd."),
    ],
)


@strawberry.input(name="TableColumnParams", description="What a column of a table holds.")
class ColumnInput:
    """A column that the headings do not explain."""

    heading: str = strawberry.field(description="The heading of the column.")
    property: str = strawberry.field(description="The property it holds; empty to leave the column out.")


def _import_document(  # noqa: PLR0913 (each is an argument of the mutation)
    _root: None,
    info: Any,
    *,
    name: str,
    content: str,
    is_base64: bool | None = None,
    dry_run: bool | None = None,
    again: bool | None = None,
    skip_unknown: bool | None = None,
) -> ImportReport:
    source = _source(name, content, is_base64=bool(is_base64))
    told = {"skip_unknown": bool(skip_unknown), "again": bool(again)}
    return _tried_or_taken(lambda: import_document(info.context.actor, source, **told), dry_run=dry_run)


def _import_table(  # noqa: PLR0913 (each is an argument of the mutation)
    _root: None,
    info: Any,
    *,
    name: str,
    content: str,
    is_base64: bool | None = None,
    dry_run: bool | None = None,
    again: bool | None = None,
    of: str | None = None,
    columns: Sequence[ColumnInput] | None = None,
    decimals: str | None = None,
) -> ImportReport:
    matches = {column.heading: column.property for column in columns or ()}
    options = TableOptions(of=of, matches=matches, decimals=decimals)
    source = _source(name, content, is_base64=bool(is_base64))
    return _tried_or_taken(
        lambda: import_table(info.context.actor, source, options, again=bool(again)), dry_run=dry_run
    )


def _tried_or_taken(importing: Callable[[], ImportReport], *, dry_run: bool | None) -> ImportReport:
    return in_rehearsal(importing) if dry_run else importing()


def _source(name: str, content: str, *, is_base64: bool) -> Source:
    """Return the file that a client sent, as text or in base64.

    Raises:
        Refused: `files.not_base64`.
    """
    if not is_base64:
        return Source(name, content.encode())
    try:
        return Source(name, b64decode("".join(content.split()), validate=True))
    except ValueError as error:
        raise Refused(Refusal("files.not_base64", NOT_BASE64, "content", name=name[:200])) from error


def _file(content: str) -> list[Any]:
    return [
        argument("name", str, "What to call it; its ending says how it is read."),
        argument("content", str, content),
        argument(
            "isBase64",
            optional(bool),
            "Whether the content is written in base64, as that of a workbook (XLSX) must be.",
            "is_base64",
        ),
        argument(
            "dryRun", optional(bool), "Whether only to say what would come of it; nothing is written then.", "dry_run"
        ),
        argument("again", optional(bool), "Whether to take it in although it was taken in before."),
    ]


# Neither takes an idempotency key: the same file is taken in once, whoever sends it and however often.
for field in (
    asked_field(
        "importDocument",
        optional(ImportReportType),
        _import_document,
        "Take in a document, whole or not at all, and only once.",
        [
            *_file("The document, JSON-LD or YAML."),
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
            *_file("The table: text with commas, semicolons or tabs between its cells, or a workbook."),
            argument("of", optional(str), "The class of its rows, where the headings do not show it."),
            argument("columns", optional(many(ColumnInput)), "What columns hold whose headings do not say it."),
            argument("decimals", optional(str), "The sign before decimals, where the numbers do not show it."),
        ],
    ),
):
    add_field(ROOTS["Mutation"], field)
