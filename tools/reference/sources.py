"""What the code says of itself, read without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "oce"

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


@dataclass(frozen=True)
class Source:
    """One Python file of the package."""

    path: Path

    @property
    def module(self) -> str:
        """The dotted name under which the file is imported."""
        parts = list(self.path.relative_to(ROOT / "src").with_suffix("").parts)
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        """What the file says."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python understands it."""
        return ast.parse(self.text)

    def definitions(self) -> Iterator[Definition]:
        """Yield the classes and functions at the top of the file that strangers may use."""
        for node in self.tree.body:
            if isinstance(node, Definition) and not node.name.startswith("_"):
                yield node

    def exported(self) -> list[str]:
        """Return the names in `__all__`."""
        for node in self.tree.body:
            match node:
                case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                    return list(ast.literal_eval(value))
        return []


def sources(*below: str, names: tuple[str, ...] = ()) -> list[Source]:
    """Return the package's files below a folder, without tests and migrations; only `names`, if any."""
    files = sorted(PACKAGE.joinpath(*below).rglob("*.py"))
    kept = [path for path in files if not {"tests", "migrations", "app_template"} & set(path.parts)]
    return [Source(path) for path in kept if not names or path.stem in names or path.parent.name in names]


def module_named(dotted: str) -> Source | None:
    """Return the file of one of our modules, or None for a package or a stranger's."""
    path = ROOT.joinpath("src", *dotted.split(".")).with_suffix(".py")
    return Source(path) if path.is_relative_to(PACKAGE) and path.exists() else None


def apps() -> list[str]:
    """Return the folder names of the apps."""
    return sorted(path.parent.name for path in PACKAGE.glob("apps/*/app.py"))


def first_sentence(node: Definition | ast.Module) -> str:
    """Return the first paragraph of a docstring on one line."""
    words = (ast.get_docstring(node) or "").split("\n\n")[0]
    return " ".join(words.split())


def signature(node: Definition) -> str:
    """Return a definition as it is called: `stock_of(resource: EconomicResource) -> Measure`."""
    if isinstance(node, ast.ClassDef):
        return f"class {node.name}" + (f"({', '.join(map(ast.unparse, node.bases))})" if node.bases else "")
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({ast.unparse(node.args)}){returns}"


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
