"""Files at the shell: `oce import` and `oce export`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets import uploads
from oce.apps.spreadsheets.exports import selection
from oce.apps.spreadsheets.exports.files import Format, export_stream, export_to, format_of
from oce.apps.spreadsheets.faults import gathered, write_table
from oce.apps.spreadsheets.manners import Manner, in_rehearsal, take_in
from oce.apps.spreadsheets.wishes import TableOptions
from oce.kit.actor import SYSTEM
from oce.kit.records import Record, called, record_models
from oce.kit.standing import standing_still
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oce.apps.spreadsheets.reports import ImportReport
    from oce.apps.spreadsheets.tables.arrival import Preview
    from oce.kit.jsonld.texts import Source

STREAM = Path("-")
SEVERAL = gettext_noop("Several records are called {what}. Give the identifier of the one that is meant.")
UNKNOWN = gettext_noop("Nothing here is called {what}. Give an identifier, an address or a name.")
TRACE = "oce.apps.trace"
REMARKS_SHOWN = FAULTS_SHOWN = 50
REFUSED = 1
CELLS_SHOWN = 3


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `oce import` and `oce export`."""
    taking = verbs.add_parser(
        "import",
        help="take in documents (JSON-LD, YAML) and tables (CSV, XLSX)",
        description="Take in files, each whole or not at all, and each only once.",
    )
    taking.add_argument("files", nargs="+", type=Path, metavar="FILE", help="- for a document on standard input")
    taking.add_argument("--preview", action="store_true", help="only show what would come in; nothing is written")
    taking.add_argument("--again", action="store_true", help="take in also what was taken in before")
    taking.add_argument("--faults", type=Path, metavar="TABLE", help="write all faults of a refused file to this CSV")
    taking.add_argument(
        "--skip-unknown", action="store_true", help="leave out what is not built yet or not known, instead of refusing"
    )
    _add_table_options(taking)
    taking.set_defaults(run=_import)
    giving = verbs.add_parser(
        "export",
        help="write out everything, one class, one record, what one agent is party to, or one trace",
        description="Write records out. Without a choice, everything.",
    )
    giving.add_argument(
        "to",
        type=Path,
        metavar="FILE",
        help="a document (.jsonld), a table (.csv, .parquet), all tables (.zip, or a folder), or - for the screen",
    )
    giving.add_argument("--format", choices=[each.value for each in Format], help="default: by the ending of FILE")
    chosen = giving.add_mutually_exclusive_group()
    chosen.add_argument("--class", dest="of", metavar="NAME", help="only records of this class: EconomicEvent ...")
    chosen.add_argument("--record", metavar="RECORD", help="only this record")
    chosen.add_argument("--agent", metavar="RECORD", help="what this agent is party to, and all that it refers to")
    if apps.is_installed(TRACE):
        chosen.add_argument("--trace", metavar="RECORD", help="where this resource, event or process came from")
        chosen.add_argument("--track", metavar="RECORD", help="where this resource, event or process went to")
    giving.set_defaults(run=_export)


def _add_table_options(taking: argparse.ArgumentParser) -> None:
    tables = taking.add_argument_group("tables")
    tables.add_argument("--class", dest="of", metavar="NAME", help="what the rows are: EconomicEvent, Agent ...")
    tables.add_argument(
        "--match",
        type=_pair,
        action="append",
        default=[],
        metavar="HEADING=PROPERTY",
        help="what a column holds; nothing: leave it out",
    )
    tables.add_argument(
        "--set", type=_pair, action="append", default=[], metavar="PROPERTY=VALUE", help="a value for every row"
    )
    tables.add_argument(
        "--decimal", choices=[",", "."], help="the sign before decimals, where the numbers do not show it"
    )


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"{given} has no “=”")
    return name.strip(), value.strip()


def _import(chosen: argparse.Namespace) -> int:
    options = TableOptions(
        of=chosen.of, matches=dict(chosen.match), constants=dict(chosen.set), decimals=chosen.decimal
    )
    manner = Manner(options, chosen.skip_unknown, chosen.again)
    for path in chosen.files:
        try:
            source = (
                uploads.source_of("standard input", sys.stdin.buffer) if path == STREAM else uploads.source_at(path)
            )
            if chosen.preview:
                _preview(path, source, manner)
            else:
                _say(path, take_in(SYSTEM, source, manner, _tell_progress))
        except Refused as refused:
            return _refuse(path, refused.refusals, chosen.faults)
    return 0


