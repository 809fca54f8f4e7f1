"""One event changes the states of its resources, and nothing else of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from oce.vf.decimals import LIMIT
from oce.vf.refusals import Refused
from oce.vf.states import NEW, Happening, ResourceState, apply, lone_is_receivers, put_into, refuse_shortage

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
FLOUR = ResourceState(Decimal(10), Decimal(10), "kilogram", accountable="ana", location="mill", as_of=MONDAY)


def happening(action: str, amount: str | None = "3", **facts: object) -> Happening:
    """Return an event of Ana's with so many kilograms of the resource `r`."""
    quantity = None if amount is None else Decimal(amount)
    usual = Happening(1, action, quantity, "kilogram" if amount else None, "ana", "ana", "r", moment=TUESDAY)
    return usual._replace(**facts)  # type: ignore[arg-type]


def after(happening: Happening, state: ResourceState = FLOUR, to_state: ResourceState | None = None) -> ResourceState:
    found = apply(happening, state, to_state).from_state
    assert found is not None
    return found


def test_a_consumed_quantity_is_gone() -> None:
    assert after(happening("consume")) == FLOUR._replace(accounting=Decimal(7), onhand=Decimal(7), previous_event=1)


def test_nothing_but_the_named_properties_changes() -> None:
    assert after(happening("work", to_location="elsewhere", stage="baked", state="bad")) == FLOUR._replace(
        previous_event=1
    )


def test_a_resource_never_heard_of_starts_at_nothing() -> None:
    made = after(happening("raise", creates=True), NEW)
    assert made == ResourceState(Decimal(3), Decimal(3), "kilogram", accountable="ana", previous_event=1, as_of=TUESDAY)
    assert apply(happening("raise", creates=True)).from_state == made, "None is the same as new"


def test_both_sides_of_a_transfer_change() -> None:
    given = happening("transfer", receiver="ben", to_resource="s", to_location="bakery")
    from_state, to_state, effect = apply(given, FLOUR, None)
    assert from_state == FLOUR._replace(accounting=Decimal(7), onhand=Decimal(7), previous_event=1)
    assert to_state == ResourceState(
        Decimal(3), Decimal(3), "kilogram", accountable="ben", location="bakery", previous_event=1, as_of=TUESDAY
    )
    assert effect.because


def test_a_thing_handed_over_whole_keeps_its_quantity() -> None:
    given = happening("transfer", receiver="ben", to_resource="r", to_location="bakery", state="opened")
    outcome = apply(given, FLOUR, None)
    assert outcome.from_state is outcome.to_state
    assert outcome.to_state == FLOUR._replace(
        accountable="ben", location="bakery", state="opened", previous_event=1, as_of=TUESDAY
    )


def test_sides_that_are_not_named_have_no_state() -> None:
    outcome = apply(happening("work", resource=None), FLOUR, FLOUR)
    assert (outcome.from_state, outcome.to_state) == (None, None)


def test_zero_is_an_identifier_like_any_other() -> None:
    given = happening("transfer", receiver="ben", resource=0, to_resource=0)
    assert apply(given, FLOUR, None).from_state is not None


@pytest.mark.parametrize(
    ("moment", "location"),
    [(MONDAY - timedelta(days=1), "mill"), (MONDAY, "bakery"), (TUESDAY, "bakery"), (None, "bakery")],
)
def test_a_back_dated_entry_counts_but_does_not_stamp(moment: datetime | None, location: str) -> None:
    moved = after(happening("pickup", to_location="bakery", moment=moment))
    assert moved.onhand == Decimal(7)
    assert moved.location == location


def test_a_stamp_that_changes_nothing_is_still_the_latest() -> None:
    again = after(happening("pickup", to_location="mill"))
    assert again.as_of == TUESDAY
    between = happening("pickup", to_location="bakery", moment=MONDAY + timedelta(hours=1))
    assert after(between, again).location == "mill"


def test_an_event_without_stamps_leaves_the_moment_of_the_last_one() -> None:
    assert after(happening("consume")).as_of == MONDAY
    assert after(happening("pickup", moment=None, to_location="bakery")).as_of == MONDAY


@pytest.mark.parametrize(("amount", "balance"), [("-3", 13), ("2", 8)])
def test_a_correction_counts_with_its_sign_and_stamps_nothing(amount: str, balance: int) -> None:
    correction = happening("consume", amount, corrects=7, state="bad")
    assert after(correction) == FLOUR._replace(accounting=Decimal(balance), onhand=Decimal(balance), previous_event=1)


