"""Reads the worked examples of the standard: a document, the repairs it needs, and the results it should give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from oce.vf.moments import moment
from oce.vf.states import NEW, Happening, ResourceState
from oce.vf.units import unit

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[4].parent / "shared/vf-1.0.0/examples"

Node = dict[str, Any]


@dataclass
class Worked:
    """What a document tells: the states it starts from, and what happens then."""

    openings: dict[str, ResourceState] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)


def found() -> list[Path]:
    """Return the expected results of every example at hand; the full set replaces our copies."""
    folder = SHARED if SHARED.exists() else CASES
    return [path for path in sorted(folder.glob("*.expected.json")) if "resourceState" in _read(path)]


def expected_of(path: Path) -> Node:
    expected: Node = _read(path)
    return expected


def worked(path: Path, expected: Node, *, repaired: bool = True) -> Worked:
    """Return what the document beside `path` tells, after its repairs."""
    document = _read(path.with_name(path.name.replace(".expected.json", ".jsonld")))
    if repaired:
        for repair in expected.get("repairs", []):
            _repair(document, repair)
    return _told(list(_nodes(document)), expected.get("assumptions", {}))


def quantity(stated: Node) -> Decimal | None:
    return None if stated["value"] is None else Decimal(str(stated["value"]))


def _read(path: Path) -> Any:
    # One example writes the measure in OM2's own terms, which mean the same.
    def plain(pairs: list[tuple[str, Any]]) -> Node:
        return {key.removeprefix("om2:"): value for key, value in pairs}

    return json.loads(path.read_text("utf-8"), parse_float=Decimal, object_pairs_hook=plain)


def _nodes(value: Any, **links: str) -> Iterator[Node]:
    """Yield every described thing in the order of the document, nested ones with the link to what holds them."""
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, **links)
    elif isinstance(value, dict):
        if "@type" in value and "@id" in value:
            yield value | links
        for key, each in value.items():
            nested = {"hasInput": "inputOf", "hasOutput": "outputOf"}.get(key)
            if key != "@context":
                yield from _nodes(each, **({nested: value["@id"]} if nested else {}))


def _repair(document: Any, repair: Node) -> None:
    if repair["op"] == "context":
        return
    node = _selected(document, repair["select"])
    if repair["op"] == "set":
        node.update(repair["set"])
    elif repair["op"] == "rename":
        for old, new in repair["rename"].items():
            node[new] = node.pop(old)
    elif repair["op"] == "moveKeys":
        target = _selected(document, repair["to"])
        target.update({key: node.pop(key) for key in repair["keys"]})


def _selected(document: Any, select: Node) -> Node:
    matching = [each for each in _originals(document) if each["@id"] == select["@id"]]
    node: Node = matching[select.get("occurrence", 1) - 1]
    return node


def _originals(value: Any) -> Iterator[Node]:
    if isinstance(value, list):
        for each in value:
            yield from _originals(each)
    elif isinstance(value, dict):
        if "@id" in value and "@type" in value:
            yield value
        for each in value.values():
            yield from _originals(each)


def _told(nodes: list[Node], assumptions: Node) -> Worked:
    told = Worked()
    based_on = {node["@id"]: node.get("basedOn") for node in nodes if node["@type"] == "Process"}
    touched: set[str] = set(assumptions.get("newResources", []))
    new = set(touched)
    seen: list[Node] = []
    for node in nodes:
        if node["@type"] == "EconomicResource" and node["@id"] not in touched:
            told.openings.setdefault(node["@id"], _opening(node))
        if node["@type"] == "EconomicEvent" and node not in seen:
            seen.append(node)
            happening = _happening(node, based_on, assumptions.get("creates", {}), new)
            told.happenings.append(happening)
            names = {str(each) for each in (happening.resource, happening.to_resource) if each is not None}
            new -= names
            touched |= names
    for resource, state in assumptions.get("initial", {}).items():
        told.openings[resource] = NEW._replace(
            accounting=Decimal(state["accountingQuantity"]), onhand=Decimal(state["onhandQuantity"]), unit=state["unit"]
        )
    for resource, accountable in assumptions.get("primaryAccountable", {}).items():
        told.openings[resource] = told.openings.get(resource, NEW)._replace(accountable=accountable)
    return told


def _opening(node: Node) -> ResourceState:
    accounting, onhand = node.get("accountingQuantity"), node.get("onhandQuantity")
    stated = accounting or onhand
    return ResourceState(
        accounting=_number(accounting) if accounting else Decimal(0),
        onhand=_number(onhand) if onhand else Decimal(0),
        unit=unit(stated["hasUnit"]).identifier if stated else None,
        accountable=node.get("primaryAccountable"),
        location=node.get("currentLocation"),
        stage=node.get("stage"),
        state=node.get("state"),
    )


def _happening(node: Node, based_on: dict[str, Any], creates: dict[str, str], new: set[str]) -> Happening:
    measure = node.get("resourceQuantity")
    effort = node.get("effortQuantity")
    resource = node.get("resourceInventoriedAs") or creates.get(node["@id"])
    return Happening(
        id=node["@id"],
        action=node["action"],
        quantity=_number(measure) if measure else None,
        unit=unit(measure["hasUnit"]).identifier if measure else None,
        provider=node.get("provider"),
        receiver=node.get("receiver"),
        resource=resource,
        to_resource=node.get("toResourceInventoriedAs"),
        to_location=node.get("toLocation"),
        state=node.get("state"),
        stage=based_on.get(node.get("outputOf", "")),
        moment=moment(node["hasPointInTime"]) if "hasPointInTime" in node else None,
        corrects=node.get("corrects"),
        creates=node["@id"] in creates or bool({resource, node.get("toResourceInventoriedAs")} & new),
        input_of=node.get("inputOf"),
        output_of=node.get("outputOf"),
        effort=_number(effort) if effort else None,
    )


def _number(measure: Node) -> Decimal:
    return Decimal(str(measure["hasNumericalValue"]))
