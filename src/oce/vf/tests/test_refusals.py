"""Refusals are values, and read as sentences."""

from __future__ import annotations

import pickle

import pytest

from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

SHORT = Refusal("events.shortage", "Only {available} are there.", "resourceQuantity", available="3 kg")


def test_a_refusal_reads_as_a_sentence() -> None:
    assert SHORT.message == str(SHORT) == "Only 3 kg are there."


def test_a_refusal_is_translated_before_it_is_filled_in() -> None:
    assert SHORT.translated({SHORT.template: "Nur {available} sind da."}.__getitem__) == "Nur 3 kg sind da."


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    assert Refusal("units.unknown", "No “{given}”.", given="{x}").message == "No “{x}”."


def test_equal_refusals_are_equal_and_hash_alike() -> None:
    same = Refusal("events.shortage", "Only {available} are there.", "resourceQuantity", available="3 kg")
    assert same == SHORT
    assert hash(same) == hash(SHORT)
    assert same != Refusal("events.shortage", "Only {available} are there.", "resourceQuantity", available="4 kg")


def test_a_refusal_can_be_placed_in_a_list_of_events() -> None:
    assert SHORT.at("events.2").field == "events.2.resourceQuantity"
    assert Refusal("events.none", "Nothing.").at("events").field == "events"
    assert SHORT.at("events.2").message == SHORT.message


def test_a_refusal_cannot_be_changed_and_can_be_sent() -> None:
    with pytest.raises(AttributeError):
        SHORT.code = "other"
    assert pickle.loads(pickle.dumps(SHORT)) == SHORT


def test_all_reasons_are_raised_together() -> None:
    other = Refusal("flows.no_provider", "Nobody.", "provider")
    with pytest.raises(Refused) as caught:
        refuse_if([SHORT], [], [other])
    assert caught.value.refusals == (SHORT, other)
    assert str(caught.value) == "Only 3 kg are there. Nobody."
    assert pickle.loads(pickle.dumps(caught.value)).refusals == (SHORT, other)


def test_without_a_reason_nothing_is_raised() -> None:
    refuse_if([], ())


def test_one_refusal_may_be_raised_alone() -> None:
    assert Refused(SHORT).refusals == (SHORT,)


def test_marking_a_text_does_not_change_it() -> None:
    assert gettext_noop("One.") == "One."
