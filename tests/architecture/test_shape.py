"""No file needs scrolling for ever: bounds on the length of modules and functions, with a list that starts empty."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.tree import ROOT, name_of, python_files, text_of

MODULE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70

# What may be longer: "path" or "path:function", and the decision record that says why.
EXCEPTIONS: dict[str, str] = {}

FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "misc", "manager"}


def too_long(name: str, source: str) -> list[str]:
    """Return the module and those of its functions that pass the bounds."""
    found = [name] if len(source.splitlines()) > MODULE_LINES_MAX else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_LINES_MAX:
                found.append(f"{name}:{node.name}")
    return found


@pytest.fixture(scope="module")
def long_things():
    return {thing for path in python_files() for thing in too_long(name_of(path), text_of(path))}


def test_nothing_is_too_long(long_things):
    assert sorted(long_things - set(EXCEPTIONS)) == []


def test_every_exception_is_still_needed_and_has_its_decision_record(long_things):
    assert set(EXCEPTIONS) <= long_things
    for record in EXCEPTIONS.values():
        assert (ROOT / "docs" / "decisions" / record).exists(), record


def test_the_bounds_are_seen():
    body = "    pass\n" * FUNCTION_LINES_MAX
    assert too_long("a.py", f"def long():\n{body}") == ["a.py:long"]
    assert too_long("a.py", "x = 1\n" * (MODULE_LINES_MAX + 1)) == ["a.py"]


def test_files_are_named_after_what_is_in_them():
    assert [name_of(path) for path in python_files() if path.stem in FORBIDDEN_NAMES] == []


def test_every_module_says_what_it_is():
    written = [path for path in python_files() if text_of(path).strip()]
    silent = [name_of(path) for path in written if ast.get_docstring(ast.parse(text_of(path))) is None]
    assert silent == []
