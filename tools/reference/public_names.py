"""docs/reference/public-names.md: what programs outside may count on."""

from __future__ import annotations

from tools.reference.sources import Source, apps, first_sentence, signature, sources

HEAD = """# Public names

What other packages may import and count on: everything in `oce.vf` and `oce.kit`, and of each app its commands,
queries, notices and GraphQL types. Whatever else the code contains may change without notice. A removal here needs a
news file and a new version."""
STABLE_IN_APPS = ("commands", "queries", "notices", "graphql")


def page() -> str:
    """Return the page."""
    stable = [*sources("vf"), *sources("kit")]
    for app in apps():
        stable += sources("apps", app, names=STABLE_IN_APPS)
    return "\n\n".join([HEAD, *(section for section in map(section_of, stable) if section)]) + "\n"


def section_of(source: Source) -> str:
    """Return the public names of one module, or nothing where it has none."""
    lines = [f"- `{signature(node)}`" + said(first_sentence(node)) for node in source.definitions()]
    if source.exported():
        lines = [f"- `{name}`" for name in sorted(source.exported())]
    return "\n".join([f"## {source.module}", "", first_sentence(source.tree), "", *lines]) if lines else ""


def said(sentence: str) -> str:
    """Return a sentence as it follows a name."""
    return f" – {sentence}" if sentence else ""
