"""How a file is to be read, and the one way by which every edge takes one in, or tries what would come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from oce.apps.spreadsheets import uploads
from oce.apps.spreadsheets.commands import import_document, import_table
from oce.apps.spreadsheets.wishes import Progress, TableOptions, quiet
from oce.kit.measures import forget_units

if TYPE_CHECKING:
    from oce.apps.spreadsheets.reports import ImportReport
    from oce.kit.actor import Actor
    from oce.kit.jsonld.texts import Source


@dataclass(frozen=True, slots=True)
class Manner:
    """What somebody says of a file beyond what it holds.

    Of a table its `options`; of a document whether to `skip_unknown` things; of both whether they come in `again`.
    """

    options: TableOptions = field(default_factory=TableOptions)
    skip_unknown: bool = False
    again: bool = False

    def kept(self) -> dict[str, Any]:
        """Return the manner in a form that JSON holds."""
        return asdict(self)

    @classmethod
    def recalled(cls, kept: Mapping[str, Any]) -> Manner:
        """Return the manner that was kept."""
        return cls(TableOptions(**kept["options"]), kept["skip_unknown"], kept["again"])


def take_in(actor: Actor, source: Source, manner: Manner, progress: Progress = quiet) -> ImportReport:
    """Take a file in, table or document by its name, and return what came of it.

    Raises:
        Refused: with everything that is wrong; nothing of the file is written then.
    """
    if uploads.is_table(source.name):
        return import_table(actor, source, manner.options, again=manner.again, progress=progress)
    return import_document(actor, source, skip_unknown=manner.skip_unknown, again=manner.again)


def in_rehearsal(importing: Callable[[], ImportReport]) -> ImportReport:
    """Return what an import leads to, and take it back.

    Raises:
        Refused: what the import is refused for.
    """
    try:
        with transaction.atomic():
            report = importing()
            transaction.set_rollback(True)
    finally:
        # Units that the file brings were looked up, and are not here.
        forget_units()
    return report
