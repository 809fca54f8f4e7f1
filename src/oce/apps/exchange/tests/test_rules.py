"""How far an agreement is follows from what was promised in it and what was done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from oce.apps.exchange import rules
from oce.apps.exchange.rules import Promise, State
from oce.kit.testing.notation import quantity

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def _promise(amount: str = "10 kg", *done: str, days: int = 1, is_finished: bool = False) -> Promise:
    amounts, given = (quantity(amount),), tuple(map(quantity, done))
    return Promise(1, 7, 8, amounts, given, NOW + timedelta(days=days), is_finished)


def test_what_is_left_is_what_was_promised_less_what_was_done_to_the_last_digit() -> None:
    assert _promise("10 kg", "0.1 kg", "0.2 kg").left == (quantity("9.7 kg"),)
    assert _promise("10 kg", "12 kg").left == (quantity("0 kg"),)


def test_a_promise_is_kept_when_all_of_it_was_done_or_somebody_says_that_no_more_comes() -> None:
    assert _promise("10 kg", "10 kg").is_kept
    assert _promise("10 kg", is_finished=True).is_kept
    assert not _promise("10 kg", "9 kg").is_kept


def test_an_agreement_is_bare_used_under_way_late_or_kept() -> None:
    open_one, late, kept = _promise(), _promise(days=-1), _promise("10 kg", "10 kg", days=-1)
    assert rules.state_of([], NOW) is State.BARE
    assert rules.state_of([], NOW, is_used=True) is State.USED
    assert rules.state_of([kept, open_one], NOW) is State.OPEN
    assert rules.state_of([kept, open_one, late], NOW) is State.LATE
    assert rules.state_of([kept], NOW) is State.KEPT


def test_each_side_sums_by_unit_what_it_promised_gave_and_owes() -> None:
    promises = [_promise("10 kg", "4 kg"), _promise("5 kg", is_finished=True), _promise("2 hour")]
    side, other = rules.sides([7, 8], promises, [(7, quantity("4 kg")), (8, quantity("30 one")), (8, None)])
    assert [tuple(map(str, each)) for each in side.sums] == [("kilogram", "15", "4", "6"), ("hour", "2", "0", "2")]
    assert [tuple(map(str, each)) for each in other.sums] == [("one", "0", "30", "0")]


def test_who_gives_without_being_a_party_gets_a_side_too() -> None:
    assert [each.agent for each in rules.sides([8], [_promise()], [])] == [8, 7]
