"""Trace and track give what the worked examples of the standard expect: the same nodes, in the same order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from oce.apps.trace.rules.columns import NONE, Columns
from oce.apps.trace.tests.told import Told

SOURCE = Path(__file__).parents[4]
FOLDERS = (SOURCE.parent.parent / "shared/vf-1.0.0/examples", SOURCE / "oce/vf/tests/cases")


def questions():
    """Return each question the examples ask, with the example it is asked of."""
    folder = next((each for each in FOLDERS if each.exists()), None)
    for path in sorted(folder.glob("*.expected.json")) if folder else []:
        expected = json.loads(path.read_text("utf-8"))
        for question in expected.get("traceTrack", []):
            name = path.name.removesuffix(".expected.json")
            yield pytest.param(expected, question, id=f"{question['query']}-{name}")


def ledger_of(expected) -> Told:
    """Return the events of an example, in the order it derives them in."""
    events = expected["resourceState"]["events"]
    creates = (expected.get("assumptions") or {}).get("creates", {})
    sequence = {event["id"]: event["seq"] for event in events}
    names: dict[str, Any] = {identifier: ("event", place) for identifier, place in sequence.items()}

    def numbered(kind, links):
        return [names.setdefault(each, (kind, len(names) + 1))[1] if each else NONE for each in links]

    actions = sorted({event["action"] for event in events})
    columns = Columns.of(
        actions,
        sequence=[*sequence.values()],
        action=[actions.index(event["action"]) for event in events],
        resource=numbered("resource", [e.get("resourceInventoriedAs") or creates.get(e["id"]) for e in events]),
        to_resource=numbered("resource", [e.get("toResourceInventoriedAs") for e in events]),
        input_of=numbered("process", [e.get("inputOf") for e in events]),
        output_of=numbered("process", [e.get("outputOf") for e in events]),
        previous_event=[sequence.get(e["previousEvent"], NONE) for e in events],
    )
    return Told(columns, names)


def test_there_are_examples_to_follow():
    assert len(list(questions())) >= 4


@pytest.mark.parametrize(("expected", "question"), list(questions()))
def test_an_example_is_followed_as_the_standard_expects(expected, question):
    ledger = ledger_of(expected)
    walk = ledger.traced if question["query"] == "trace" else ledger.tracked
    known = {node: name for name, node in ledger.names.items()}

    def steps():
        for step in walk(question["start"]):
            yield known[step.node], step.node[0], known[step.parent] if step.parent else None

    assert list(steps()) == [(each["node"], each["kind"], each["parent"]) for each in question["recommended"]]
