"""Wishes about files: to take in what they tell, whole or not at all, and each only once."""

from __future__ import annotations

import hashlib
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings

from oce.apps.spreadsheets import uploads
from oce.apps.spreadsheets.documents.arrival import write_down
from oce.apps.spreadsheets.models import ImportedFile
from oce.apps.spreadsheets.reports import REPEATED, ImportReport
from oce.apps.spreadsheets.wishes import Progress, TableOptions, quiet
from oce.kit import clock
from oce.kit.actor import Actor, looking_as
from oce.kit.commands import command, tell
from oce.kit.identifiers import new_uid
from oce.kit.jsonld.descriptions import descriptions
from oce.kit.jsonld.expansion import expanded
from oce.kit.jsonld.reading import read
from oce.kit.jsonld.texts import Source, read_text
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

TAKEN_BEFORE = gettext_noop(
    "What {name} holds was taken in on {day}, read in another way. Add --again (in a browser: tick “once more”) to take"
    " it in once more."
)
NAME_LENGTH_MAX = 400


@command(says=gettext_noop("imported {file}: {summary}"))
def import_document(actor: Actor, source: Source, *, skip_unknown: bool = False, again: bool = False) -> ImportReport:
    """Take in a JSON-LD or YAML document and return what came of it.

    Args:
        actor: who asks.
        source: the file: its name and what it holds.
        skip_unknown: leave out classes and properties that are not built yet or that nobody knows, instead of refusing.
        again: take it in although it was taken in before.

    Raises:
        Refused: with everything that is wrong; nothing of the document is written then.
    """
    refuse_if(uploads.refuse_too_large(source.name, len(source.content)))
    report = ImportReport(source.name)
    if is_wanted(actor, source, f"document skip_unknown={skip_unknown}", report, again=again):
        nodes = expanded(source, read_text(source))
        reading = read(descriptions(nodes), zone=zone(), skip_unknown=skip_unknown)
        report.remarks += reading.remarks
        with looking_as(actor):
            write_down(actor, reading, report)
    tell(file=report.name[:NAME_LENGTH_MAX], summary=report.summary)
    return report


@command(says=gettext_noop("imported the table {file}: {summary}"))
def import_table(
    actor: Actor,
    source: Source,
    options: TableOptions | None = None,
    *,
    again: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Take in a table of events, resources, agents, kinds or other records (CSV, XLSX) and return what came of it.

    Args:
        actor: who asks.
        source: the file: its name and what it holds.
        options: what the headings do not say: the class of the rows, how columns are matched, how decimals are written.
        again: take it in although it was taken in before.
        progress: told how many of how many rows are done.

    Raises:
        Refused: with the faults of many rows, each at its row and heading; nothing of the table is written then.
    """
    refuse_if(uploads.refuse_too_large(source.name, len(source.content)))
    report = ImportReport(source.name)
    options = options or TableOptions()
    # Not at the top: the libraries that read tables are heavy, and most processes never need them.
    from oce.apps.spreadsheets.tables import arrival as tables

    if is_wanted(actor, source, f"table {options!r}", report, again=again):
        with looking_as(actor):
            tables.take_in(actor, source, options, zone(), progress or quiet, report)
    tell(file=report.name[:NAME_LENGTH_MAX], summary=report.summary)
    return report


def is_wanted(actor: Actor, source: Source, reading: str, report: ImportReport, *, again: bool) -> bool:
    """Claim a file for this import; where the same wish was granted before, say so in the report instead.

    Raises:
        Refused: `files.taken_before`: the same file, to be read in another way.
    """
    digest = file_digest(source)
    how = hashlib.sha256(reading.encode()).hexdigest()
    told = {"reading": how, "name": source.name[:NAME_LENGTH_MAX], "at": clock.now(), "actor": actor.name}
    claim = new_uid()
    # Whoever imports the same file at the same time waits here until the first is done, and then sees the first's row.
    ImportedFile.objects.bulk_create([ImportedFile(digest=digest, claim=claim, **told)], ignore_conflicts=True)
    first = ImportedFile.objects.get(digest=digest)
    if first.claim == claim:
        return True
    if again:
        ImportedFile.objects.filter(digest=digest).update(**told)
        return True
    day = first.at.astimezone(zone()).date().isoformat()
    if first.reading != how:
        raise Refused(Refusal("files.taken_before", TAKEN_BEFORE, None, name=source.name, day=day))
    report.is_repeat = True
    report.remarks.append(Refusal("documents.repeated", REPEATED, None, name=source.name, day=day))
    return False


def was_taken_in(source: Source) -> bool:
    """Return whether a file that holds the same was taken in before, whatever it was called and however it was read."""
    return ImportedFile.objects.filter(digest=file_digest(source)).exists()


def file_digest(source: Source) -> str:
    """Return the fingerprint of what a file holds."""
    return hashlib.sha256(source.content).hexdigest()


def zone() -> tzinfo:
    """Return the zone in which this house reads moments without one."""
    return UTC if settings.TIME_ZONE == "UTC" else ZoneInfo(settings.TIME_ZONE)
