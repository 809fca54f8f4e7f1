"""docs/reference/settings.md: what the environment may say, with the comment beside each setting."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.reference.sources import PACKAGE, Source, table

HEAD = """# Settings

The house reads its settings from the environment; every one has a default that suits one cooperative on one machine."""
OURS = "OCE_"


def page() -> str:
    """Return the page."""
    rows = sorted(set(rows_of(Source(PACKAGE / "site" / "settings.py"))))
    others = sorted({row for path in (PACKAGE / "kit").rglob("*.py") for row in rows_of(Source(path))} - set(rows))
    return f"{HEAD}\n\n{table(('Name', 'Default', 'What it is for'), rows + others)}\n"


def rows_of(source: Source) -> Iterator[tuple[str, str, str]]:
    """Yield name, default and reason of each setting that a file reads."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=function, args=[ast.Constant(value=str(name)), *rest]):
                if name.startswith(OURS) and ast.unparse(function) in {"os.environ.get", "os.getenv"}:
                    default = f"`{ast.unparse(rest[0])}`" if rest else ""
                    reason = comment_above(source, node.lineno) or comment_above(source, statement_around(source, node))
                    yield f"`{name}`", default, reason


def statement_around(source: Source, node: ast.Call) -> int:
    """Return the line on which the statement at the top of the file begins that contains `node`."""
    return max(statement.lineno for statement in source.tree.body if statement.lineno <= node.lineno)


def comment_above(source: Source, number: int) -> str:
    """Return the comment directly above a line."""
    above = source.text.splitlines()[: number - 1]
    words: list[str] = []
    while above and above[-1].lstrip().startswith("#"):
        words.insert(0, above.pop().strip().removeprefix("#").strip())
    return " ".join(words)
