"""The battery's questions to an app as a whole: how it introduces itself, what it needs, and what becomes of the rest."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.functional import Promise

from oce.kit.app import OceApp, installed
from oce.kit.testing.conformance.sources import code_of, imports_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDERS_UNDER_THE_LABEL = ("templates", "static")

# One process for all verbs: starting the house costs more than they do.
VERBS = """
import runpy, sys
for verb in sys.argv[1:]:
    sys.argv = ["oce", verb]
    try:
        runpy.run_module("oce", run_name="__main__")
    except SystemExit as left:
        if left.code:
            sys.exit(f"oce {verb} answered {left.code}")
"""


def test_it_says_its_title_and_summary_in_any_language(app_under_test: OceApp) -> None:
    """The title and the summary are there, and marked for translation."""
    for word in ("title", "summary"):
        said = getattr(app_under_test, word, None)
        assert said, f"{app_under_test.name} has no {word}."
        assert isinstance(said, Promise), f"Write the {word} as gettext_lazy(…)."


def test_it_declares_the_apps_it_imports(app_under_test: OceApp) -> None:
    """Whatever it imports of other apps is among its needs and joins, or among those that these need."""
    known = {app.label: app for app in installed()}
    may = {app_under_test.label, *_needed((*app_under_test.needs, *app_under_test.joins), known)}
    faults = {
        f"{path.name} imports {module}, but the app does not need {app.label}."
        for path in code_of(app_under_test)
        for module in imports_of(path)
        for app in known.values()
        if f"{module}.".startswith(f"{app.name}.") and app.label not in may
    }
    assert sorted(faults) == []


def test_its_migrations_are_complete(app_under_test: OceApp) -> None:
    """No model has changed since the last migration."""
    missing = [str(operation) for operation in _missing_migrations().get(app_under_test.label, ())]
    assert missing == [], "Run `django-admin makemigrations` for this app."


def test_its_templates_and_static_files_stand_under_its_name(app_under_test: OceApp) -> None:
    """Nobody finds its files by the names of another app's."""
    for folder in FOLDERS_UNDER_THE_LABEL:
        inside = [path.name for path in Path(app_under_test.path).glob(f"{folder}/*")]
        assert inside in ([], [app_under_test.label]), (
            f"Put what is in {folder}/ into {folder}/{app_under_test.label}/."
        )


def test_without_it_the_others_run(app_under_test: OceApp, running_house: dict[str, str]) -> None:
    """With it switched off, and those that need it, the house lists its apps, finds no fault and has a schema."""
    known = {app.label: app for app in installed()}
    off = [label for label, app in known.items() if app_under_test.label in {label, *_needed(app.needs, known)}]
    ran = _run(running_house | {"OCE_APPS_OFF": ",".join(off)}, "apps", "check", "schema")
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-4000:]
    assert not [label for label in off if f"\n{label}:" in f"\n{ran.stdout}"]


def _run(environment: dict[str, str], *verbs: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", VERBS, *verbs], env=environment, capture_output=True, text=True, check=False
    )


def _needed(labels: Sequence[str], known: dict[str, OceApp]) -> set[str]:
    """Return the names of these apps, where they are there, and of all that these need."""
    found: set[str] = set()
    waiting = [*labels]
    while waiting:
        label = waiting.pop()
        if label not in found and label in known:
            found.add(label)
            waiting.extend(known[label].needs)
    return found


@cache
def _missing_migrations() -> dict[str, list[Any]]:
    """Return the operations that no migration has yet, by app."""
    state = MigrationLoader(None, ignore_no_migrations=True).project_state()
    detector = MigrationAutodetector(state, ProjectState.from_apps(apps))
    changes = detector.changes(graph=MigrationLoader(None, ignore_no_migrations=True).graph)
    return {label: [each for migration in found for each in migration.operations] for label, found in changes.items()}
