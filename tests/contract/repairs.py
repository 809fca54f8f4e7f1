"""The repairs that the worked examples of the standard list, applied to a document before it is imported.

An operation selects a node by `@id` (and `@type`, and which occurrence in document order, counted from 1) and sets or
renames keys, moves keys to another node, moves a flow to another process, or mends the context.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

Node = dict[str, Any]


class NotFound(LookupError):
    """A repair selects a node that the document does not have."""


def repaired(document: Any, repairs: list[Node]) -> Any:
    """Return a copy of `document` with all repairs applied in their order."""
    mended = deepcopy(document)
    for repair in repairs:
        _OPERATIONS[repair["op"]](mended, repair)
    return mended


def with_assumptions(document: Any, assumptions: dict[str, Any]) -> Any:
    """Return a copy that says what the page leaves open: what events create, who is accountable, what there was."""
    mended = deepcopy(document)
    for resource, agent in assumptions.get("primaryAccountable", {}).items():
        _first(mended, resource)["primaryAccountable"] = agent
    for resource, initial in assumptions.get("initial", {}).items():
        for name in ("accountingQuantity", "onhandQuantity"):
            _first(mended, resource)[name] = {"hasNumericalValue": initial[name], "hasUnit": initial["unit"]}
    for event, resource in assumptions.get("creates", {}).items():
        for node in _selected(mended, {"@id": event}):
            node["resourceInventoriedAs"] = resource
    return mended


def _first(document: Any, resource: str) -> Node:
    """Return the first description of a resource, put at the beginning where the document has none."""
    for node in nodes(document):
        if node["@id"] == resource and node.get("@type") == "EconomicResource":
            return node
    added = {"@id": resource, "@type": "EconomicResource"}
    (document if isinstance(document, list) else document["@graph"]).insert(0, added)
    return added


def nodes(tree: Any) -> Iterator[Node]:
    """Yield every node with an identifier, parents before what hangs under them, in document order."""
    if isinstance(tree, list):
        for each in tree:
            yield from nodes(each)
    elif isinstance(tree, dict):
        if "@id" in tree:
            yield tree
        for key, value in tree.items():
            if key != "@context":
                yield from nodes(value)


def _selected(document: Any, select: Node) -> list[Node]:
    found = [
        node
        for node in nodes(document)
        if node["@id"] == select["@id"] and select.get("@type") in {None, node.get("@type")} and len(node) > 1
    ]
    if not found:
        raise NotFound(select["@id"])
    if "occurrence" in select:
        return [found[select["occurrence"] - 1]]
    return found


def _set(document: Any, repair: Node) -> None:
    for node in _selected(document, repair["select"]):
        node.update(repair["set"])


def _rename(document: Any, repair: Node) -> None:
    for node in _selected(document, repair["select"]):
        for old, new in repair["rename"].items():
            if old in node:
                node[new] = node.pop(old)


def _move_keys(document: Any, repair: Node) -> None:
    source = _selected(document, repair["select"])[0]
    target = _selected(document, repair["to"])[0]
    for key in repair["keys"]:
        target[key] = source.pop(key)


def _move_flow(document: Any, repair: Node) -> None:
    for node in _selected(document, repair["select"]):
        node.pop(repair["from"], None)
        node.update(repair["set"])


def _mend_context(document: Any, repair: Node) -> None:
    context = document["@context"]
    parts = context if isinstance(context, list) else [context]
    for part in parts:
        for old, new in repair.get("rename", {}).items():
            if old in part:
                part[new] = part.pop(old)
    parts[-1].update(repair.get("add", {}))


_OPERATIONS = {
    "set": _set,
    "rename": _rename,
    "moveKeys": _move_keys,
    "moveFlow": _move_flow,
    "context": _mend_context,
}
