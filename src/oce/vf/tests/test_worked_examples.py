"""The worked examples of the standard give the results derived for them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from oce.vf.flows import Shape, agents_of, refusals_of
from oce.vf.replays import Replay, replay
from oce.vf.states import NEW, Happening, ResourceState
from oce.vf.tests import worked

EXAMPLES = worked.found()
ATTRIBUTES = {
    "accountingQuantity": "accounting",
    "onhandQuantity": "onhand",
    "primaryAccountable": "accountable",
    "currentLocation": "location",
    "stage": "stage",
    "state": "state",
    "containedIn": "contained_in",
}

each_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.removesuffix(".expected.json"))


def test_there_are_worked_examples() -> None:
    assert len(EXAMPLES) >= 6


@each_example
def test_every_event_has_the_effects_derived_for_it(path: Path) -> None:
    expected = worked.expected_of(path)
    told = worked.worked(path, expected)
    play = Replay(told.openings)
    assert [each.id for each in told.happenings] == [each["id"] for each in expected["resourceState"]["events"]]
    for happening, row in zip(told.happenings, expected["resourceState"]["events"], strict=True):
        before = dict(play.states)
        touched = next((each for each in (happening.resource, happening.to_resource) if each is not None), None)
        previous = before.get(touched, NEW).previous_event if touched is not None else None
        play.take(happening)
        assert _net(row["effects"]) == _changes(before, play.states), row
        assert previous == row["previousEvent"]
        for effect in row["effects"]:
            if "property" in effect and "delta" not in effect and "deferredUntil" not in effect:
                after = getattr(play.states[effect["resource"]], ATTRIBUTES[effect["property"]])
                assert after == (
                    (effect["to"],) if effect["property"] == "containedIn" and effect["to"] else effect["to"] or ()
                ), row
        _nothing_else_changed(row, before, play.states)


@each_example
def test_the_final_states_are_those_derived(path: Path) -> None:
    expected = worked.expected_of(path)
    _final(expected, worked.worked(path, expected), expected["resourceState"]["finalState"])


@each_example
def test_without_repairs_it_gives_what_is_written(path: Path) -> None:
    expected = worked.expected_of(path)
    written = expected.get("asWritten", {}).get("finalState")
    if written is None:
        pytest.skip("needs no repair that changes a result")
    _final(expected, worked.worked(path, expected, repaired=False), written)


@each_example
def test_what_the_page_states_after_an_event_is_derived(path: Path) -> None:
    expected = worked.expected_of(path)
    told = worked.worked(path, expected)
    for stated in expected["resourceState"].get("statedOnPage", []):
        ids = [each.id for each in told.happenings]
        upto = ids.index(stated["afterEvent"]) + 1 if stated.get("afterEvent") else 0
        state = replay(told.happenings[:upto], told.openings).get(stated["resource"], NEW)
        if not _is_ambiguous(expected, stated["resource"], stated["property"]):
            _same(state, NEW, stated["property"], stated["derived"])


@each_example
def test_its_events_have_an_allowed_shape(path: Path) -> None:
    told = worked.worked(path, worked.expected_of(path))
    refusals = {each.id: refusals_of(_shape(each)) for each in told.happenings}
    assert not {id_: [each.code for each in found] for id_, found in refusals.items() if found}


def _shape(happening: Happening) -> Shape:
    return Shape(
        happening.action,
        has_from=happening.resource is not None,
        has_to=happening.to_resource is not None,
        same=happening.resource == happening.to_resource,
        input=happening.input_of is not None,
        output=happening.output_of is not None,
        agents=agents_of(happening.provider, happening.receiver),
        has_resource_quantity=happening.quantity is not None,
        has_effort_quantity=happening.effort is not None,
        has_kind=happening.resource is None and happening.to_resource is None,
    )


def _net(effects: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    net: Counter[tuple[str, str]] = Counter()
    for each in effects:
        if "delta" in each:
            net[each["resource"], ATTRIBUTES[each["property"]]] += Decimal(str(each["delta"]))  # type: ignore[assignment]
    return Counter({key: value for key, value in net.items() if value})


def _changes(before: dict[Any, ResourceState], after: dict[Any, ResourceState]) -> Counter[tuple[str, str]]:
    changes = {
        (resource, name): getattr(state, name) - getattr(before.get(resource, NEW), name)
        for resource, state in after.items()
        for name in ("accounting", "onhand")
    }
    return Counter({key: value for key, value in changes.items() if value})


def _nothing_else_changed(
    row: dict[str, Any], before: dict[Any, ResourceState], after: dict[Any, ResourceState]
) -> None:
    told = {(each["resource"], ATTRIBUTES[each["property"]]) for each in row["effects"] if "property" in each}
    for resource, state in after.items():
        for name in ("accountable", "location", "stage", "state"):
            if getattr(state, name) != getattr(before.get(resource, NEW), name):
                assert (resource, name) in told, row


def _final(expected: dict[str, Any], told: worked.Worked, final: dict[str, Any]) -> None:
    states = replay(told.happenings, told.openings)
    for resource, properties in final.items():
        for name, value in properties.items():
            if not _is_ambiguous(expected, resource, name):
                _same(states[resource], told.openings.get(resource, NEW), name, value)


def _same(state: ResourceState, opening: ResourceState, name: str, value: Any) -> None:
    found = getattr(state, ATTRIBUTES[name])
    if not isinstance(value, dict):
        assert found == ((value,) if name == "containedIn" and value else value or ())
    else:
        assert state.unit == value["unit"]
        if value["value"] is None:
            assert found - getattr(opening, ATTRIBUTES[name]) == value["delta"]
        else:
            assert found == value["value"]


def _is_ambiguous(expected: dict[str, Any], resource: str, name: str) -> bool:
    return any(
        each.get("property") == name and each.get("resource", resource) == resource and "afterEvent" not in each
        for each in expected.get("ambiguous", [])
    )
