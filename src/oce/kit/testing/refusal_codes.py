"""The refusals that a Python file makes, with their sentences, found without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping

Function = ast.FunctionDef | ast.AsyncFunctionDef
Sentences = Mapping[str, list[str]]
CODE = re.compile(r"(?<![\w.])[a-z_]+\.[a-z_]+(?![\w.])")
MARK = "gettext_noop"


def refusals_in(tree: ast.Module, module_named: Callable[[str], ast.Module | None]) -> Iterator[tuple[str, list[str]]]:
    """Yield code and sentences of each refusal that is made in a file; one without sentences is not marked anywhere.

    Args:
        tree: the file as Python understands it.
        module_named: returns the file behind a dotted name, where sentences may be imported from it.
    """
    known = _named_sentences(tree, module_named)
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    around = {id(node): function for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), template, *_]):
                if name.lower().endswith("refusal") and CODE.fullmatch(code):
                    yield code, _mentioned(template, known) or _mentioned(around.get(id(node), tree), known)


def marked(node: ast.AST) -> list[str]:
    """Return the texts below a node that are marked for translation."""
    return [
        argument.value
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(MARK)
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _named_sentences(tree: ast.Module, module_named: Callable[[str], ast.Module | None]) -> Sentences:
    """Return the sentences behind the names that a file uses: constants, imported ones, and what its functions say."""
    known = _constants(tree)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (origin := module_named(node.module or "")):
            theirs = _constants(origin)
            known |= {alias.asname or alias.name: theirs.get(alias.name, []) for alias in node.names}
    own = [node for node in tree.body if isinstance(node, Function)]
    return known | {function.name: _mentioned(function, known) for function in own}


def _constants(tree: ast.Module) -> dict[str, list[str]]:
    """Return the sentences that are kept under a name at the top of a file."""
    named = (node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value)
    return {
        ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target): marked(node) for node in named
    }


def _mentioned(node: ast.AST, known: Sentences) -> list[str]:
    """Return the sentences that a piece of code says itself, and those behind the names it mentions."""
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return marked(node) + [text for name in sorted(names) for text in known.get(name, [])]
