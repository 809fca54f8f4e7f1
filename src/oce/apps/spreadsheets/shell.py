"""Files at the shell: `oce import` and `oce export`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets import uploads
from oce.apps.spreadsheets.commands import import_document
from oce.apps.spreadsheets.exports import selection
from oce.apps.spreadsheets.exports.files import Format, export_to
from oce.apps.trace import queries as trace
from oce.kit.actor import SYSTEM
from oce.kit.records import Record, found_by_reference, record_models
from oce.kit.writing import find
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from oce.apps.spreadsheets.reports import ImportReport

REMARKS_SHOWN = 50


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `oce import` and `oce export`."""
    taking = verbs.add_parser(
        "import",
        help="take in documents (JSON-LD, YAML) and tables (CSV, XLSX)",
        description="Take in files, each whole or not at all, and each only once.",
    )
    taking.add_argument("files", nargs="+", type=Path, metavar="FILE")
    taking.add_argument(
        "--skip-unknown", action="store_true", help="leave out what is not built yet or not known, instead of refusing"
    )
    taking.set_defaults(run=_import)
    giving = verbs.add_parser(
        "export",
        help="write out everything, one record, what one agent is party to, or one trace",
        description="Write records out. Without a choice, everything.",
    )
    giving.add_argument(
        "to", type=Path, metavar="FILE", help="a file; for tables a folder, or an archive ending in .zip"
    )
    giving.add_argument("--format", choices=[each.value for each in Format], help="default: by the ending of FILE")
    chosen = giving.add_mutually_exclusive_group()
    chosen.add_argument("--record", metavar="ADDRESS", help="only this record")
    chosen.add_argument("--agent", metavar="ADDRESS", help="what this agent is party to, and all that it refers to")
    chosen.add_argument("--trace", metavar="ADDRESS", help="where this resource, event or process came from")
    chosen.add_argument("--track", metavar="ADDRESS", help="where this resource, event or process went to")
    giving.set_defaults(run=_export)


def _import(chosen: argparse.Namespace) -> int:
    for path in chosen.files:
        report = import_document(SYSTEM, uploads.source_at(path), skip_unknown=chosen.skip_unknown)
        _say(path, report)
    return 0


def _say(path: Path, report: ImportReport) -> None:
    sys.stdout.write(f"{path}: {report.summary}\n")
    for remark in report.remarks[:REMARKS_SHOWN]:
        sys.stdout.write(f"  {remark.message}\n")
    more = len(report.remarks) - REMARKS_SHOWN
    if more > 0:
        sys.stdout.write(f"  ... and {more} more remarks\n")


def _export(chosen: argparse.Namespace) -> int:
    form = Format(chosen.format) if chosen.format else _format_of(chosen.to)
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
    for reference, follow in ((chosen.trace, trace.trace), (chosen.track, trace.track)):
        if reference:
            start = _record(reference, list(trace.MODELS.values()))
            return selection.of_trace(SYSTEM, follow(SYSTEM, [start]).records)  # type: ignore[list-item]
    return selection.everything(SYSTEM)


def _record(reference: str, models: list[type[Record]]) -> Record:
    for model in models:
        found = found_by_reference(model, [reference])
        if found:
            return found[reference]
    template = gettext_noop("Nothing here is called {what}. Give an identifier or an address.")
    raise Refused(Refusal("files.unknown_record", template, None, what=reference[:200]))