def _preview(path: Path, source: Source, manner: Manner) -> None:
    if uploads.is_table(source.name):
        from oce.apps.spreadsheets.tables.arrival import preview  # not at the top: heavy

        _show(path, preview(source, manner.options))
        return
    report = in_rehearsal(lambda: take_in(SYSTEM, source, manner))
    _say(path, report)
    sys.stdout.write("  Nothing was written: this is what would come of it.\n")


def _refuse(path: Path, refusals: Sequence[Refusal], table: Path | None) -> int:
    """Tell why a file was refused, equal faults once, and return the answer of a refused verb."""
    faults = gathered(refusals)
    for fault, others in faults[:FAULTS_SHOWN]:
        places = [fault.field] if fault.field else []
        places += [f"and {others} more"] if others else []
        where = f"{' '.join(places)}: " if places else ""
        sys.stderr.write(f"{where}{fault.message} [{fault.code}]\n")
    more = len(faults) - FAULTS_SHOWN
    if more > 0:
        sys.stderr.write(f"... and {more} more faults; --faults TABLE writes all of them as CSV\n")
    if table is not None:
        with table.open("w", encoding="utf-8", newline="") as text:
            write_table(refusals, text)
    sys.stderr.write(f"{path}: nothing of it was taken in.\n")
    return REFUSED


def _tell_progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {of} rows" + ("\n" if done == of else ""))


def _show(path: Path, seen: Preview) -> None:
    sys.stdout.write(f"{path}: {seen.count} rows, each one {seen.of}\n")
    for number, (heading, name) in enumerate(seen.columns):
        cells = ", ".join(row[number] for row in seen.rows[:CELLS_SHOWN] if row[number])
        sys.stdout.write(f"  {heading} -> {name or '(not read)'}: {cells}\n")
    for remark in seen.remarks:
        sys.stdout.write(f"  {remark.message}\n")


def _say(path: Path, report: ImportReport) -> None:
    sys.stdout.write(f"{path}: {report.summary}\n")
    for remark in report.remarks[:REMARKS_SHOWN]:
        sys.stdout.write(f"  {remark.message}\n")
    more = len(report.remarks) - REMARKS_SHOWN
    if more > 0:
        sys.stdout.write(f"  ... and {more} more remarks\n")


def _export(chosen: argparse.Namespace) -> int:
    with standing_still():
        if chosen.to == STREAM:
            form = Format(chosen.format) if chosen.format else Format.LINKED_DATA
            export_stream(_selected(chosen), form, sys.stdout.buffer)
            return 0
        form = format_of(chosen.to, Format(chosen.format) if chosen.format else None)
        count = export_to(_selected(chosen), form, chosen.to)
    sys.stdout.write(f"{chosen.to}: {count} records\n")
    return 0


def _selected(chosen: argparse.Namespace) -> selection.Selection:
    if chosen.of:
        from oce.apps.spreadsheets.tables.understanding import document_class  # not at the top: heavy

        return selection.of_class(SYSTEM, document_class(chosen.of).model)
    if chosen.record:
        return selection.of_record(SYSTEM, _record(chosen.record, record_models()))
    if chosen.agent:
        return selection.of_agent(SYSTEM, _record(chosen.agent, [Agent]))  # type: ignore[arg-type]
    if apps.is_installed(TRACE) and (chosen.trace or chosen.track):
        return _traced(chosen.trace, chosen.track)
    return selection.everything(SYSTEM)


def _traced(back: str | None, forth: str | None) -> selection.Selection:
    """Return what a trace passes, back or forth; the app that traces need not run in every house."""
    from oce.apps.trace import queries as trace

    start = _record(back or forth or "", trace.MODELS.values())
    follow = trace.trace if back else trace.track
    return selection.of_trace(SYSTEM, follow(SYSTEM, [start]).records)  # type: ignore[list-item]


def _record(reference: str, models: Iterable[type[Record]]) -> Record:
    found = [record for model in models for record in called(model, reference)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(Refusal("files.ambiguous_record", SEVERAL, None, what=reference[:200]))
    raise Refused(Refusal("files.unknown_record", UNKNOWN, None, what=reference[:200]))
