"""What a flow may be follows from its action and a few facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from oce.vf.actions import ACTIONS
from oce.vf.flows import (
    Shape,
    agents_of,
    are_like,
    refusals_of,
    refusals_of_planned,
    refuse_agents,
    refuse_quantities,
    refuse_to_side,
    refuse_unlike,
    refuse_wishless,
)
from oce.vf.measures import measure

INPUTS = "accept cite combine consume deliverService pickup use work".split()
OUTPUTS = "deliverService dropoff modify produce separate".split()


def good(action: str, **facts: Any) -> Shape:
    """Return an allowed shape of an action, but for the facts given."""
    row = ACTIONS[action]
    usual = Shape(action, has_from=True, agents="differ" if row.changes_hands else "same")
    return usual._replace(**facts)


def codes(shape: Shape) -> list[tuple[str, str | None]]:
    return [(each.code, each.field) for each in refusals_of(shape)]


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_has_an_allowed_shape(name: str) -> None:
    assert codes(good(name)) == []


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_an_action_stands_on_its_side_of_a_process(name: str) -> None:
    assert (("flows.wrong_side", "inputOf") in codes(good(name, input=True))) == (name not in INPUTS)
    assert (("flows.wrong_side", "outputOf") in codes(good(name, output=True))) == (name not in OUTPUTS)


def test_a_service_may_be_made_by_one_process_and_used_by_another() -> None:
    assert codes(good("deliverService", input=True, output=True)) == []
    assert codes(good("produce", input=True, output=True)) == [("flows.wrong_side", "inputOf")]


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_effort_belongs_to_work_and_use(name: str) -> None:
    found = codes(good(name, has_effort_quantity=True))
    assert found == ([] if name in {"use", "work"} else [("flows.quantity_kind", "effortQuantity")])


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_something_must_be_said_about_how_much(name: str) -> None:
    assert codes(good(name, has_resource_quantity=False)) == [("flows.no_quantity", "resourceQuantity")]


def test_an_action_of_effort_alone_takes_no_resource_quantity() -> None:
    """The standard's values allow such an action, though it has none."""
    effort = replace(ACTIONS["work"], event_quantity="effort")
    facts = {"has_effort_quantity": True, "negative": False, "corrects": False}
    refused = refuse_quantities(effort, has_resource_quantity=True, **facts)
    assert [(each.code, each.field) for each in refused] == [("flows.quantity_kind", "resourceQuantity")]
    assert refuse_quantities(effort, has_resource_quantity=False, **facts) == []


def test_work_may_be_effort_alone() -> None:
    assert codes(good("work", has_resource_quantity=False, has_effort_quantity=True)) == []


@pytest.mark.parametrize(("corrects", "found"), [(True, []), (False, [("flows.negative", "resourceQuantity")])])
def test_only_a_correction_is_negative(corrects: bool, found: list[object]) -> None:
    assert codes(good("consume", negative=True, corrects=corrects)) == found


@pytest.mark.parametrize(
    ("agents", "found"),
    [
        ("none", [("flows.no_provider", "provider"), ("flows.no_receiver", "receiver")]),
        ("provider", [("flows.no_receiver", "receiver")]),
        ("receiver", [("flows.no_provider", "provider")]),
        ("same", []),
        ("differ", []),
    ],
)
def test_an_event_has_a_provider_and_a_receiver(agents: str, found: list[object]) -> None:
    assert codes(good("consume", agents=agents)) == found


@pytest.mark.parametrize("name", ["transfer", "transferCustody", "transferAllRights"])
def test_a_transfer_needs_two_different_agents(name: str) -> None:
    assert codes(good(name, agents="same")) == [("flows.same_agents", "receiver")]


def test_a_move_stays_with_one_agent() -> None:
    assert codes(good("move", agents="differ")) == [("flows.agents_differ", "receiver")]


def test_a_flow_says_what_flows() -> None:
    assert codes(good("consume", has_from=False)) == [("flows.no_resource", "resourceInventoriedAs")]
    assert codes(good("consume", has_from=False, has_kind=True)) == []
    assert codes(good("transfer", has_from=False, has_to=True)) == []


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_a_receiving_resource_needs_an_action_that_has_one(name: str) -> None:
    row = ACTIONS[name]
    within = not refuse_to_side(row, has_to=True, same=False, agents="same")
    between = not refuse_to_side(row, has_to=True, same=False, agents="differ")
    assert between == (name not in "cite deliverService lower raise separate use work".split())
    assert within == (name in "combine copy move transfer transferAllRights transferCustody".split())


def test_a_thing_is_not_put_into_itself_nor_copied_onto_itself() -> None:
    assert codes(good("combine", has_to=True, same=True)) == [("flows.to_side", "toResourceInventoriedAs")]
    assert codes(good("copy", has_to=True, same=True)) == [("flows.to_side", "toResourceInventoriedAs")]
    assert codes(good("transfer", has_to=True, same=True)) == []
    assert codes(good("pickup", has_to=True, same=True)) == []


def test_a_wish_comes_from_somebody() -> None:
    assert [each.code for each in refuse_wishless(has_provider=False, has_receiver=False)] == ["flows.no_agent"]
    assert refuse_wishless(has_provider=True, has_receiver=False) == []


@pytest.mark.parametrize(
    ("provider", "receiver", "word"),
    [(None, None, "none"), (1, None, "provider"), (None, 1, "receiver"), (1, 1, "same"), (1, 2, "differ")],
)
def test_two_agents_make_one_word(provider: int | None, receiver: int | None, word: str) -> None:
    assert agents_of(provider, receiver) == word


def test_every_refusal_names_its_action_or_the_way_out() -> None:
    for name, row in ACTIONS.items():
        for agents in ("same", "differ"):
            assert all(row.label in each.message for each in refuse_agents(row, agents)), name


def test_answers_are_remembered() -> None:
    assert refusals_of(good("raise", input=True)) is refusals_of(good("raise", input=True))


@pytest.mark.parametrize("name", ACTIONS)
def test_what_may_happen_may_be_planned_and_agents_and_amounts_may_be_open(name):
    assert refusals_of_planned(good(name)) == ()
    assert refusals_of_planned(good(name, agents="none", has_resource_quantity=False)) == ()


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (Shape("transfer", has_from=True, agents="same"), "flows.same_agents"),
        (Shape("move", has_from=True, agents="differ"), "flows.agents_differ"),
        (Shape("consume", has_from=True, output=True), "flows.wrong_side"),
        (Shape("produce", has_from=True, has_effort_quantity=True), "flows.quantity_kind"),
        (Shape("produce", has_from=True, negative=True), "flows.negative"),
        (Shape("produce"), "flows.no_resource"),
    ],
)
def test_what_is_planned_fits_its_action(shape, code):
    assert [refusal.code for refusal in refusals_of_planned(shape)] == [code]


def test_amounts_are_compared_in_units_of_one_kind():
    assert are_like("kilogram", "gram")
    assert are_like("loaf", "loaf")
    assert not are_like("kilogram", "litre")
    assert not are_like("loaf", "kilogram")
    assert refuse_unlike(None, measure("1 litre"), "fulfills") == []
    assert refuse_unlike(measure("1 kg"), measure("1 tonne"), "fulfills") == []
    (refusal,) = refuse_unlike(measure("1 kg"), measure("1 litre"), "fulfills")
    assert (refusal.code, refusal.field) == ("flows.unlike_units", "fulfills")
