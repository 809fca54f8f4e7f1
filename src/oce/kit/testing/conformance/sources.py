"""What the files of an app say, read without running them."""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from oce.kit.testing.refusal_codes import refusals_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

    from oce.kit.app import OceApp

APART = {"tests", "migrations"}


def code_of(app: OceApp) -> list[Path]:
    """Return the Python files of an app, without its tests and migrations."""
    folder = Path(app.path)
    return [path for path in sorted(folder.rglob("*.py")) if not APART & set(path.relative_to(folder).parts)]


def edge_of(app: OceApp, name: str) -> list[Path]:
    """Return the files of one edge of an app: `graphql.py`, or all below `graphql/`."""
    folder = Path(app.path)
    alone = folder / f"{name}.py"
    return [alone] if alone.exists() else sorted((folder / name).rglob("*.py"))


def tests_of(app: OceApp, config: pytest.Config) -> list[Path]:
    """Return the files with tests of an app: its own, and those of the project it belongs to."""
    folders = tuple(config.rootpath / name for name in config.getini("testpaths"))
    return sorted({*Path(app.path).glob("tests/**/*.py"), *_tests_in(folders)})


@cache
def _tests_in(folders: tuple[Path, ...]) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*.py") if "tests" in path.parts]


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file as Python understands it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return every name that a file mentions, also those behind a dot."""
    names = {node.id for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)}
    return frozenset(names | {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)})


@cache
def texts_in(path: Path) -> frozenset[str]:
    """Return every text that stands in a file by itself."""
    found = (node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant))
    return frozenset(value for value in found if isinstance(value, str))


def mentioned(names: Iterable[str], paths: Iterable[Path]) -> set[str]:
    """Return those of the names that one of the files mentions."""
    known = frozenset[str]().union(*(names_in(path) for path in paths))
    return {name for name in names if name in known}


def imports_of(path: Path) -> Iterator[str]:
    """Yield the dotted names of the modules that a file imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def refusals_of(app: OceApp) -> dict[str, list[str]]:
    """Return the sentences of every refusal code that an app makes; of one that is not marked, none."""
    found: dict[str, list[str]] = {}
    for path in code_of(app):
        for code, sentences in refusals_in(tree_of(path), _tree_named):
            found.setdefault(code, []).extend(sentences)
    return found


@cache
def _tree_named(dotted: str) -> ast.Module | None:
    spec = find_spec(dotted) if dotted else None
    is_readable = spec is not None and spec.origin is not None and spec.origin.endswith(".py")
    return tree_of(Path(spec.origin)) if is_readable and spec and spec.origin else None
