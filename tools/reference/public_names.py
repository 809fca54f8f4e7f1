"""docs/reference/public-names.md: what programs outside may count on."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from tools.reference.sources import Source, apps, first_sentence, signature, sources

HEAD = """# Public names

What other packages may import and count on: everything in `oce.vf` and `oce.kit`, and of each app its commands,
queries, notices and GraphQL types. Whatever else the code contains may change without notice. A removal here needs a
news file and a new version."""
STABLE_IN_APPS = ("commands", "queries", "notices", "graphql")
# How each of the three is called, and what is said of it.
PLAIN_COMMANDS = (
    ("(_actor: Actor, values: Values) -> {model}", "make one."),
    ("(_actor: Actor, record: {model}, revision_id: str | None, values: Values) -> {model}", "change one."),
    ("(_actor: Actor, record: {model}, revision_id: str | None) -> None", "delete one that nothing refers to."),
)


def page() -> str:
    """Return the page."""
    stable = [*sources("vf"), *sources("kit")]
    for app in apps():
        stable += sources("apps", app, names=STABLE_IN_APPS)
    return "\n\n".join([HEAD, *(section for section in map(section_of, stable) if section)]) + "\n"


def section_of(source: Source) -> str:
    """Return the public names of one module, or nothing where it has none."""
    named = [*plain_commands(source), *((signature(node), first_sentence(node)) for node in source.definitions())]
    lines = [f"- `{called}`" + said(sentence) for called, sentence in named]
    if source.exported():
        lines = [f"- `{name}`" for name in sorted(source.exported())]
    return "\n".join([f"## {source.module}", "", first_sentence(source.tree), "", *lines]) if lines else ""


def plain_commands(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the commands that a module declares three at a time, as they are called, and what they do."""
    for node, below in pairwise([*source.tree.body, ast.Pass()]):
        match node, below:
            case (
                ast.Assign(
                    targets=[ast.Tuple(elts=names)],
                    value=ast.Call(func=ast.Name(id="plain_commands"), args=[ast.Name(id=model), *_]),
                ),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                for name, (called, does) in zip(names, PLAIN_COMMANDS, strict=True):
                    yield ast.unparse(name) + called.format(model=model), f"{words.rstrip('.')}: {does}"


def said(sentence: str) -> str:
    """Return a sentence as it follows a name."""
    return f" – {sentence}" if sentence else ""
