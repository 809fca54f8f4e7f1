"""docs/reference/refusals.md: every code with which a wish may be refused, and its sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools.reference.sources import Function, Source, module_named, sources, table

HEAD = """# Refusals

What is not granted comes back as data: a code that stays, and a sentence for people. GraphQL shows both in
`extensions`, pages show the sentence beside its field, JSON-LD answers 422 with both."""
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
MARK = "gettext_noop"


def page() -> str:
    """Return the page."""
    rows = sorted((f"`{code}`", "<br>".join(found)) for code, found in sentences().items())
    return f"{HEAD}\n\n{table(('Code', 'Sentence'), rows)}\n"


def sentences() -> dict[str, list[str]]:
    """Return the sentences of every refusal code in the package."""
    found: dict[str, list[str]] = {}
    for source in sources():
        for code, templates in refusals_in(source):
            known = found.setdefault(code, [])
            known += [template for template in templates if template not in known]
    return found


def refusals_in(source: Source) -> Iterator[tuple[str, list[str]]]:
    """Yield code and sentences of each refusal that is made in a file."""
    known = named_sentences(source)
    functions = [node for node in ast.walk(source.tree) if isinstance(node, Function)]
    around = {id(node): function for function in functions for node in ast.walk(function)}
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), template, *_]):
                if name.lower().endswith("refusal") and CODE.fullmatch(code):
                    yield code, mentioned(template, known) or mentioned(around.get(id(node), source.tree), known)


def named_sentences(source: Source) -> dict[str, list[str]]:
    """Return the sentences behind the names that a file uses: constants, imported ones, and what its functions say."""
    known = constants(source.tree)
    for node in source.tree.body:
        if isinstance(node, ast.ImportFrom) and (origin := module_named(node.module or "")):
            theirs = constants(origin.tree)
            known |= {alias.asname or alias.name: theirs.get(alias.name, []) for alias in node.names}
    own = [node for node in source.tree.body if isinstance(node, Function)]
    return known | {function.name: mentioned(function, known) for function in own}


def constants(tree: ast.Module) -> dict[str, list[str]]:
    """Return the sentences that are kept under a name at the top of a file."""
    named = (node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value)
    return {
        ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target): marked(node) for node in named
    }


def mentioned(node: ast.AST, known: dict[str, list[str]]) -> list[str]:
    """Return the sentences that a piece of code says itself, and those behind the names it mentions."""
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return marked(node) + [text for name in sorted(names) for text in known.get(name, [])]


def marked(node: ast.AST) -> list[str]:
    """Return the texts below a node that are marked for translation."""
    return [
        argument.value
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(MARK)
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
