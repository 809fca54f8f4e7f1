"""Starts a new app: a folder with one record, one rule, one question, one page, and their tests, all of it working.

The files of `app_template` end in `.template`; in them and in their names, `$words` stand for what the app is called.
"""

from __future__ import annotations

import keyword
import re
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from oce.kit.app import installed
from oce.kit.records import record_model
from oce.vf import terms
from oce.vf.refusals import Refusal, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE = Path(__file__).parent / "app_template"
ENDING = ".template"
NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z][a-z0-9]*)*")
RECORD = re.compile(r"(?:[A-Z][a-z0-9]+)+")
NAME_LENGTH_MAX = 40


def write_app(name: str, record: str, into: Path) -> Path:
    """Write a new app into a folder of its own below `into`, and return that folder.

    Args:
        name: of the app, as `tool-library`.
        record: the class of its first record, as `Loan`.
        into: an existing folder, or one to be made.

    Raises:
        Refused: `site.app_name`, `site.app_taken`, `site.record_name`, `site.record_taken` or `site.folder_exists`.
    """
    folder = into / name
    refuse_if(_refuse_name(name), _refuse_record(record))
    words = words_of(name, record)
    refuse_if(_refuse_taken(words), _refuse_folder(folder))
    for source in sorted(TEMPLATE.rglob(f"*{ENDING}")):
        inside = source.relative_to(TEMPLATE).as_posix().removesuffix(ENDING).replace("package", words["app"])
        target = folder / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(source.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
    return folder


def words_of(name: str, record: str) -> dict[str, str]:
    """Return what stands in the files for the name of an app and of its record, in every spelling they need."""
    app = name.replace("-", "_")
    snake = terms.kebab(record).replace("-", "_")
    words = snake.replace("_", " ")
    return {
        "name": name,
        "app": app,
        "App": "".join(part.capitalize() for part in app.split("_")),
        "title": app.replace("_", " ").capitalize(),
        "Record": record,
        "Records": plural(record),
        "record": snake,
        "records": plural(snake),
        "lower": record.lower(),
        "single": record[0].lower() + record[1:],
        "words": words,
        "plural": plural(words),
        "Plural": plural(words).capitalize(),
        "version": version("oce"),
    }


def plural(word: str) -> str:
    """Return the plural of a word as most words have it: loans, entries, boxes."""
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def _refuse_name(name: str) -> list[Refusal]:
    if NAME.fullmatch(name) and len(name) <= NAME_LENGTH_MAX and not keyword.iskeyword(name):
        return []
    unusual = gettext_noop("{name} cannot be the name of an app. Take small letters and hyphens: tool-library.")
    return [Refusal("site.app_name", unusual, "name", name=name)]


def _refuse_record(record: str) -> list[Refusal]:
    if RECORD.fullmatch(record) and len(record) <= NAME_LENGTH_MAX and not keyword.iskeyword(record.lower()):
        return []
    unusual = gettext_noop("{record} cannot be the name of a record. Take one word or several in one, such as Loan.")
    return [Refusal("site.record_name", unusual, "record", record=record)]


def _refuse_taken(words: Mapping[str, str]) -> list[Refusal]:
    refusals = []
    if words["app"] in {app.label for app in installed()} or find_spec(words["app"]) is not None:
        taken = gettext_noop("There is already a package called {app}. Choose another name.")
        refusals.append(Refusal("site.app_taken", taken, "name", app=words["app"]))
    if words["Record"] in terms.CLASSES or record_model(terms.kebab(words["Record"])) is not None:
        taken = gettext_noop("{record} already means something here or in ValueFlows. Choose another word.")
        refusals.append(Refusal("site.record_taken", taken, "record", record=words["Record"]))
    return refusals


def _refuse_folder(folder: Path) -> list[Refusal]:
    if not folder.exists():
        return []
    exists = gettext_noop("{folder} is there already. Choose another name, or another place with --into.")
    return [Refusal("site.folder_exists", exists, "into", folder=str(folder))]
