"""Files at the shell: `oce import` and `oce export`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets import uploads
from oce.apps.spreadsheets.commands import import_document, import_table
from oce.apps.spreadsheets.exports import linked_data, selection
from oce.apps.spreadsheets.exports.files import Format, export_to
from oce.apps.spreadsheets.tables.arrival import Preview, preview
from oce.apps.spreadsheets.tables.understanding import TableOptions
from oce.kit.actor import SYSTEM
from oce.kit.records import Record, found_by_reference, record_models
from oce.kit.standing import standing_still
from oce.kit.writing import find
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from oce.apps.spreadsheets.reports import ImportReport

STREAM = Path("-")
TRACE = "oce.apps.trace"
REMARKS_SHOWN = 50
CELLS_SHOWN = 3


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `oce import` and `oce export`."""
    taking = verbs.add_parser(
        "import",
        help="take in documents (JSON-LD, YAML) and tables (CSV, XLSX)",
        description="Take in files, each whole or not at all, and each only once.",
    )
    taking.add_argument("files", nargs="+", type=Path, metavar="FILE", help="- for a document on standard input")
    taking.add_argument(
        "--skip-unknown", action="store_true", help="leave out what is not built yet or not known, instead of refusing"
    )
    _add_table_options(taking)
    taking.set_defaults(run=_import)
    giving = verbs.add_parser(
        "export",
        help="write out everything, one record, what one agent is party to, or one trace",
        description="Write records out. Without a choice, everything.",
    )
    giving.add_argument(
        "to", type=Path, metavar="FILE", help="a file, or - for the screen; for tables a folder or an archive (.zip)"
    )
    giving.add_argument("--format", choices=[each.value for each in Format], help="default: by the ending of FILE")
    chosen = giving.add_mutually_exclusive_group()
    chosen.add_argument("--record", metavar="ADDRESS", help="only this record")
    chosen.add_argument("--agent", metavar="ADDRESS", help="what this agent is party to, and all that it refers to")
    if apps.is_installed(TRACE):
        chosen.add_argument("--trace", metavar="ADDRESS", help="where this resource, event or process came from")
        chosen.add_argument("--track", metavar="ADDRESS", help="where this resource, event or process went to")
    giving.set_defaults(run=_export)


def _add_table_options(taking: argparse.ArgumentParser) -> None:
    tables = taking.add_argument_group("tables")
    tables.add_argument("--preview", action="store_true", help="only show how the columns would be read")
    tables.add_argument("--class", dest="of", metavar="NAME", help="what the rows are: EconomicEvent, Agent ...")
    tables.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="HEADING=PROPERTY",
        help="what a column holds; nothing: leave it out",
    )
    tables.add_argument("--set", action="append", default=[], metavar="PROPERTY=VALUE", help="a value for every row")
    tables.add_argument(
        "--decimal", choices=[",", "."], help="the sign before decimals, where the numbers do not show it"
    )


def _import(chosen: argparse.Namespace) -> int:
    options = TableOptions(
        of=chosen.of, matches=_pairs(chosen.match), constants=_pairs(chosen.set), decimals=chosen.decimal
    )
    for path in chosen.files:
        source = uploads.source_of("standard input", sys.stdin.buffer) if path == STREAM else uploads.source_at(path)
        if not uploads.is_table(path.name):
            _say(path, import_document(SYSTEM, source, skip_unknown=chosen.skip_unknown))
        elif chosen.preview:
            _show(path, preview(source, options))
        else:
            _say(path, import_table(SYSTEM, source, options, progress=_tell_progress))
    return 0


def _pairs(given: list[str]) -> dict[str, str]:
    parted = [each.partition("=") for each in given]
    return {name.strip(): value.strip() for name, _, value in parted}


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
    form = Format(chosen.format) if chosen.format else _format_of(chosen.to)
    if chosen.to == STREAM:
        with standing_still():
            linked_data.write(_selected(chosen), sys.stdout.buffer)
        return 0
    count = export_to(_selected(chosen), form, chosen.to)
    sys.stdout.write(f"{chosen.to}: {count} records\n")
    return 0


def _format_of(path: Path) -> Format:
    if path.suffix in {".jsonld", ".json"}:
        return Format.LINKED_DATA
    return Format.PARQUET if path.suffix == ".parquet" else Format.COMMA_SEPARATED


def _selected(chosen: argparse.Namespace) -> selection.Selection:
    if chosen.record:
        return selection.of_record(SYSTEM, _record(chosen.record, list(record_models())))
    if chosen.agent:
        return selection.of_agent(SYSTEM, find(Agent, chosen.agent))
    if apps.is_installed(TRACE) and (chosen.trace or chosen.track):
        return _traced(chosen.trace, chosen.track)
    return selection.everything(SYSTEM)


def _traced(back: str | None, forth: str | None) -> selection.Selection:
    """Return what a trace passes, back or forth; the app that traces need not run in every house."""
    from oce.apps.trace import queries as trace

    start = _record(back or forth or "", list(trace.MODELS.values()))
    follow = trace.trace if back else trace.track
    return selection.of_trace(SYSTEM, follow(SYSTEM, [start]).records)  # type: ignore[list-item]


def _record(reference: str, models: list[type[Record]]) -> Record:
    for model in models:
        found = found_by_reference(model, [reference])
        if found:
            return found[reference]
    template = gettext_noop("Nothing here is called {what}. Give an identifier or an address.")
    raise Refused(Refusal("files.unknown_record", template, None, what=reference[:200]))
