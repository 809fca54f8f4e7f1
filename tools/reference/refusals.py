"""docs/reference/refusals.md: every code with which a wish may be refused, and its sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools.reference.sources import Function, Source, sources, table

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
    constants = constant_sentences(source.tree)
    functions = [node for node in ast.walk(source.tree) if isinstance(node, Function)]
    around = {id(node): function for function in functions for node in ast.walk(function)}
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), template, *_]):
                if name.lower().endswith("refusal") and CODE.fullmatch(code):
                    said = marked(template) or constants.get(ast.unparse(template))
                    yield code, said or within(around.get(id(node), source.tree), constants)


def within(function: ast.AST, constants: dict[str, list[str]]) -> list[str]:
    """Return the sentences that a function chooses from: its own, and those kept under names it mentions."""
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return marked(function) + [text for name in sorted(names & set(constants)) for text in constants[name]]


def constant_sentences(tree: ast.Module) -> dict[str, list[str]]:
    """Return the sentences that are kept under a name at the top of a file."""
    named = (node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value)
    return {
        ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target): marked(node) for node in named
    }


def marked(node: ast.AST) -> list[str]:
    """Return the texts below a node that are marked for translation."""
    return [
        argument.value
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(MARK)
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
