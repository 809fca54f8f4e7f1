"""What the table decides, case by case: the rules T1 to T7 and the nineteen rows."""

from __future__ import annotations

import itertools

import pytest

from oce.vf.actions import ACTIONS
from oce.vf.effects import Circumstances, Effect, effect_of

SIGNED = {"+": 1, "-": -1, "0": 0}


def signs(circumstances: Circumstances) -> str:
    """Return the four signs of an effect: accounting and on-hand of from, then of to."""
    symbols = {value: symbol for symbol, value in SIGNED.items()}
    four = [symbols[sign] for sign in effect_of(circumstances)[:4]]
    return f"{''.join(four[:2])} {''.join(four[2:])}"


def stamps(circumstances: Circumstances) -> dict[str, str]:
    effect = effect_of(circumstances)
    named = {name: getattr(effect, name) for name in ("locates", "accounts", "stages", "states", "contains")}
    return {name: sides for name, sides in named.items() if sides}


# One resource, one agent: what the row itself says.
ALONE = {
    "produce": ("++", {"stages": "from", "states": "from"}),
    "consume": ("--", {"states": "from"}),
    "use": ("00", {"states": "from"}),
    "work": ("00", {}),
    "cite": ("00", {"states": "from"}),
    "deliverService": ("00", {}),
    "pickup": ("0-", {"locates": "from", "states": "from"}),
    "dropoff": ("0+", {"locates": "from", "stages": "from", "states": "from"}),
    "accept": ("0-", {"locates": "from", "states": "from"}),
    "modify": ("0+", {"locates": "from", "stages": "from", "states": "from"}),
    "combine": ("0-", {"states": "from", "contains": "update"}),
    "separate": ("0+", {"stages": "from", "states": "from", "contains": "remove"}),
    "transferCustody": ("00", {"locates": "from", "states": "from"}),
    "transferAllRights": ("00", {"states": "from"}),
    "transfer": ("00", {"locates": "from", "states": "from"}),
    "move": ("00", {"locates": "from", "states": "from"}),
    "copy": ("00", {}),
    "raise": ("++", {"states": "from"}),
    "lower": ("--", {"states": "from"}),
}


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_one_resource_within_one_agent(name: str) -> None:
    alone = Circumstances(name, has_from=True)
    assert (signs(alone), stamps(alone)) == (f"{ALONE[name][0]} 00", ALONE[name][1])


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_a_created_resource_is_also_placed_and_given_an_owner(name: str) -> None:
    created = stamps(Circumstances(name, has_from=True, creates=True))
    added = {
        "produce": {"locates": "from", "accounts": "from"},
        "raise": {"accounts": "from"},
        "lower": {"accounts": "from"},
    }
    assert created == ALONE[name][1] | added.get(name, {})


@pytest.mark.parametrize(
    ("name", "expected", "stamped"),
    [
        ("transfer", "-- ++", {"locates": "to", "accounts": "to", "states": "to"}),
        ("transferCustody", "0- 0+", {"locates": "to", "states": "to"}),
        ("transferAllRights", "-0 +0", {"accounts": "to", "states": "to"}),
        ("move", "-- ++", {"locates": "to", "states": "to"}),
        ("copy", "00 ++", {"states": "to"}),
    ],
)
def test_what_one_resource_loses_another_gains(name: str, expected: str, stamped: dict[str, str]) -> None:
    """T1, and T5 where only the receiving one is named."""
    differ = not ACTIONS[name].stays_with_agent
    both = Circumstances(name, has_from=True, has_to=True, agents_differ=differ)
    assert (signs(both), stamps(both)) == (expected, stamped)
    only_to = Circumstances(name, has_to=True, agents_differ=differ)
    assert (signs(only_to), stamps(only_to)) == ("00" + expected[2:], stamped)


@pytest.mark.parametrize("name", ["transfer", "transferCustody", "transferAllRights", "move", "copy"])
def test_the_same_resource_on_both_sides_keeps_its_quantities(name: str) -> None:
    """T2: accountable, place and state are still set."""
    same = Circumstances(name, has_from=True, has_to=True, same=True, agents_differ=name != "move")
    other = same._replace(same=False)
    assert signs(same) == "00 00"
    assert stamps(same) == stamps(other)