def test_an_event_that_was_backed_out_stamps_nothing_either() -> None:
    moved = apply(happening("pickup", to_location="bakery"), FLOUR, stamps=False).from_state
    assert moved == FLOUR._replace(onhand=Decimal(7), previous_event=1)


def test_another_unit_is_refused_with_the_conversion() -> None:
    with pytest.raises(Refused) as caught:
        apply(happening("consume", "500", unit="gram"), FLOUR)
    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.field) == ("effects.unit_differs", "resourceQuantity")
    assert "500 gram" in refusal.message
    assert "0.5 kilogram" in refusal.message


def test_an_unlike_unit_is_refused_without_a_conversion() -> None:
    with pytest.raises(Refused) as caught:
        apply(happening("use", unit="hour"), FLOUR)
    assert [each.code for each in caught.value.refusals] == ["effects.unit_differs"]
    assert str(caught.value) == (
        "The resource is counted in kilogram, and this is 3 hour. Give the quantity in kilogram."
    )


def test_effort_alone_never_meets_the_unit_of_a_resource() -> None:
    assert after(happening("use", None)) == FLOUR._replace(previous_event=1)


def test_digits_are_never_lost() -> None:
    huge = ResourceState(LIMIT - 1, LIMIT - 1, "kilogram")
    assert after(happening("consume", "1e-18"), huge).onhand == Decimal("99999999999999999998.999999999999999999")


def test_a_balance_beyond_the_bounds_is_refused() -> None:
    huge = ResourceState(LIMIT - 1, LIMIT - 1, "kilogram")
    with pytest.raises(Refused) as caught:
        apply(happening("produce", "1"), huge)
    assert [each.code for each in caught.value.refusals] == ["measures.out_of_bounds"]


def test_the_stage_is_that_of_the_process_it_comes_out_of() -> None:
    assert after(happening("modify", stage="baked")).stage == "baked"
    assert after(happening("modify"), FLOUR._replace(stage="ground")).stage == "ground", "no basedOn leaves it"
    assert after(happening("accept", stage="baked")).stage is None, "only what comes out"


def test_a_combined_thing_lies_in_its_container_until_it_is_taken_out() -> None:
    packed = after(happening("combine", to_resource="box"))
    assert packed.contained_in == ("box",)
    assert (packed.accounting, packed.onhand) == (Decimal(10), Decimal(7))
    assert after(happening("combine", container="bag"), packed).contained_in == ("bag",), "one container at a time"
    assert after(happening("combine"), packed).contained_in == ("box",), "not yet known which"
    assert after(happening("separate"), packed).contained_in == ()


def test_a_digital_thing_may_lie_in_several_containers() -> None:
    song = ResourceState(Decimal(9), Decimal(9), "kilogram", is_digital=True, contained_in=("album",))
    assert after(happening("combine", to_resource="list"), song).contained_in == ("album", "list")
    assert put_into(song, "album").contained_in == ("album",)


@pytest.mark.parametrize(("took", "codes"), [("9", []), ("10", []), ("11", ["effects.shortage"])])
def test_one_cannot_take_more_than_is_there(took: str, codes: list[str]) -> None:
    found = refuse_shortage(FLOUR, after(happening("consume", took)), name="flour")
    assert [each.code for each in found] == codes
    assert all(each.message.startswith("Only 10 kilogram of flour are on hand; this takes 11.") for each in found)


def test_a_shortage_of_rights_is_a_shortage_too() -> None:
    owed = FLOUR._replace(accounting=Decimal(1))
    sold = apply(happening("transferAllRights", receiver="ben", to_resource="s"), owed).from_state
    assert sold is not None
    assert [each.code for each in refuse_shortage(owed, sold)] == ["effects.shortage"]


def test_what_was_short_before_and_grows_is_no_new_shortage() -> None:
    short = FLOUR._replace(accounting=Decimal(-9), onhand=Decimal(-9))
    assert refuse_shortage(short, after(happening("produce"), short)) == []
    assert refuse_shortage(short, after(happening("work"), short)) == []


@pytest.mark.parametrize(
    ("accountable", "custody", "answer"),
    [
        ("ben", None, True),
        ("ana", None, False),
        ("ana", ("ben", "ana"), False),
        (None, None, False),
        (None, ("ben", "ana"), True),
        (None, ("ana", "ben"), False),
    ],
)
def test_whose_a_lone_resource_is(accountable: str | None, custody: tuple[str, str] | None, answer: bool) -> None:
    given = happening("transferCustody", provider="ana", receiver="ben")
    assert lone_is_receivers(given, accountable, custody) is answer
