"""docs/reference/refusals.md: every code with which a wish may be refused, and its sentence."""

from __future__ import annotations

import ast

from oce.kit.testing.refusal_codes import refusals_in
from tools.reference.sources import module_named, sources, table

HEAD = """# Refusals

What is not granted comes back as data: a code that stays, and a sentence for people. GraphQL shows both in
`extensions`, pages show the sentence beside its field, JSON-LD answers 422 with both."""


def page() -> str:
    """Return the page."""
    rows = sorted((f"`{code}`", "<br>".join(found)) for code, found in sentences().items())
    return f"{HEAD}\n\n{table(('Code', 'Sentence'), rows)}\n"


def sentences() -> dict[str, list[str]]:
    """Return the sentences of every refusal code in the package."""
    found: dict[str, list[str]] = {}
    for source in sources():
        for code, templates in refusals_in(source.tree, _tree_of):
            known = found.setdefault(code, [])
            known += [template for template in templates if template not in known]
    return found


def _tree_of(dotted: str) -> ast.Module | None:
    origin = module_named(dotted)
    return origin.tree if origin else None
