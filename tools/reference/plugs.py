"""docs/reference/plugs.md: the apps of the house, what each needs and which plugs it fills."""

from __future__ import annotations

import ast
from pathlib import Path

from tools.reference.sources import PACKAGE, Source, apps, first_sentence, table

HEAD = """# Plugs

An app is a package advertised under the entry point group `oce.apps`. What it offers is found by the names of its
files, all optional; there is no other registration."""
WHAT_THE_HOUSE_DOES = {
    "models": "migrates the tables",
    "pages": "mounts `urls` under the app's label; adds `menu`, `waiting`, `groups`, `panels`, `buttons`, `views`, `homes`, "
    "`forms`, `lists`, `exports`, `portraits`; mounts `door` at the door of the house; shows `today` at its start",
    "graphql": "joins `Query`, `Mutation` and added fields into the one schema",
    "jsonld": "serves and accepts `documents` at the addresses of records",
    "reactions": "calls functions marked `@hears(Notice)` after the commit",
    "checks": "runs them in `oce check`",
    "demo": "offers the verbs to stories",
    "shell": "offers the verbs of the command line",
}


def page() -> str:
    """Return the page."""
    files = table(("File", "What the house does with it"), [(f"`{n}.py`", w) for n, w in WHAT_THE_HOUSE_DOES.items()])
    rows = [row(app) for app in apps()]
    return f"{HEAD}\n\n{files}\n\n## The apps here\n\n{table(('App', 'What it is for', 'Needs', 'Plugs'), rows)}\n"


def row(app: str) -> tuple[str, str, str, str]:
    """Return what is to know of one app."""
    folder = PACKAGE / "apps" / app
    present = [name for name in WHAT_THE_HOUSE_DOES if (folder / f"{name}.py").exists() or (folder / name).is_dir()]
    purpose = first_sentence(Source(folder / "__init__.py").tree)
    return f"`{app}`", purpose, ", ".join(needs_of(folder / "app.py")) or "–", ", ".join(present)


def needs_of(manifest: Path) -> tuple[str, ...]:
    """Return the apps that a manifest needs."""
    for node in ast.walk(Source(manifest).tree):
        match node:
            case (ast.Assign(targets=[ast.Name(id="needs")], value=ast.expr() as value)) | ast.AnnAssign(
                target=ast.Name(id="needs"), value=ast.expr() as value
            ):
                return tuple(ast.literal_eval(value))
    return ()
