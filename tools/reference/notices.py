"""docs/reference/notices.md: what the apps tell when something has happened."""

from __future__ import annotations

import ast

from tools.reference.sources import apps, first_sentence, sources

HEAD = """# Notices

A notice is a frozen dataclass that an app announces after the commit; `@hears` in another app's `reactions.py`
listens. Notices are in the past tense and carry identifiers, not records."""


def page() -> str:
    """Return the page."""
    sections = [HEAD]
    for app in apps():
        for source in sources("apps", app, names=("notices",)):
            classes = [node for node in source.definitions() if isinstance(node, ast.ClassDef)]
            sections += [f"## {app}"] if classes else []
            sections += [entry(node) for node in classes]
    return "\n\n".join(sections) + "\n"


def entry(node: ast.ClassDef) -> str:
    """Return what is to know of one notice."""
    fields = [ast.unparse(line) for line in node.body if isinstance(line, ast.AnnAssign)]
    paragraphs = [f"### {node.name}", first_sentence(node), "\n".join(f"- `{field}`" for field in fields)]
    return "\n\n".join(filter(None, paragraphs))