@pytest.mark.parametrize(
    ("name", "provider_s", "receiver_s"),
    [("transfer", "-- 00", "++ 00"), ("transferCustody", "0- 00", "0+ 00"), ("transferAllRights", "-0 00", "+0 00")],
)
def test_a_lone_resource_is_the_provider_s_or_the_receiver_s(name: str, provider_s: str, receiver_s: str) -> None:
    """T3: and its accountable agent stays."""
    lone = Circumstances(name, has_from=True, agents_differ=True)
    assert (signs(lone), stamps(lone)) == (provider_s, {})
    back = lone._replace(lone_is_receivers=True)
    assert signs(back) == receiver_s
    assert "accounts" not in stamps(back)


@pytest.mark.parametrize("name", ["move", "transfer"])
def test_what_stays_with_its_agent_keeps_its_quantity(name: str) -> None:
    """T4: only place and state are set."""
    lone = Circumstances(name, has_from=True, agents_differ=name == "move", lone_is_receivers=True)
    assert (signs(lone), stamps(lone)) == ("00 00", {"locates": "from", "states": "from"})


def test_what_a_move_splits_off_belongs_to_the_same_agent() -> None:
    split = Circumstances("move", has_from=True, has_to=True, creates=True)
    assert stamps(split)["accounts"] == "to"
    assert stamps(split._replace(action="transferCustody", agents_differ=True)) == {"locates": "to", "states": "to"}


@pytest.mark.parametrize(
    ("name", "expected", "stamped"),
    [
        ("consume", "-- 00", {"locates": "to", "accounts": "to", "states": "to"}),
        ("pickup", "0- 00", {"locates": "to", "states": "to"}),
        ("accept", "0- 00", {"locates": "to", "states": "to"}),
        ("produce", "00 ++", {"locates": "to", "accounts": "to", "stages": "both", "states": "both"}),
        ("dropoff", "00 0+", {"locates": "both", "stages": "both", "states": "both"}),
        ("modify", "00 0+", {"locates": "both", "stages": "both", "states": "both"}),
    ],
)
def test_an_implied_transfer_is_counted_once(name: str, expected: str, stamped: dict[str, str]) -> None:
    """T6: an input is handed over first, an output afterwards."""
    between = Circumstances(name, has_from=True, has_to=True, agents_differ=True)
    assert (signs(between), stamps(between)) == (expected, stamped)


@pytest.mark.parametrize("name", ["consume", "pickup", "accept", "produce", "dropoff", "modify"])
def test_without_another_resource_an_implied_transfer_adds_nothing(name: str) -> None:
    """T6: the primary effect only."""
    between = Circumstances(name, has_from=True, agents_differ=True)
    assert (signs(between), stamps(between)) == (f"{ALONE[name][0]} 00", ALONE[name][1])
    same = between._replace(has_to=True, same=True)
    assert (signs(same), stamps(same)) == (signs(between), stamps(between))


@pytest.mark.parametrize("name", ["use", "work", "cite", "combine", "separate", "raise", "lower", "deliverService"])
def test_other_actions_imply_no_transfer(name: str) -> None:
    between = Circumstances(name, has_from=True, has_to=True, agents_differ=True)
    assert signs(between) == f"{ALONE[name][0]} 00"
    assert "to" not in stamps(between).values()


def all_circumstances() -> list[Circumstances]:
    truths = itertools.product((False, True), repeat=7)
    return [Circumstances(name, *facts) for facts in truths for name in ACTIONS]


def test_a_correction_counts_the_same_and_stamps_nothing() -> None:
    for each in all_circumstances():
        corrected = effect_of(each._replace(is_correction=True))
        assert corrected[:4] == effect_of(each._replace(is_correction=False))[:4]
        assert corrected[4:9] == ("", "", "", "", "")


def test_what_is_handed_over_is_neither_made_nor_lost() -> None:
    for each in all_circumstances():
        if ACTIONS[each.action].hands_over and each.has_from and each.has_to:
            effect = effect_of(each)
            assert effect.from_accounting + effect.to_accounting == 0
            assert effect.from_onhand + effect.to_onhand == 0


def test_a_side_that_is_not_named_is_not_touched() -> None:
    for each in all_circumstances():
        effect = effect_of(each._replace(same=each.same and each.has_from and each.has_to))
        if not each.has_from:
            assert effect[:2] == (0, 0)
            assert "from" not in effect[4:8]
        if not each.has_to:
            assert effect[2:4] == (0, 0)
            assert "to" not in effect[4:8]
            assert "both" not in effect[4:8]


def test_every_effect_has_its_reason() -> None:
    for each in all_circumstances():
        effect = effect_of(each)
        assert bool(effect.because) or effect == Effect()
        assert all(reason.endswith(".") for reason in effect.because)
