"""Every cell of the table of actions."""

from __future__ import annotations

import pytest

from oce.vf.actions import ACTIONS, action
from oce.vf.namespaces import VF, VF_INSECURE
from oce.vf.refusals import Refused

BEHAVIOURS = (
    "event_quantity input_output pairs_with create_resource accounting_effect onhand_effect location_effect "
    "contained_effect accountable_effect stage_effect state_effect implied_transfer"
).split()

# Written down a second time, from the prose of the standard; a dash is an absent behaviour.
TABLE = """
produce           resource output      -       optional   increment          increment          new      -      new      update update   full
consume           resource input       -       -          decrement          decrement          -        -      -        -      update   full
use               both     input       -       -          -                  -                  -        -      -        -      update   -
work              both     input       -       -          -                  -                  -        -      -        -      -        -
cite              resource input       -       -          -                  -                  -        -      -        -      update   -
deliverService    resource outputInput -       -          -                  -                  -        -      -        -      -        full
pickup            resource input       dropoff optionalTo -                  decrement          update   -      -        -      update   custody
dropoff           resource output      pickup  optionalTo -                  increment          update   -      -        update update   custody
accept            resource input       modify  optionalTo -                  decrement          update   -      -        -      update   custody
modify            resource output      accept  optionalTo -                  increment          update   -      -        update update   custody
combine           resource input       -       -          -                  decrement          -        update -        -      update   -
separate          resource output      -       -          -                  increment          -        remove -        update update   -
transferCustody   resource -           -       optionalTo -                  decrementIncrement updateTo -      -        -      updateTo -
transferAllRights resource -           -       optionalTo decrementIncrement -                  -        -      updateTo -      updateTo -
transfer          resource -           -       optionalTo decrementIncrement decrementIncrement updateTo -      updateTo -      updateTo -
move              resource -           -       optionalTo decrementIncrement decrementIncrement updateTo -      -        -      updateTo -
copy              resource -           -       optionalTo incrementTo        incrementTo        new      -      new      -      updateTo -
raise             resource -           -       optional   increment          increment          -        -      new      -      update   -
lower             resource -           -       optional   decrement          decrement          -        -      new      -      update   -
""".strip()  # noqa: E501 (a table is read by its columns)

ROWS = {name: cells for name, *cells in (line.split() for line in TABLE.splitlines())}
CELLS = [
    (name, behaviour, None if cell == "-" else cell)
    for name, cells in ROWS.items()
    for behaviour, cell in zip(BEHAVIOURS, cells, strict=True)
]


@pytest.mark.parametrize(("name", "behaviour", "cell"), CELLS)
def test_every_cell_of_the_table(name: str, behaviour: str, cell: str | None) -> None:
    assert getattr(ACTIONS[name], behaviour) == cell


def test_there_are_nineteen_actions_with_eleven_behaviours() -> None:
    assert set(ACTIONS) == set(ROWS)
    assert len(CELLS) == 19 * 12, "eleven behaviours, and the implied transfer"


@pytest.mark.parametrize(
    ("fact", "names"),
    [
        ("changes_hands", "transfer transferAllRights transferCustody"),
        ("stays_with_agent", "move"),
        ("hands_over", "move transfer transferAllRights transferCustody"),
        ("can_contain", "modify produce"),
        ("may_be_input", "accept cite combine consume deliverService pickup use work"),
        ("may_be_output", "deliverService dropoff modify produce separate"),
        ("takes_effort_quantity", "use work"),
        (
            "counts",
            (
                "accept combine consume copy dropoff lower modify move pickup produce raise separate transfer "
                "transferAllRights transferCustody"
            ),
        ),
    ],
)
def test_what_follows_from_a_row(fact: str, names: str) -> None:
    assert sorted(name for name, row in ACTIONS.items() if getattr(row, fact)) == names.split()


@pytest.mark.parametrize(
    "given",
    [
        "deliverService",
        "deliver-service",
        "deliver_service",
        "deliver service",
        f"{VF}deliverService",
        f"{VF_INSECURE}deliverService",
        "vf:deliverService",
        " deliverService ",
    ],
)
def test_an_action_is_known_however_it_is_written(given: str) -> None:
    assert action(given) is ACTIONS["deliverService"]


@pytest.mark.parametrize(
    ("given", "nearest"), [("prodce", "produce"), ("transfers", "transfer"), ("PRODUCES", "produce")]
)
def test_an_unknown_action_is_refused_with_the_nearest_one(given: str, nearest: str) -> None:
    with pytest.raises(Refused) as caught:
        action(given)
    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.field, refusal.values["nearest"]) == ("actions.unknown", "action", nearest)
    assert given in refusal.message


@pytest.mark.parametrize("given", ["eat", "sell", "bake", ""])
def test_an_action_like_no_other_is_refused_with_all_there_are(given: str) -> None:
    with pytest.raises(Refused) as caught:
        action(given)
    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.field) == ("actions.unknown", "action")
    assert "Did you mean" not in refusal.message
    assert all(name in refusal.message for name in ACTIONS)


def test_every_action_says_what_it_is() -> None:
    assert all(row.gloss and row.label for row in ACTIONS.values())
    assert ACTIONS["separate"].label == "separate", "the ontology still says “unpack” (A3)"
